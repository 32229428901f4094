//! The system's packages: one table of needs, each looked for by what it provides (a program, a
//! library), so that it does not matter how it was installed. Debian and Ubuntu are installed on;
//! elsewhere the command to type is named.

use std::fs;
use std::process::Command;

use super::Purpose;
use crate::command;
use crate::stop::Stop;
use crate::terminal::say;

/// How a need is recognised as met.
enum Probe {
    Program(&'static str),
    Library(&'static str),
    PythonModules(&'static str),
}

/// Something that must be there, and the packages that bring it.
struct Need {
    probe: Probe,
    purpose: Purpose,
    /// The first that the distribution knows: the driver's package was renamed.
    debian: &'static [&'static str],
    fedora: &'static str,
    arch: &'static str,
}

const NEEDS: &[Need] = &[
    Need {
        probe: Probe::Program("cc"),
        purpose: Purpose::Run,
        debian: &["build-essential"],
        fedora: "gcc gcc-c++ make",
        arch: "base-devel",
    },
    Need {
        probe: Probe::Program("pkg-config"),
        purpose: Purpose::Run,
        debian: &["pkg-config"],
        fedora: "pkgconf-pkg-config",
        arch: "pkgconf",
    },
    Need {
        probe: Probe::Library("webkit2gtk-4.1"),
        purpose: Purpose::Run,
        debian: &["libwebkit2gtk-4.1-dev"],
        fedora: "webkit2gtk4.1-devel",
        arch: "webkit2gtk-4.1",
    },
    Need {
        probe: Probe::PythonModules("ensurepip, venv"),
        purpose: Purpose::Test,
        debian: &["python3-venv"],
        fedora: "python3",
        arch: "python",
    },
    // dbus-x11 before gnome-keyring: it is a session bus, and the keyring's package would otherwise
    // bring systemd's into a container.
    Need {
        probe: Probe::Program("dbus-daemon"),
        purpose: Purpose::Test,
        debian: &["dbus-x11"],
        fedora: "dbus-daemon",
        arch: "dbus",
    },
    Need {
        probe: Probe::Program("dbus-send"),
        purpose: Purpose::Test,
        debian: &["dbus-x11"],
        fedora: "dbus-tools",
        arch: "dbus",
    },
    Need {
        probe: Probe::Program("gnome-keyring-daemon"),
        purpose: Purpose::Test,
        debian: &["gnome-keyring"],
        fedora: "gnome-keyring",
        arch: "gnome-keyring",
    },
    Need {
        probe: Probe::Program("Xvfb"),
        purpose: Purpose::Windows,
        debian: &["xvfb"],
        fedora: "xorg-x11-server-Xvfb",
        arch: "xorg-server-xvfb",
    },
    Need {
        probe: Probe::Program("WebKitWebDriver"),
        purpose: Purpose::Windows,
        debian: &["webkit2gtk-driver", "webkitgtk-webdriver"],
        fedora: "webkitgtk6.0",
        arch: "webkitgtk-6.0",
    },
];

impl Need {
    fn is_met(&self) -> bool {
        match self.probe {
            Probe::Program(name) => command::on_path(name),
            Probe::Library(name) => {
                command::succeeds(Command::new("pkg-config").args(["--exists", name]))
            }
            Probe::PythonModules(names) => {
                command::succeeds(Command::new("python3").args(["-c", &format!("import {names}")]))
            }
        }
    }
}

pub(super) fn install(purposes: &[Purpose]) -> Result<(), Stop> {
    languages(purposes)?;
    if cfg!(target_os = "linux") {
        linux(purposes)
    } else {
        elsewhere()
    }
}

/// Node and Python come from wherever the developer likes; only their absence is said.
fn languages(purposes: &[Purpose]) -> Result<(), Stop> {
    let node = command::printed(Command::new("node").arg("--version"));
    if node
        .as_deref()
        .and_then(major)
        .is_none_or(|version| version < 20)
    {
        return Err(Stop::Install(format!(
            "Node 20 or later with npm is needed (found: {}); see https://nodejs.org/en/download",
            node.as_deref().unwrap_or("none")
        )));
    }
    let python = if cfg!(windows) { "python" } else { "python3" };
    if purposes.contains(&Purpose::Test)
        && !command::succeeds(Command::new(python).arg("--version"))
    {
        return Err(Stop::Install(
            "Python 3 is needed; see https://www.python.org/downloads".to_owned(),
        ));
    }
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version
        .trim_start_matches('v')
        .split('.')
        .next()?
        .parse()
        .ok()
}

fn missing(purposes: &[Purpose]) -> Vec<&'static Need> {
    NEEDS
        .iter()
        .filter(|need| purposes.contains(&need.purpose) && !need.is_met())
        .collect()
}

fn linux(purposes: &[Purpose]) -> Result<(), Stop> {
    let needs = missing(purposes);
    if needs.is_empty() {
        return Ok(());
    }
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    match family(&release) {
        Some(Family::Debian) => {
            debian(&needs)?;
            let still = missing(purposes);
            if still.is_empty() {
                Ok(())
            } else {
                Err(Stop::Install(unnamed(&still)))
            }
        }
        Some(Family::Fedora) => Err(Stop::Install(format!(
            "first install what is missing:\n  sudo dnf install {}",
            packages(&needs, |need| need.fedora)
        ))),
        Some(Family::Arch) => Err(Stop::Install(format!(
            "first install what is missing:\n  sudo pacman -S --needed {}",
            packages(&needs, |need| need.arch)
        ))),
        None => Err(Stop::Install(unnamed(&needs))),
    }
}

#[derive(Debug, PartialEq)]
enum Family {
    Debian,
    Fedora,
    Arch,
}

/// Which family a distribution says it belongs to: ID and `ID_LIKE` of os-release(5).
fn family(release: &str) -> Option<Family> {
    release
        .lines()
        .filter_map(|line| {
            line.strip_prefix("ID=")
                .or_else(|| line.strip_prefix("ID_LIKE="))
        })
        .flat_map(|value| value.trim_matches('"').split_whitespace())
        .find_map(|name| match name {
            "debian" | "ubuntu" => Some(Family::Debian),
            "fedora" | "rhel" => Some(Family::Fedora),
            "arch" => Some(Family::Arch),
            _ => None,
        })
}

fn packages(needs: &[&Need], of: impl Fn(&Need) -> &'static str) -> String {
    let mut names: Vec<_> = needs.iter().map(|need| of(need)).collect();
    names.dedup();
    names.join(" ")
}

/// For a distribution that xtask has no names for, or where installing did not help.
fn unnamed(needs: &[&Need]) -> String {
    let names: Vec<_> = needs
        .iter()
        .map(|need| match need.probe {
            Probe::Program(name) => format!("the program {name}"),
            Probe::Library(name) => format!("the development files of {name} (pkg-config)"),
            Probe::PythonModules(names) => format!("Python's modules {names}"),
        })
        .collect();
    format!("still missing: {}", names.join(", "))
}

fn debian(needs: &[&Need]) -> Result<(), Stop> {
    let root = command::printed(Command::new("id").arg("-u")).as_deref() == Some("0");
    let sudo = !root && command::succeeds(Command::new("sudo").args(["-n", "true"]));
    if !root && !sudo {
        return Err(Stop::Install(format!(
            "first install what is missing:\n  sudo apt-get install {}",
            packages(needs, |need| need.debian[0])
        )));
    }
    let apt = |words: &[&str]| {
        let mut apt = if sudo {
            Command::new("sudo")
        } else {
            Command::new("env")
        };
        if sudo {
            apt.args(["-n", "env"]);
        }
        apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"])
            .args(words);
        apt
    };
    say("installing what is missing of the system's packages");
    command::run(&mut apt(&["update"]))?;
    let names: Vec<_> = needs
        .iter()
        .map(|need| {
            let known =
                |name: &&&str| command::succeeds(Command::new("apt-cache").args(["show", name]));
            need.debian.iter().find(known).unwrap_or(&need.debian[0])
        })
        .copied()
        .collect();
    let words = [
        &["install", "--yes", "--no-install-recommends"],
        names.as_slice(),
    ]
    .concat();
    command::run(&mut apt(&words))
}

#[cfg(target_os = "macos")]
fn elsewhere() -> Result<(), Stop> {
    if command::succeeds(Command::new("xcode-select").arg("-p")) {
        return Ok(());
    }
    Err(Stop::Install(
        "Apple's command line tools are needed: `xcode-select --install`".to_owned(),
    ))
}

#[cfg(not(target_os = "macos"))]
fn elsewhere() -> Result<(), Stop> {
    if cfg!(windows) {
        // Windows 11 has WebView2; rustc itself does not work without the C++ build tools.
        say("on Windows you need the C++ build tools of Visual Studio and the WebView2 runtime");
        return Ok(());
    }
    Err(Stop::Install(
        "Pipelink builds on Linux, macOS and Windows".to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distribution_belongs_to_the_family_that_it_names() {
        assert_eq!(
            family("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n"),
            Some(Family::Debian)
        );
        assert_eq!(
            family("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"),
            Some(Family::Debian)
        );
        assert_eq!(
            family("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"),
            Some(Family::Fedora)
        );
        assert_eq!(family("ID=manjaro\nID_LIKE=arch\n"), Some(Family::Arch));
        assert_eq!(family("ID=nixos\nVERSION_ID=debian\n"), None);
    }

    #[test]
    fn the_major_version_is_read_from_what_node_prints() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("command not found"), None);
    }
}
