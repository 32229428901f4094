//! The key in a real Secret Service: `gnome-keyring-daemon` on a D-Bus session of its own, with a home of
//! its own, so that no keyring of the person who runs the test is touched.
//!
//! The keyring crate opens its store once per process. Each test therefore starts this same test binary
//! again, in the surroundings it needs, and the child does the work.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use std::path::Path;
use std::process::Command;

use pipelink_clickhouse::ApiKey;
use pipelink_clickhouse::keyring::KeyStore;
use pipelink_plan::problem::Problem;
use secrecy::SecretString;

/// Set for the child; its value is the file by which the child proves that it ran to its end.
const CHILD: &str = "PIPELINK_KEYRING_TEST_CHILD";
/// Unlocks the login keyring, which also creates it, then becomes the child test.
const WITH_KEYRING: &str = r#"
printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null || exit 3
exec "$@"
"#;

#[test]
fn a_key_is_saved_replaced_and_forgotten() {
    let Some(proof) = std::env::var_os(CHILD) else {
        let home = tempfile::tempdir().unwrap();
        let mut session = Command::new("dbus-run-session");
        session.args(["--", "sh", "-c", WITH_KEYRING, "sh"]);
        return again(
            session,
            "a_key_is_saved_replaced_and_forgotten",
            home.path(),
        );
    };

    let store = KeyStore::system();
    let sandbox = ApiKey::new("sandbox-id".to_owned(), SecretString::from("s:e:c-0"));
    let first = ApiKey::new("id-1".to_owned(), SecretString::from("secret-1"));
    let second = ApiKey::new("id-2".to_owned(), SecretString::from("secret-2"));

    assert!(store.load("111122223333").unwrap().is_none());
    store.forget("111122223333").unwrap();
    store.save("sandbox", &sandbox).unwrap();
    store.save("111122223333", &first).unwrap();
    store.save("111122223333", &second).unwrap();
    assert_eq!(whole(&store, "111122223333"), "id-2:secret-2");
    store.forget("111122223333").unwrap();
    assert!(store.load("111122223333").unwrap().is_none());
    assert_eq!(whole(&store, "sandbox"), "sandbox-id:s:e:c-0");

    let blank = ApiKey::new("id".to_owned(), SecretString::from(" "));
    assert_eq!(store.save("sandbox", &blank), Err(Problem::KeyMissing));

    // What somebody else put there is not taken for a key, and its content is not told.
    keyring::Entry::new("Pipelink", "sandbox")
        .unwrap()
        .set_password("hand-made")
        .unwrap();
    let Err(Problem::Internal { message }) = store.load("sandbox") else {
        unreachable!("not a key");
    };
    assert!(!message.contains("hand-made"), "{message}");
    std::fs::write(proof, "done").unwrap();
}

#[test]
fn without_a_session_bus_the_keyring_is_unavailable() {
    let Some(proof) = std::env::var_os(CHILD) else {
        let home = tempfile::tempdir().unwrap();
        let mut alone = Command::new("env");
        alone.arg(format!(
            "DBUS_SESSION_BUS_ADDRESS=unix:path={}/no-bus",
            home.path().display()
        ));
        return again(
            alone,
            "without_a_session_bus_the_keyring_is_unavailable",
            home.path(),
        );
    };
    assert_unavailable();
    std::fs::write(proof, "done").unwrap();
}

#[test]
fn with_a_bus_but_no_secret_service_the_keyring_is_unavailable() {
    let Some(proof) = std::env::var_os(CHILD) else {
        let home = tempfile::tempdir().unwrap();
        // The bus names no folder of services, so that it can start none.
        let policy = r#"<allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/><allow own="*"/>"#;
        return again(
            bus(home.path(), policy),
            "with_a_bus_but_no_secret_service_the_keyring_is_unavailable",
            home.path(),
        );
    };
    assert_unavailable();
    std::fs::write(proof, "done").unwrap();
}

#[test]
fn a_bus_that_says_nothing_does_not_hold_anybody_up() {
    let Some(proof) = std::env::var_os(CHILD) else {
        let home = tempfile::tempdir().unwrap();
        // The bus takes what is sent and lets nobody receive, not even its own answers.
        let policy = r#"<allow send_destination="*"/><allow own="*"/>"#;
        return again(
            bus(home.path(), policy),
            "a_bus_that_says_nothing_does_not_hold_anybody_up",
            home.path(),
        );
    };
    let began = std::time::Instant::now();
    let problem = KeyStore::system().load("a").unwrap_err();
    assert_eq!(
        problem,
        Problem::KeyringUnavailable {
            message: "the keyring does not answer".to_owned()
        }
    );
    assert!(began.elapsed() < std::time::Duration::from_secs(15));
    std::fs::write(proof, "done").unwrap();
}

/// A session bus of our own making, with the given rules.
fn bus(home: &Path, policy: &str) -> Command {
    let configuration = home.join("bus.conf");
    std::fs::write(
        &configuration,
        format!(
            "<busconfig><type>session</type><listen>unix:dir={}</listen>\
             <policy context=\"default\">{policy}</policy></busconfig>",
            home.display()
        ),
    )
    .unwrap();
    let mut session = Command::new("dbus-run-session");
    session.arg("--config-file").arg(&configuration).arg("--");
    session
}

/// Runs one test of this binary again, as the last arguments of a command, in a home of its own.
fn again(mut command: Command, test: &str, home: &Path) {
    let proof = home.join("proof");
    let runtime = home.join("runtime");
    std::fs::create_dir(&runtime).unwrap();
    std::fs::set_permissions(
        &runtime,
        std::os::unix::fs::PermissionsExt::from_mode(0o700),
    )
    .unwrap();
    let output = command
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(CHILD, &proof)
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_RUNTIME_DIR", &runtime)
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("GNOME_KEYRING_CONTROL")
        .output()
        .expect("dbus-run-session (package dbus) is needed for this test");
    assert!(
        output.status.success() && proof.exists(),
        "{}: {}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn assert_unavailable() {
    let store = KeyStore::system();
    let key = ApiKey::new("id".to_owned(), SecretString::from("the-secret"));
    for problem in [
        store.save("a", &key).unwrap_err(),
        store.load("a").unwrap_err(),
        store.forget("a").unwrap_err(),
    ] {
        let Problem::KeyringUnavailable { message } = problem else {
            unreachable!("{problem:?}");
        };
        assert!(
            message.len() > 10 && !message.contains("No default store"),
            "{message}"
        );
        assert!(!message.contains("the-secret"), "{message}");
    }
}

/// The key as `id:secret`, read back past Pipelink with the keyring crate itself, and through Pipelink.
fn whole(store: &KeyStore, account: &str) -> String {
    let raw = keyring::Entry::new("Pipelink", account)
        .unwrap()
        .get_password()
        .unwrap();
    let key = store.load(account).unwrap().unwrap();
    assert!(raw.starts_with(&format!("{}:", key.id())));
    raw
}
