//! The keyboard alone: real keys, sent to the window and not to an element that a test has found. Where the focus is
//! decides what they do, and every stop on the way has to show that the focus is there.

use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::Value;

use super::eyes::at_rest;
use super::{SOON, Window};

/// More stops than any page has on the way to something.
const STOPS: usize = 200;

/// Which way Tab goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Forward,
    Back,
}

impl Window {
    /// Presses and releases a key.
    pub async fn key(&self, key: Key) {
        self.chord(&[], key.into()).await;
    }

    /// Types text where the focus is.
    pub async fn type_keys(&self, text: &str) {
        for letter in text.chars() {
            self.chord(&[], letter).await;
        }
    }

    /// Presses a key while others are held.
    pub async fn chord(&self, held: &[Key], key: char) {
        let held: Vec<char> = held.iter().map(|&key| key.into()).collect();
        let mut keys = KeyActions::new("keyboard".to_owned());
        for &value in &held {
            keys = keys.then(KeyAction::Down { value });
        }
        keys = keys
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key });
        for &value in held.iter().rev() {
            keys = keys.then(KeyAction::Up { value });
        }
        self.told("the keyboard is pressed", self.client.perform_actions(keys))
            .await;
    }

    /// Goes on with Tab until the thing of this kind and name has the focus.
    pub async fn tab_to(&self, kind: &str, name: &str) {
        self.tab(Way::Forward, kind, name).await;
    }

    /// Goes back with Shift and Tab.
    pub async fn tab_back_to(&self, kind: &str, name: &str) {
        self.tab(Way::Back, kind, name).await;
    }

    async fn tab(&self, way: Way, kind: &str, name: &str) {
        // It may still be on its way: pressing Tab would go past it.
        self.expect(kind, name).await;
        let mut seen = Vec::new();
        loop {
            let stop = self.stop(kind, name).await;
            if stop.there {
                return;
            }
            if seen.len() == STOPS {
                self.fail(&format!(
                    "the keyboard does not reach the {kind} \"{name}\": {seen:#?}"
                ))
                .await;
            }
            seen.push(stop.words);
            self.step(way).await;
        }
    }

    /// One Tab. The stop that is left must have shown that it had the focus, and be in sight.
    async fn step(&self, way: Way) {
        // The page follows the focus a moment later.
        let moment = Duration::from_secs(2);
        self.until("the focus", moment, "leaving", &[], at_rest)
            .await;
        let held: &[Key] = match way {
            Way::Forward => &[],
            Way::Back => &[Key::Shift],
        };
        self.chord(held, Key::Tab.into()).await;
        // A page that is busy draws the element without its ring only some frames later.
        self.until("the focus", moment, "left", &[], at_rest).await;
    }

    /// Goes to the group that a radio button belongs to, and with the arrows to the button.
    pub async fn arrow_to(&self, name: &str) {
        self.expect_there("choice", name).await;
        let mut seen = Vec::new();
        while !self.is("inGroup", name).await {
            if seen.len() == STOPS {
                self.fail(&format!(
                    "the keyboard does not reach the group of \"{name}\": {seen:#?}"
                ))
                .await;
            }
            seen.push(self.stop("choice", name).await.words);
            self.step(Way::Forward).await;
        }
        for _ in 0..STOPS {
            if self.stop("choice", name).await.there {
                // The first one of a group has the focus without being chosen.
                self.key_space().await;
                self.expect_chosen(name).await;
                return;
            }
            // The web view's arrows stop at the ends of a group.
            let key = if self.is("isBelow", name).await {
                Key::Down
            } else {
                Key::Up
            };
            self.key(key).await;
        }
        self.fail(&format!("the arrows do not reach \"{name}\""))
            .await;
    }

    /// Goes to a checkbox and presses Space.
    pub async fn tick(&self, name: &str) {
        self.tab_to("choice", name).await;
        self.key_space().await;
        self.expect_chosen(name).await;
    }

    /// Goes to a select, opens it, goes down to the option that begins so, and takes it.
    pub async fn pick(&self, select: &str, option: &str) {
        self.tab_to("select", select).await;
        self.key(Key::Enter).await;
        self.expect("option", &format!("{option}…")).await;
        let options = self.count("option", "…").await;
        for _ in 0..=options {
            if self.is("isHighlighted", option).await {
                self.key(Key::Enter).await;
                return;
            }
            self.key(Key::Down).await;
        }
        self.fail(&format!("the arrow does not reach \"{option}\""))
            .await;
    }

    /// Goes to a button or link and presses Enter.
    pub async fn enter(&self, kind: &str, name: &str) {
        self.tab_to(kind, name).await;
        self.key(Key::Enter).await;
    }

    /// Space.
    pub async fn key_space(&self) {
        self.chord(&[], ' ').await;
    }

    /// Waits until the thing of this kind and name has the focus by itself, as after a step to another page.
    pub async fn expect_focus(&self, kind: &str, name: &str) {
        let begun = Instant::now();
        loop {
            let stop = self.stop(kind, name).await;
            if stop.there {
                return;
            }
            if begun.elapsed() > SOON {
                self.fail(&format!(
                    "the {kind} \"{name}\" has not the focus; it is at {}",
                    stop.words
                ))
                .await;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Fails if the focus was lost: then Tab would begin at the top of the page again.
    pub async fn expect_some_focus(&self) {
        let what = "something has the focus";
        self.until(
            what,
            Duration::from_secs(3),
            "focused",
            &[],
            |answer| match answer["lost"].as_bool() {
                Some(false) => Ok(()),
                _ => Err("it was lost".to_owned()),
            },
        )
        .await;
    }

    async fn stop(&self, kind: &str, name: &str) -> Stop {
        let answer = self.ask("stop", &[kind, name]).await;
        Stop {
            there: answer["there"] == Value::Bool(true),
            words: answer["words"].as_str().unwrap_or_default().to_owned(),
        }
    }

    async fn is(&self, function: &str, name: &str) -> bool {
        self.ask(function, &[name]).await == Value::Bool(true)
    }

    async fn expect_there(&self, kind: &str, name: &str) {
        let what = format!("the {kind} \"{name}\"");
        self.until(&what, SOON, "count", &[kind, name], |count| {
            match count.as_u64() {
                Some(1) => Ok(()),
                other => Err(format!("there are {other:?} of it")),
            }
        })
        .await;
    }
}

/// Where the focus is.
struct Stop {
    there: bool,
    words: String,
}
