//! The content security policy: that what it forbids would be seen. Every other test ends with the assertion that
//! nothing of it was seen (`Window::close`), those of `accessible` after all pages.

use crate::window::{Home, Theme, Window};

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn what_the_policy_forbids_is_refused_and_seen() {
    let home = Home::new();
    let window = Window::open(&home, Theme::Light).await;
    window
        .expect_heading("AWS PrivateLink for ClickPipes")
        .await;
    assert_eq!(
        window.problems().await,
        Vec::<String>::new(),
        "the page itself keeps to its policy"
    );
    let forbidden = [
        ("inline style", "style-src"),
        ("inline script", "script-src"),
        ("eval", "script-src"),
        ("remote picture", "img-src"),
        ("remote call", "connect-src"),
    ];
    for (what, directive) in forbidden {
        let before = window.problems().await.len();
        let effect = window.provoke(what).await;
        assert!(!effect, "{what} took effect");
        let seen = window.problems_after(before).await;
        assert!(
            seen.iter()
                .any(|line| line.contains("content security policy") && line.contains(directive)),
            "{what} was not seen: {seen:?}"
        );
    }
    window.kill();
}
