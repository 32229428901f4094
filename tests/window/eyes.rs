//! What can be seen: pictures, errors, and what a screen reader could not make sense of.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fantoccini::error::CmdError;
use serde_json::Value;

use super::{SOON, Window};

impl Window {
    /// Takes a picture of the window, scrolled to the top, once it is still: `NNN-name-light.png` in
    /// the folder of the tour, numbered in the order taken.
    pub async fn picture(&self, name: &str) {
        self.let_go().await;
        self.ask("toTop", &[]).await;
        self.until("a picture", SOON, "still", &[], at_rest).await;
        self.save_picture(name).await;
    }

    /// Takes a picture of the whole page: the window grows for it as far as the display allows.
    pub async fn tall_picture(&self, name: &str) {
        const DISPLAY: u64 = 4000;
        self.until("a picture", SOON, "still", &[], at_rest).await;
        let height = self
            .ask("toTop", &[])
            .await
            .as_u64()
            .expect("the page has a height");
        let (width, before) = self
            .told("the window has a size", self.client.get_window_size())
            .await;
        let grown = height.clamp(before, DISPLAY);
        let short = |length: u64| u32::try_from(length).expect("a display is not that large");
        self.resize(short(width), short(grown)).await;
        self.until("a picture", SOON, "still", &[&grown.to_string()], at_rest)
            .await;
        self.picture(name).await;
        self.resize(short(width), short(before)).await;
    }

    async fn save_picture(&self, name: &str) {
        let number = self.pictures.get() + 1;
        self.pictures.set(number);
        let file = folder("tour").join(format!("{number:03}-{name}-{}.png", self.theme.name()));
        fs::write(file, self.painted().await).expect("the picture is kept");
    }

    /// What is on the screen once it does not change any more: after the page is still, painting a
    /// window that has grown takes a few frames. What moves for ever is taken as it is.
    async fn painted(&self) -> Vec<u8> {
        let mut before = Vec::new();
        for _ in 0..10 {
            tokio::time::sleep(Duration::from_millis(150)).await;
            let picture = self
                .told("a picture of the window", self.client.screenshot())
                .await;
            if picture == before {
                break;
            }
            before = picture;
        }
        before
    }

    /// Whether the page sees a dark system.
    pub async fn prefers_dark(&self) -> bool {
        self.ask("prefersDark", &[]).await == Value::Bool(true)
    }

    pub(super) async fn watch_for_problems(&self) {
        self.ask("watch", &[]).await;
    }

    /// Errors and violations of the content security policy since the window opened.
    pub async fn problems(&self) -> Vec<String> {
        self.lines("problems", &[]).await
    }

    /// The problems that come after the first so many, once there is one.
    pub async fn problems_after(&self, known: usize) -> Vec<String> {
        let begun = Instant::now();
        loop {
            let new = self.problems().await.split_off(known);
            if !new.is_empty() || begun.elapsed() > Duration::from_secs(3) {
                return new;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Does what the content security policy forbids; whether it took effect.
    pub async fn provoke(&self, what: &str) -> bool {
        self.ask("provoke", &[what]).await == Value::Bool(true)
    }

    /// Fails if axe-core finds anything against WCAG 2.2 AA in what is shown now.
    pub async fn expect_accessible(&self, what: &str) {
        let found = self.inaccessible().await;
        if !found.is_empty() {
            self.fail(&format!("{what} is not accessible:\n{}", found.join("\n")))
                .await;
        }
    }

    /// What axe-core finds. It may have come this moment and still be fading in; what stays wrong is wrong.
    pub(super) async fn inaccessible(&self) -> Vec<String> {
        let begun = Instant::now();
        loop {
            self.until("a page at rest", SOON, "still", &[], at_rest)
                .await;
            let found = self.violations().await.expect("axe-core runs in the page");
            if found.is_empty() || begun.elapsed() > Duration::from_secs(3) {
                return found;
            }
        }
    }

    async fn violations(&self) -> Result<Vec<String>, CmdError> {
        const RUN: &str = "const done = arguments[arguments.length - 1];
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
            // The page is the same in both themes but for its colours.
            const runOnly = arguments[0] === 'dark' ? ['color-contrast', 'link-in-text-block'] : tags;
            axe.run(document, { runOnly, resultTypes: ['violations'] }).then(
              ({ violations }) => done(violations.map(({ id, impact, help, nodes }) =>
                `${id} (${impact}): ${help}\\n    ` + nodes.map((node) => node.html).join('\\n    '))),
              (error) => done([`axe-core: ${error}`]),
            );";
        let is_loaded = self
            .client
            .execute("return window.axe !== undefined", Vec::new());
        if is_loaded.await? != true {
            let library =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
            let axe = fs::read_to_string(library)
                .expect("axe-core is installed with the page (npm ci in ui/)");
            self.client.execute(&axe, Vec::new()).await?;
        }
        let theme = vec![self.theme.name().into()];
        let answer = self.client.execute_async(RUN, theme).await?;
        Ok(answer
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect())
    }

    /// For a failing test: a picture, the text on the page, its errors, the program's output.
    pub(super) async fn what_is_seen(&self) -> String {
        let picture = self.failure_picture(&std::process::id().to_string()).await;
        let text = self.ask("text", &[]).await;
        let problems = self.problems().await;
        format!(
            "--- the window: {picture}\n--- its text:\n{}\n--- its errors: {problems:#?}{}",
            text.as_str().unwrap_or_default(),
            self.driver.log()
        )
    }

    /// Keeps a picture of what is wrong; says where it is.
    pub(super) async fn failure_picture(&self, name: &str) -> String {
        let file = folder("window-failures").join(format!("{name}-{}.png", self.theme.name()));
        match self.client.screenshot().await {
            Ok(picture) => fs::write(&file, picture)
                .map(|()| file.display().to_string())
                .unwrap_or_default(),
            Err(error) => error.to_string(),
        }
    }

    /// The number after which this window's pictures are numbered.
    pub(super) fn number_pictures_from(&self, number: u32) {
        self.pictures.set(number);
    }
}

pub(super) fn at_rest(answer: &Value) -> Result<(), String> {
    answer["why"]
        .as_str()
        .map_or(Ok(()), |why| Err(why.to_owned()))
}

/// A folder of pictures: where xtask says, or in the checkout's target folder.
fn folder(name: &str) -> PathBuf {
    let folder = match std::env::var_os("PIPELINK_PICTURES") {
        Some(folder) if name == "tour" => PathBuf::from(folder),
        _ => Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("target")
            .join(name),
    };
    fs::create_dir_all(&folder).expect("a folder for pictures");
    folder
}
