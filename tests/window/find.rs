//! Finding things by kind and name, and waiting for them.

use std::time::Duration;

use serde_json::Value;

use super::{SOON, Window};

/// A place in the page that can be clicked, in CSS pixels.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Window {
    /// Waits until exactly one visible thing of this kind has this name, can be clicked, and has
    /// stopped moving; `words` are the function of page.js and its arguments.
    pub(super) async fn point(&self, function: &str, words: &[&str]) -> Point {
        let what = format!("clicking {}", words.join(" "));
        // Larger text takes more scrolling, and what was scrolled is drawn there some frames later.
        let pause = Duration::from_millis(if self.zoom.get() > 1.0 { 250 } else { 60 });
        let mut before = None;
        loop {
            let point = self.until(&what, SOON, function, words, read_point).await;
            if before == Some(point) {
                return point;
            }
            before = Some(point);
            tokio::time::sleep(pause).await;
        }
    }

    /// Waits until the page shows this text.
    pub async fn expect_text(&self, text: &str) {
        self.expect_text_within(text, SOON).await;
    }

    /// Waits this long until the page shows this text.
    pub async fn expect_text_within(&self, text: &str, patience: Duration) {
        let what = format!("reading \"{text}\"");
        self.until(&what, patience, "text", &[], |shown| {
            found(shown, text, true)
        })
        .await;
    }

    /// Waits for this text, and reads the word behind it.
    pub async fn word_after(&self, text: &str) -> String {
        let what = format!("reading what follows \"{text}\"");
        self.until(&what, SOON, "text", &[], |shown| {
            let shown = shown.as_str().unwrap_or_default();
            let (_, rest) = shown.split_once(text).ok_or("it is not there")?;
            let word = rest.split_whitespace().next().ok_or("nothing follows")?;
            Ok(word.to_owned())
        })
        .await
    }

    /// Waits until the page does not show this text (any more).
    pub async fn expect_no_text(&self, text: &str) {
        self.expect_no_text_within(text, SOON).await;
    }

    /// Waits this long until it does not.
    pub async fn expect_no_text_within(&self, text: &str, patience: Duration) {
        let what = format!("not reading \"{text}\"");
        self.until(&what, patience, "text", &[], |shown| {
            found(shown, text, false)
        })
        .await;
    }

    /// Waits for a heading.
    pub async fn expect_heading(&self, name: &str) {
        self.expect("heading", name).await;
    }

    /// Waits for one thing of this kind (`button`, `link`, `field`, `tab`, `testid` ..) and name.
    pub async fn expect(&self, kind: &str, name: &str) {
        self.state(kind, name, |_| Ok(())).await;
    }

    /// Waits until nothing of this kind has this name.
    pub async fn expect_none(&self, kind: &str, name: &str) {
        let what = format!("no {kind} \"{name}\"");
        self.until(&what, SOON, "count", &[kind, name], |count| {
            match count.as_u64() {
                Some(0) => Ok(()),
                other => Err(format!("there are {other:?} of it")),
            }
        })
        .await;
    }

    /// Waits until a button is there and can be pressed.
    pub async fn expect_enabled(&self, button: &str) {
        self.state("button", button, |state| is_not(state, "off"))
            .await;
    }

    /// Waits until a radio button or checkbox is chosen.
    pub async fn expect_chosen(&self, choice: &str) {
        self.state("choice", choice, |state| {
            is_not(&negated(state, "checked"), "checked")
        })
        .await;
    }

    /// Waits until a checkbox is not ticked.
    pub async fn expect_not_chosen(&self, choice: &str) {
        self.state("choice", choice, |state| is_not(state, "checked"))
            .await;
    }

    /// What is in a field.
    pub async fn value(&self, field: &str) -> String {
        self.state("field", field, |state| {
            Ok(state["value"].as_str().unwrap_or_default().to_owned())
        })
        .await
    }

    /// How many visible things of this kind and name there are now.
    pub async fn count(&self, kind: &str, name: &str) -> u64 {
        self.ask("count", &[kind, name])
            .await
            .as_u64()
            .unwrap_or_default()
    }

    async fn state<T>(
        &self,
        kind: &str,
        name: &str,
        ready: impl Fn(&Value) -> Result<T, String>,
    ) -> T {
        let what = format!("the {kind} \"{name}\"");
        self.until(
            &what,
            SOON,
            "is",
            &[kind, name],
            |state| match state["why"].as_str() {
                Some(why) => Err(why.to_owned()),
                None => ready(state),
            },
        )
        .await
    }
}

fn read_point(answer: &Value) -> Result<Point, String> {
    match (answer["x"].as_f64(), answer["y"].as_f64()) {
        (Some(x), Some(y)) => Ok(Point { x, y }),
        _ => Err(answer["why"].as_str().unwrap_or("no answer").to_owned()),
    }
}

fn found(shown: &Value, text: &str, wanted: bool) -> Result<(), String> {
    let there = shown.as_str().unwrap_or_default().contains(text);
    if there == wanted {
        Ok(())
    } else {
        Err(if wanted {
            "it is not there"
        } else {
            "it is there"
        }
        .to_owned())
    }
}

fn is_not(state: &Value, member: &str) -> Result<(), String> {
    if state[member] == Value::Bool(false) {
        Ok(())
    } else {
        Err(format!("it is {member}"))
    }
}

fn negated(state: &Value, member: &str) -> Value {
    serde_json::json!({ member: state[member] == Value::Bool(false) })
}
