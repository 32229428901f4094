//! A private D-Bus session with an unlocked keyring, for tests: the ClickHouse key is stored in a
//! real Secret Service, and never in the developer's own.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::command;
use crate::home::Home;
use crate::stop::Stop;

const READY_WITHIN: Duration = Duration::from_secs(20);

/// A running bus and keyring; both stopped when dropped.
pub(crate) struct SessionBus {
    bus: Child,
    keyring: Option<Child>,
    address: String,
}

impl SessionBus {
    pub(crate) fn start(home: &Home) -> Result<Self, Stop> {
        let config = home.path().join("bus.conf");
        fs::write(&config, configuration(home)).map_err(|source| Stop::file(&config, source))?;
        let mut starting = Command::new("dbus-daemon");
        home.apply(&mut starting);
        let mut bus = starting
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|source| Stop::NotStarted {
                command: "dbus-daemon".to_owned(),
                source,
            })?;
        let mut address = String::new();
        if let Some(stdout) = bus.stdout.take() {
            let _ = BufReader::new(stdout).read_line(&mut address);
        }
        let mut session = Self {
            bus,
            keyring: None,
            address: address.trim().to_owned(),
        };
        if session.address.is_empty() {
            return Err(Stop::NotReady {
                what: "dbus-daemon",
                why: "it named no address".to_owned(),
            });
        }
        session.unlock_keyring(home)?;
        Ok(session)
    }

    /// Lets `command` talk on this bus.
    pub(crate) fn apply(&self, command: &mut Command) {
        command.env("DBUS_SESSION_BUS_ADDRESS", &self.address);
    }

    fn unlock_keyring(&mut self, home: &Home) -> Result<(), Stop> {
        let mut starting = Command::new("gnome-keyring-daemon");
        home.apply(&mut starting);
        self.apply(&mut starting);
        // --unlock makes the login keyring with the password that it reads to the end of stdin.
        // Without it the first secret would ask somebody for a password, and wait for ever.
        let mut keyring = starting
            .args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|source| Stop::NotStarted {
                command: "gnome-keyring-daemon".to_owned(),
                source,
            })?;
        if let Some(mut stdin) = keyring.stdin.take() {
            let _ = stdin.write_all(b"a keyring for tests");
        }
        self.keyring = Some(keyring);
        let begun = Instant::now();
        while !self.keyring_answers() {
            if begun.elapsed() > READY_WITHIN {
                let why = "its default collection is not there, or locked".to_owned();
                return Err(Stop::NotReady {
                    what: "gnome-keyring",
                    why,
                });
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Whether the default collection exists and is unlocked.
    fn keyring_answers(&self) -> bool {
        const SECRETS: &str = "org.freedesktop.secrets";
        const COLLECTION: &str = "org.freedesktop.Secret.Collection";
        let owned = self.ask(
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus.NameHasOwner",
            &[&format!("string:{SECRETS}")],
        );
        owned.is_some_and(|answer| answer.contains("true"))
            && self
                .ask(
                    SECRETS,
                    "/org/freedesktop/secrets/aliases/default",
                    "org.freedesktop.DBus.Properties.Get",
                    &[&format!("string:{COLLECTION}"), "string:Locked"],
                )
                .is_some_and(|answer| answer.contains("false"))
    }

    fn ask(&self, to: &str, object: &str, method: &str, words: &[&str]) -> Option<String> {
        let mut asking = Command::new("dbus-send");
        self.apply(&mut asking);
        let to = format!("--dest={to}");
        asking.args([
            "--session",
            "--print-reply",
            "--reply-timeout=2000",
            &to,
            object,
            method,
        ]);
        command::printed(asking.args(words))
    }
}

/// A bus that starts nothing by itself: no second, locked keyring, and none of the desktop's portals,
/// whose mounts in the runtime folder would outlive it.
fn configuration(home: &Home) -> String {
    format!(
        "<busconfig><type>session</type><listen>unix:dir={}</listen><policy context=\"default\">\
         <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/>\
         </policy></busconfig>",
        home.path().join("runtime").display()
    )
}

impl Drop for SessionBus {
    fn drop(&mut self) {
        for process in self.keyring.iter_mut().chain([&mut self.bus]) {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
