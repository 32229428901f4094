//! `ui/src/ipc/bindings.ts` is generated from the commands; this test fails when it has drifted.
//!
//! `cargo xtask bindings` writes it anew (`PIPELINK_WRITE_BINDINGS=1`).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use specta_typescript::Typescript;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/ipc/bindings.ts");

#[test]
fn the_committed_bindings_are_those_of_the_commands() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bindings.ts");
    pipelink::interface::<tauri::Wry>()
        .export(Typescript::default(), &path)
        .expect("every type of the interface can be exported");
    let generated = std::fs::read_to_string(&path).unwrap();
    if std::env::var_os("PIPELINK_WRITE_BINDINGS").is_some() {
        std::fs::write(COMMITTED, &generated).unwrap();
    }
    let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
    assert!(
        generated == committed,
        "ui/src/ipc/bindings.ts is not what the commands say: run `cargo xtask bindings` and commit the result"
    );
}
