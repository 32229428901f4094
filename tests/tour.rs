//! The tour: the whole main job in the sandbox, with a picture of every page in light and in dark.
//! `cargo xtask tour` runs it and lists the pictures; README's come from it.

#![cfg(target_os = "linux")]

mod window;

use window::{Home, Theme, Window, journey};

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask tour"]
async fn light() {
    tour(Theme::Light).await;
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask tour"]
async fn dark() {
    tour(Theme::Dark).await;
}

async fn tour(theme: Theme) {
    let home = Home::new();
    let window = Window::open(&home, theme).await;
    window
        .expect_heading("AWS PrivateLink for ClickPipes")
        .await;
    window.picture("first-start").await;
    journey::enter_sandbox(&window).await;
    window.expect_text("billing-mysql").await;
    window.tall_picture("endpoints").await;
    journey::begin(&window).await;
    journey::choose_source(&window).await;
    window.tall_picture("source-and-path").await;
    journey::choose_service(&window).await;
    window.tall_picture("account-and-region").await;
    journey::look_at_network(&window).await;
    window.tall_picture("resource-and-network").await;
    journey::look_at_checks(&window).await;
    window.click_button("Passed…").await;
    window.tall_picture("checks").await;
    journey::review(&window).await;
    window.tall_picture("review").await;
    journey::create(&window).await;
    window.picture("run").await;
    journey::arrive(&window).await;
    window.tall_picture("connect").await;
    window.click_link("Runs").await;
    window.expect_heading("Finished…").await;
    window.picture("runs").await;
    window.click_link("Endpoints").await;
    window.expect_text(journey::SOURCE).await;
    window.tall_picture("endpoints-after").await;
    window.resize(1024, 700).await;
    window.picture("endpoints-small").await;
    window.resize(1280, 900).await;
    window.click_link("Settings").await;
    window.expect_heading("Settings").await;
    window.tall_picture("settings").await;
    window.close().await;
}
