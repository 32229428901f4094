//! A bare Tauri window: what starting costs before Pipelink does anything. `cargo xtask bench` starts it
//! beside the real program, in one run on one machine.

fn main() {
    let started =
        tauri::Builder::default().run(tauri::generate_context!("tests/bench/bare/tauri.conf.json"));
    if started.is_err() {
        std::process::exit(1);
    }
}
