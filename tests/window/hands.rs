//! Mouse and keyboard. Clicks are pointer actions at a place where nothing lies over the target.

use std::time::Duration;

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::key::Key;

use super::Window;
use super::find::Point;

impl Window {
    /// Presses a button by what is written on it, or by its aria-label.
    pub async fn click_button(&self, name: &str) {
        self.click("button", name).await;
    }

    /// Follows a link.
    pub async fn click_link(&self, name: &str) {
        self.click("link", name).await;
    }

    /// Changes to a tab.
    pub async fn click_tab(&self, name: &str) {
        self.click("tab", name).await;
    }

    /// Chooses a radio button, tile or checkbox by its label.
    pub async fn choose(&self, name: &str) {
        self.click("choice", name).await;
    }

    /// Ticks every checkbox whose name begins so.
    pub async fn tick_all(&self, beginning: &str) {
        for name in self.unticked(beginning).await {
            self.choose(&name).await;
            self.expect_chosen(&name).await;
        }
    }

    /// The checkboxes whose name begins so and that are not ticked.
    pub async fn unticked(&self, beginning: &str) -> Vec<String> {
        self.lines("unticked", &[beginning]).await
    }

    /// Chooses the row of a table that has this text in a cell.
    pub async fn choose_row(&self, table: &str, text: &str) {
        self.press_at("pointOfRow", &[table, text]).await;
    }

    /// Opens a select and picks an option.
    pub async fn select(&self, field: &str, option: &str) {
        self.click("select", field).await;
        self.click("option", option).await;
    }

    /// Replaces what is in a field.
    pub async fn type_into(&self, field: &str, text: &str) {
        self.click("field", field).await;
        self.expect_focus("field", field).await;
        // The driver takes an element of a page that is drawn larger to be out of sight: keys go to the window then.
        if self.zoom.get() > 1.0 {
            self.chord(&[Key::Control], 'a').await;
            self.key(Key::Delete).await;
            for letter in text.chars() {
                self.chord(
                    &[],
                    if letter == '\n' {
                        Key::Enter.into()
                    } else {
                        letter
                    },
                )
                .await;
            }
            return;
        }
        let element = self
            .told("the field has the focus", self.client.active_element())
            .await;
        self.told("the field can be emptied", element.clear()).await;
        // The end of a line is a key of its own.
        let keys = text.replace('\n', &Key::Enter.to_string());
        self.told("the field takes keys", element.send_keys(&keys))
            .await;
    }

    /// Presses a key where the focus is.
    pub async fn press(&self, key: Key) {
        let element = self
            .told("something has the focus", self.client.active_element())
            .await;
        self.told("it takes keys", element.send_keys(&key.to_string()))
            .await;
    }

    /// Takes the focus from a field, as a click on an empty place does: letters then mean the page's shortcuts.
    pub async fn let_focus_go(&self) {
        self.ask("letGo", &[]).await;
    }

    /// Clicks the one thing of this kind (see page.js) and name.
    pub async fn click(&self, kind: &str, name: &str) {
        self.press_at("point", &[kind, name]).await;
    }

    /// Clicks what this function of page.js points at. Where the page moved meanwhile and the click met nothing, it is
    /// made again, as a person would; one that met something else is an error, since nobody knows what it did.
    async fn press_at(&self, function: &str, words: &[&str]) {
        let what = format!("clicking {}", words.join(" "));
        for _ in 0..3 {
            self.point_at(function, words).await;
            self.press_button(&what).await;
            let met = self.ask("met", &[]).await;
            if met["hit"] == true {
                return;
            }
            if let Some(other) = met["other"].as_str() {
                self.fail(&format!("{what}: the click met the {other}"))
                    .await;
            }
        }
        self.fail(&format!("{what}: three clicks met nothing"))
            .await;
    }

    /// Moves the pointer there until it stays: a list scrolls when it is pointed at.
    async fn point_at(&self, function: &str, words: &[&str]) {
        let mut point = self.point(function, words).await;
        for _ in 0..5 {
            self.move_to(point).await;
            let now = self.point(function, words).await;
            if now == point {
                return;
            }
            point = now;
        }
        self.fail(&format!("clicking {}: it does not stay", words.join(" ")))
            .await;
    }

    async fn press_button(&self, what: &str) {
        let press = MouseActions::new("mouse".to_owned())
            .then(PointerAction::Down {
                button: MOUSE_BUTTON_LEFT,
            })
            .then(PointerAction::Up {
                button: MOUSE_BUTTON_LEFT,
            });
        self.told(what, self.client.perform_actions(press)).await;
    }

    async fn move_to(&self, Point { x, y }: Point) {
        let zoom = self.zoom.get();
        let there = MouseActions::new("mouse".to_owned()).then(PointerAction::MoveTo {
            duration: Some(Duration::from_millis(20)),
            x: x * zoom,
            y: y * zoom,
        });
        self.told("the mouse moves", self.client.perform_actions(there))
            .await;
    }

    /// Moves the pointer away, so that nothing looks pointed at.
    pub(super) async fn let_go(&self) {
        let zoom = self.zoom.get();
        let (x, y) = (1.0 / zoom, 1.0 / zoom);
        self.move_to(Point { x, y }).await;
    }
}
