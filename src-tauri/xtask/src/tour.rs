//! `cargo xtask tour`: the real window under Xvfb, driven through the whole main job in the
//! sandbox, with a picture of every page in light and in dark.

use std::ffi::OsString;
use std::fs;

use crate::bus::SessionBus;
use crate::cargo::window_tests;
use crate::checkout::Checkout;
use crate::command;
use crate::display::Display;
use crate::flags::Flags;
use crate::home::Home;
use crate::install::{self, Purpose};
use crate::stop::Stop;
use crate::terminal::{print, say};

pub(crate) const HELP: &str = "\
Drives the real window through the whole main job in the sandbox, on a display of its own, and
leaves a picture of every page in target/tour/ as NN-name-light.png and NN-name-dark.png. Their
paths are printed on stdout.

Usage: cargo xtask tour [--readme]

  --readme   keeps the pictures that README shows, in docs/pictures/
";

pub(crate) fn start(checkout: &Checkout, words: Vec<OsString>) -> Result<(), Stop> {
    let flags = Flags::read(words, &["--readme"], &[])?;
    take(checkout)?;
    if flags.has("--readme") {
        keep_for_readme(checkout)?;
    }
    Ok(())
}

/// Copies what README shows: `docs/pictures/NAME.png` is the tour's `NN-NAME.png`.
fn keep_for_readme(checkout: &Checkout) -> Result<(), Stop> {
    let readme = checkout.root().join("README.md");
    let text = fs::read_to_string(&readme).map_err(|source| Stop::file(&readme, source))?;
    let folder = checkout.root().join("docs/pictures");
    fs::create_dir_all(&folder).map_err(|source| Stop::file(&folder, source))?;
    for shown in text.split("](docs/pictures/").skip(1) {
        let Some((name, _)) = shown.split_once(')') else {
            continue;
        };
        let taken = fs::read_dir(checkout.tour())
            .map_err(|source| Stop::file(&checkout.tour(), source))?
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .find(|path| {
                let file = path.file_name().and_then(|file| file.to_str());
                file.and_then(|file| file.split_once('-'))
                    .is_some_and(|(_, rest)| rest == name)
            })
            .ok_or_else(|| {
                Stop::Drift(format!("README shows {name}, which the tour does not take"))
            })?;
        fs::copy(&taken, folder.join(name)).map_err(|source| Stop::file(&taken, source))?;
        say(&format!("docs/pictures/{name}"));
    }
    Ok(())
}

/// Takes the tour.
pub(crate) fn take(checkout: &Checkout) -> Result<(), Stop> {
    if !cfg!(target_os = "linux") {
        return Err(Stop::Install(
            "the tour needs Linux: only WebKitGTK has a driver for a window like this one"
                .to_owned(),
        ));
    }
    install::for_purposes(checkout, &[Purpose::Run, Purpose::Test, Purpose::Windows])?;
    install::build_page(checkout)?;
    let folder = checkout.tour();
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|source| Stop::file(&folder, source))?;

    let home = Home::make()?;
    let bus = SessionBus::start(&home)?;
    let display = Display::start()?;
    let mut tour = window_tests(checkout, "tour");
    home.apply(&mut tour);
    bus.apply(&mut tour);
    display.apply(&mut tour);
    let taken = command::run(tour.env("PIPELINK_PICTURES", &folder));

    let mut pictures: Vec<_> = fs::read_dir(&folder)
        .map_err(|source| Stop::file(&folder, source))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "png"))
        .collect();
    pictures.sort();
    for picture in &pictures {
        print(&format!("{}\n", picture.display()));
    }
    say(&format!(
        "{} pictures in {}",
        pictures.len(),
        folder.display()
    ));
    taken
}
