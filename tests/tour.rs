//! The tour: the whole main job in the sandbox, with a picture of every page in light and in dark.
//! `cargo xtask tour` runs it and lists the pictures; README's come from it.

#![cfg(target_os = "linux")]

mod window;

use window::{Home, Theme, Window};

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
    window.picture("first-start").await;
    window.close().await;
}
