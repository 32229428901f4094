//! The stand-alone program, and clients that this project did not write.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use pipelink_sandbox::{Config, Connection, Sandbox};

const PROGRAM: &str = env!("CARGO_BIN_EXE_pipelink-sandbox");

/// Runs one of `tests/python/`. What it reports stays in the folder for temporary files of tests, and is shown
/// when it fails.
fn python(script: &str, arguments: &[&str]) {
    let interpreter = std::env::var("PIPELINK_PYTHON")
        .expect("PIPELINK_PYTHON must name a Python that has boto3; `cargo xtask test` sets it up");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join("python");
    let output = Command::new(interpreter)
        .arg(folder.join(script))
        .args(arguments)
        // The scripts name their endpoint; nothing of the developer's own AWS set-up may interfere.
        .env("AWS_CONFIG_FILE", folder.join("none"))
        .env("AWS_SHARED_CREDENTIALS_FILE", folder.join("none"))
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("Python starts");
    let report = Path::new(env!("CARGO_TARGET_TMPDIR")).join(script);
    std::fs::write(report.with_extension("txt"), &output.stdout).unwrap();
    assert!(output.status.success(), "{script}:\n{}", text(&output));
}

fn models() -> String {
    format!("{}/models", env!("CARGO_MANIFEST_DIR"))
}

fn text(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    format!(
        "{}{}",
        String::from_utf8_lossy(out),
        String::from_utf8_lossy(err)
    )
}

#[test]
fn boto3_does_the_whole_job() {
    python("whole_job.py", &[PROGRAM]);
}

#[test]
fn the_models_are_what_trim_py_makes() {
    python("models_are_current.py", &[&models()]);
}

#[test]
fn boto3_finds_every_operation_as_its_models_say() {
    python("every_operation.py", &[PROGRAM, &models()]);
}

#[test]
fn requests_answers_and_refusals_keep_to_the_complete_models() {
    python("conformance.py", &[PROGRAM, &models()]);
}

#[test]
fn every_state_on_the_way_keeps_to_the_complete_models() {
    python("every_state.py", &[PROGRAM, &models()]);
}

#[test]
fn what_is_not_written_answers_501() {
    python("not_written.py", &[PROGRAM, &models()]);
}

#[test]
fn moto_answers_in_the_same_shapes() {
    python("moto_agrees.py", &[PROGRAM, &models()]);
}

#[test]
fn the_aws_cli_reads_and_writes() {
    python("aws_cli.py", &[PROGRAM]);
}

#[test]
fn the_program_prints_one_line_and_serves() {
    let mut child = Command::new(PROGRAM)
        .args([
            "--listen",
            "127.0.0.1:0",
            "--scenario",
            "empty",
            "--speed",
            "0",
        ])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let connection: Connection = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    let address = connection.aws_endpoint_url.trim_start_matches("http://");
    assert!(std::net::TcpStream::connect(address).is_ok());
    assert!(connection.clickhouse_url.ends_with("/v1"));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(lines.next().is_none(), "one line only");
}

#[tokio::test]
async fn a_killed_program_loses_nothing_that_it_answered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    let mut child = Command::new(PROGRAM)
        .args(["--listen", "127.0.0.1:0", "--speed", "60", "--world"])
        .arg(&path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let connection: Connection = serde_json::from_str(&line).unwrap();
    assert_eq!(pipelink_sandbox::running(&path), Some(connection.clone()));
    let http = reqwest::Client::new();
    let now = async |connection: &Connection| {
        let clock = http.get(format!("{}/_sandbox/clock", connection.aws_endpoint_url));
        let clock: serde_json::Value = clock.send().await.unwrap().json().await.unwrap();
        let now: jiff::Timestamp = clock["now"].as_str().unwrap().parse().unwrap();
        now
    };
    let scope = format!(
        "{}/20261123/us-east-1/ram/aws4_request",
        connection.access_key_id
    );
    let made: serde_json::Value = http
        .post(format!(
            "{}/createresourceshare",
            connection.aws_endpoint_url
        ))
        .header(
            "authorization",
            format!("AWS4-HMAC-SHA256 Credential={scope}, Signature=0"),
        )
        .json(&serde_json::json!({ "name": "kept" }))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let seen = now(&connection).await;
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(pipelink_sandbox::running(&path), None);

    let config = Config {
        world: Some(path.clone()),
        ..Config::default()
    };
    let again = Sandbox::start(config).await.unwrap();
    assert!(
        now(again.connection()).await >= seen,
        "time never runs backwards"
    );
    let world = std::fs::read_to_string(&path).unwrap();
    assert!(world.contains(made["resourceShare"]["resourceShareArn"].as_str().unwrap()));
}

#[test]
fn bad_flags_end_with_2() {
    for flags in [
        &[][..],
        &["--listen"],
        &["--listen", "nowhere"],
        &["--listen", "0.0.0.0:0"],
        &["--listen", "127.0.0.1:0", "--speed", "fast"],
        &["--listen", "127.0.0.1:0", "--speed", "-1"],
        &["--listen", "127.0.0.1:0", "--speed", "NaN"],
        &["--listen", "127.0.0.1:0", "--speed", "1e9"],
        &["--listen", "127.0.0.1:0", "--colour"],
    ] {
        let output = Command::new(PROGRAM).args(flags).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{flags:?}");
        assert!(output.stdout.is_empty());
        assert!(text(&output).contains("usage:"), "{flags:?}");
    }
    let unknown = ["--listen", "127.0.0.1:0", "--scenario", "nowhere"];
    let output = Command::new(PROGRAM).args(unknown).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("no scenario nowhere"));
}
