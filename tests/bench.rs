//! Figures of the real window, in numbers and not in verdicts: how long it takes to its first rows beside a
//! bare Tauri window, and how much memory the program holds when nothing happens. `cargo xtask bench` builds
//! both programs for release, says where they are, and reads the one line of JSON that is printed here.

#![cfg(target_os = "linux")]
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement fails by panicking, and prints what it measured"
)]

mod window;

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use window::{Home, Memory, Theme, Window, journey};

/// How long the window is left alone before its memory is read: two of its own sweeps.
const IDLE: Duration = Duration::from_secs(70);

#[tokio::test]
#[ignore = "measures; run by cargo xtask bench"]
async fn start_and_memory() {
    let pipelink = program("PIPELINK_BENCH_PROGRAM");
    let bare = program("PIPELINK_BENCH_BARE");
    let rounds: usize = std::env::var("PIPELINK_BENCH_ROUNDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(10);
    let home = Home::new();

    // The first start has nothing to show: it leaves the journal that the others start with.
    let window = Window::open_program(&home, Theme::Light, &pipelink).await;
    journey::enter_sandbox(&window).await;
    window.since_start(FIRST_ROWS).await;
    window.close().await;

    let (mut bare_starts, mut starts) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        // One after the other, round by round: what else the machine does meets both.
        let window = Window::open_program(&home, Theme::Light, &bare).await;
        bare_starts.push(window.since_start("painted").await);
        window.close().await;
        let window = Window::open_program(&home, Theme::Light, &pipelink).await;
        starts.push(window.since_start(FIRST_ROWS).await);
        window.close().await;
    }

    let bare_idle = idle(
        Window::open_program(&home, Theme::Light, &bare).await,
        "painted",
    )
    .await;
    let pipelink_idle = idle(
        Window::open_program(&home, Theme::Light, &pipelink).await,
        FIRST_ROWS,
    )
    .await;

    let figures = json!({
        "bareStartMilliseconds": bare_starts,
        "firstRowsMilliseconds": starts,
        "bareIdleKib": in_json(bare_idle),
        "idleKib": in_json(pipelink_idle),
    });
    println!("FIGURES {figures}");
}

async fn idle(window: Window, mark: &str) -> Memory {
    window.since_start(mark).await;
    tokio::time::sleep(IDLE).await;
    let memory = window.memory();
    window.close().await;
    memory
}

fn in_json(memory: Memory) -> Value {
    json!({"proportional": memory.proportional_kib, "resident": memory.resident_kib})
}

/// The page's mark when the first endpoint rows have been painted.
const FIRST_ROWS: &str = "first endpoint rows";

fn program(variable: &str) -> PathBuf {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .expect("cargo xtask bench says where the programs are")
}
