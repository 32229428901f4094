//! The real window, by mouse and by keyboard: tests that prove the wiring from the page to the sandbox's wire, and
//! hold every page to the rules. They need a display, so plain `cargo test` passes over them; `cargo xtask test` runs
//! them.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

mod window;

#[path = "desktop/accessible.rs"]
mod accessible;
#[path = "desktop/job.rs"]
mod job;
#[path = "desktop/keyboard.rs"]
mod keyboard;
#[path = "desktop/other_paths.rs"]
mod other_paths;
#[path = "desktop/panel.rs"]
mod panel;
#[path = "desktop/policy.rs"]
mod policy;
