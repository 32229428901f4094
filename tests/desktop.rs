//! The real window, by mouse: few tests that prove the wiring from the page to the sandbox's wire.
//! They need a display, so plain `cargo test` passes over them; `cargo xtask test` runs them.

#![cfg(target_os = "linux")]

mod window;

use window::{Home, Theme, Window, journey};

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn the_window_opens_with_its_page_and_follows_the_system_theme() {
    for theme in [Theme::Light, Theme::Dark] {
        let home = Home::new();
        let window = Window::open(&home, theme).await;
        window
            .expect_heading("AWS PrivateLink for ClickPipes")
            .await;
        assert!(
            window.title().await.contains("Pipelink"),
            "the title is {:?}",
            window.title().await
        );
        assert_eq!(window.prefers_dark().await, theme == Theme::Dark);
        window.expect_accessible().await;
        window.close().await;
    }
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn the_whole_job_ends_with_a_ready_endpoint_and_its_dns_name() {
    let home = Home::new();
    let window = Window::open(&home, Theme::Light).await;
    journey::enter_sandbox(&window).await;
    window.expect_accessible().await;
    journey::begin(&window).await;
    journey::choose_source(&window).await;
    window.expect_accessible().await;
    journey::choose_service(&window).await;
    window.expect_accessible().await;
    journey::look_at_network(&window).await;
    window.expect_accessible().await;
    journey::look_at_checks(&window).await;
    window.expect_accessible().await;
    journey::review(&window).await;
    window.expect_accessible().await;
    journey::create(&window).await;
    journey::arrive(&window).await;
    window.expect_accessible().await;
    window.close().await;
}
