//! The real window, driven as somebody with a mouse would: WebKitWebDriver starts the program that
//! was just built, and things are found by what is written on them.
//!
//! Needs a display, so its tests are `#[ignore]`d; `cargo xtask test` and `cargo xtask tour` run
//! them on a display, a session bus and a keyring of their own.
//!
//! - `driver`: the processes, and that they always end
//! - `home`: the fresh home folder that a session sees
//! - `find`: what is where in the page (`page.js` does the looking)
//! - `hands`: the mouse, and keys into a field
//! - `keys`: the keyboard alone; `pointer`: the display's own, which gives the window the focus
//! - `eyes`: what can be read, pictures, accessibility, errors
//! - `room`: sizes of the window and of its text, and whether everything finds room in them
//! - `sandbox`: the world behind the window
//! - `journey`: the main job, page by page, in words that the tests share
//! - `visit`, `chapters`: the way through all pages, dialogs and states, for whoever looks at them

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]
#![allow(unreachable_pub, reason = "a module of a test file has no public")]

pub mod chapters;
mod driver;
mod eyes;
mod find;
mod hands;
mod home;
pub mod journey;
mod keys;
mod pointer;
mod room;
mod sandbox;
pub mod visit;

use std::cell::Cell;
use std::path::Path;
use std::time::{Duration, Instant};

use fantoccini::Client;
use fantoccini::error::CmdError;

pub use driver::{Memory, Theme};
#[allow(unused_imports, reason = "each test file uses a part of it")]
pub use fantoccini::key::Key;
pub use home::Home;
#[allow(unused_imports, reason = "each test file uses a part of it")]
pub use sandbox::World;

use driver::Driver;

/// How long something may take to appear unless a test says otherwise.
pub const SOON: Duration = Duration::from_secs(45);

/// One open window of Pipelink.
pub struct Window {
    client: Client,
    driver: Driver,
    theme: Theme,
    pictures: Cell<u32>,
    /// How much larger than usual everything is drawn; the pointer moves in the window's own pixels.
    zoom: Cell<f64>,
}

impl Window {
    /// Starts the program in this home and waits for its window.
    pub async fn open(home: &Home, theme: Theme) -> Self {
        let own = Path::new(env!("CARGO_BIN_EXE_pipelink"));
        Self::open_program(home, theme, own).await
    }

    /// Starts another build of the program, or another program with a web view.
    pub async fn open_program(home: &Home, theme: Theme, program: &Path) -> Self {
        let driver = Driver::start(home, theme);
        let client = driver.session(program).await;
        let window = Self {
            client,
            driver,
            theme,
            pictures: Cell::new(0),
            zoom: Cell::new(1.0),
        };
        window.resize_to_usual().await;
        window.watch_for_problems().await;
        window
    }

    /// The window's title.
    pub async fn title(&self) -> String {
        self.client.title().await.expect("the window has a title")
    }

    /// Milliseconds from the program's start to a mark that its page sets.
    pub async fn since_start(&self, mark: &str) -> f64 {
        let marked = self
            .until(mark, SOON, "marked", &[mark], |answer| {
                answer.as_f64().ok_or_else(|| "is not reached".to_owned())
            })
            .await;
        let now = self.ask("now", &[]).await.as_f64().expect("a time");
        let ago = self.driver.started_ago().as_secs_f64() * 1000.0;
        ago - (now - marked)
    }

    /// Memory of the program's own process.
    pub fn memory(&self) -> Memory {
        self.driver.memory()
    }

    /// Closes the window as its owner would, after making sure that the page had no errors.
    pub async fn close(mut self) {
        let problems = self.problems().await;
        let _ = self.client.clone().close().await;
        self.driver.end();
        assert!(problems.is_empty(), "the page complained: {problems:#?}");
    }

    /// Starts the program once more beside this window and waits for that second one to end; false
    /// if it does not.
    pub fn second_start_ends(&self, home: &Home) -> bool {
        self.driver.second_start_ends(home)
    }

    /// Ends the program as a power cut would.
    pub fn kill(self) {
        self.driver.kill_program();
    }

    /// Asks the page again and again until it answers with `Ok`. What it last said instead is in
    /// the panic's message, and how it looked then in target/window-failures.
    async fn until<T>(
        &self,
        what: &str,
        patience: Duration,
        script: &str,
        words: &[&str],
        ready: impl Fn(&serde_json::Value) -> Result<T, String>,
    ) -> T {
        let begun = Instant::now();
        loop {
            let why = match ready(&self.ask(script, words).await) {
                Ok(value) => return value,
                Err(why) => why,
            };
            if begun.elapsed() > patience {
                self.fail(&format!("{what}: {why} (after {patience:?})"))
                    .await;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Fails with what the window shows.
    async fn fail(&self, why: &str) -> ! {
        let seen = self.what_is_seen().await;
        panic!("{why}\n{seen}");
    }

    /// Runs a function of page.js.
    async fn ask(&self, function: &str, words: &[&str]) -> serde_json::Value {
        const PAGE: &str = include_str!("page.js");
        let script = format!("{PAGE}\nreturn {function}(...arguments);");
        let words = words.iter().map(|&word| word.into()).collect();
        self.told(function, self.client.execute(&script, words))
            .await
    }

    /// Runs a function of page.js that answers with lines of text.
    async fn lines(&self, function: &str, words: &[&str]) -> Vec<String> {
        let answer = self.ask(function, words).await;
        let lines = answer.as_array().into_iter().flatten();
        lines
            .filter_map(serde_json::Value::as_str)
            .map(str::to_owned)
            .collect()
    }

    /// Waits for the driver's answer, which it may owe for ever.
    async fn told<T>(&self, what: &str, answer: impl Future<Output = Result<T, CmdError>>) -> T {
        match tokio::time::timeout(SOON, answer).await {
            Ok(Ok(value)) => value,
            Ok(Err(error)) => panic!("{what}: {error}{}", self.driver.log()),
            Err(elapsed) => panic!("{what}: no answer, {elapsed}{}", self.driver.log()),
        }
    }
}
