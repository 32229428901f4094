//! Whoever goes through the pages: at each stop a picture is taken, or axe-core asked, or the room looked at. The way
//! itself (`chapters`) is the same for all of them. What is wrong is told all at once, at the end of the way.

use std::cell::RefCell;

use super::{Home, Theme, Window, World};

/// What is done at a stop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// A picture for the tour.
    Pictures,
    /// No violation of WCAG 2.2 AA.
    Accessibility,
    /// Nothing cut off, nothing out of reach, no moving sideways.
    Room,
}

/// A window on its way through the pages.
pub struct Visit {
    pub window: Window,
    pub home: Home,
    look: Look,
    wrong: RefCell<Vec<String>>,
}

impl Visit {
    /// Opens a window for a chapter; pictures are numbered by chapter.
    pub async fn begin(home: Home, theme: Theme, look: Look, chapter: u32) -> Self {
        let window = Window::open(&home, theme).await;
        window.number_pictures_from(chapter * 100);
        if look == Look::Room {
            window.resize(1024, 700).await;
            window.zoom_to_double().await;
        }
        Self {
            window,
            home,
            look,
            wrong: RefCell::default(),
        }
    }

    /// The sandbox that the window has opened.
    pub async fn world(&self) -> World {
        World::of(&self.home).await
    }

    /// Looks at a whole page, also at what is below the window's edge.
    pub async fn page(&self, name: &str) {
        match self.look {
            Look::Pictures => self.window.tall_picture(name).await,
            Look::Accessibility | Look::Room => self.judge(name).await,
        }
    }

    /// Looks at what the window shows: a dialog, a panel, a size.
    pub async fn view(&self, name: &str) {
        match self.look {
            Look::Pictures => self.window.picture(name).await,
            Look::Accessibility | Look::Room => self.judge(name).await,
        }
    }

    /// For the tour, looks at a whole page once more in a small window.
    pub async fn narrow(&self, name: &str) {
        if self.look == Look::Pictures {
            self.window.resize(1024, 700).await;
            self.window.tall_picture(&format!("{name}-narrow")).await;
            self.window.resize_to_usual().await;
        }
    }

    /// Whether pictures are taken: some stops are for them alone.
    pub fn is_for_pictures(&self) -> bool {
        self.look == Look::Pictures
    }

    async fn judge(&self, name: &str) {
        let found = match self.look {
            Look::Accessibility => self.window.inaccessible().await,
            Look::Room => self.window.without_room().await,
            Look::Pictures => Vec::new(),
        };
        if found.is_empty() {
            return;
        }
        let picture = self.window.failure_picture(name).await;
        let text = format!("{name} ({picture}):\n  {}", found.join("\n  "));
        self.wrong.borrow_mut().push(text);
    }

    /// Ends the visit: everything that was wrong on the way.
    pub async fn end(self) {
        let wrong = self.wrong.take();
        self.window.close().await;
        assert!(
            wrong.is_empty(),
            "{:?}: {} of the stops are wrong\n{}",
            self.look,
            wrong.len(),
            wrong.join("\n")
        );
    }
}
