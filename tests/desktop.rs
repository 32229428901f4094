//! The real window, by mouse: few tests that prove the wiring from the page to the sandbox's wire.
//! They need a display, so plain `cargo test` passes over them; `cargo xtask test` runs them.

#![cfg(target_os = "linux")]

mod window;

use window::{Home, Theme, Window};

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn the_window_opens_with_its_page_and_follows_the_system_theme() {
    for theme in [Theme::Light, Theme::Dark] {
        let home = Home::new();
        let window = Window::open(&home, theme).await;
        assert!(
            window.title().await.contains("Pipelink"),
            "the title is {:?}",
            window.title().await
        );
        assert_eq!(window.prefers_dark().await, theme == Theme::Dark);
        window.close().await;
    }
}
