//! Sizes of the window and of its text, and whether everything finds room in them.

use std::time::{Duration, Instant};

use super::eyes::at_rest;
use super::{SOON, Window};
use fantoccini::key::Key;

/// The size that windows are opened in.
pub(super) const USUAL: (u32, u32) = (1280, 900);

impl Window {
    /// Makes the window this large, in the display's pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        self.told("a new size", self.client.set_window_size(width, height))
            .await;
    }

    /// Makes the window as large as it opens.
    pub(super) async fn resize_to_usual(&self) {
        let (width, height) = USUAL;
        self.resize(width, height).await;
    }

    /// Makes text and everything else twice as large, with the keys that do it in any browser.
    pub async fn zoom_to_double(&self) {
        let room = self.inner_width().await;
        for _ in 0..5 {
            self.chord(&[Key::Control], '+').await;
        }
        self.until("200 % text", SOON, "room", &[], |now| match now.as_f64() {
            Some(now) if (now * 2.0 - room).abs() < 4.0 => Ok(()),
            other => Err(format!("the page is {other:?} wide, after {room}")),
        })
        .await;
        self.zoom.set(2.0);
    }

    /// As large as usual again.
    pub async fn zoom_back(&self) {
        self.chord(&[Key::Control], '0').await;
        self.zoom.set(1.0);
        tokio::time::sleep(Duration::from_millis(300)).await;
    }

    /// Lays the page out from right to left, as for Arabic or Hebrew, or back.
    pub async fn set_direction(&self, direction: &str) {
        self.ask("turn", &[direction]).await;
    }

    /// What has no room: the page can be moved sideways, a text is cut off, a button is where no click reaches it. A
    /// size may have changed this moment, and tables follow it a little later; what stays wrong is wrong.
    pub(super) async fn without_room(&self) -> Vec<String> {
        let begun = Instant::now();
        loop {
            self.until("a page at rest", SOON, "still", &[], at_rest)
                .await;
            let mut found = Vec::new();
            for look in ["sideways", "cut", "unreached"] {
                found.extend(self.lines(look, &[]).await);
            }
            if found.is_empty() || begun.elapsed() > Duration::from_secs(3) {
                return found;
            }
        }
    }

    async fn inner_width(&self) -> f64 {
        self.ask("room", &[]).await.as_f64().expect("a width")
    }
}
