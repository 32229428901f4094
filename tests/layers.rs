//! The layering, read off cargo's own dependency graph: what a room must not reach, it does not reach.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::process::Command;

/// The names of all packages that `package` depends on in a normal build, itself included.
fn dependencies(package: &str, features: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args([
            "tree",
            "--offline",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--package",
            package,
        ])
        .args(["--features", &features.join(",")])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let names: BTreeSet<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect();
    assert!(
        names.contains(package),
        "cargo tree printed nothing of {package}"
    );
    names
}

fn assert_free_of(package: &str, features: &[&str], forbidden: &[&str]) {
    let reached = dependencies(package, features);
    let broken: Vec<_> = reached
        .iter()
        .filter(|name| forbidden.iter().any(|bad| name.starts_with(bad)))
        .collect();
    assert!(broken.is_empty(), "{package} must not depend on {broken:?}");
}

const RUNTIMES: &[&str] = &[
    "tokio",
    "async-std",
    "smol",
    "futures-executor",
    "hyper",
    "reqwest",
];
const SDKS: &[&str] = &["aws-", "clickhouse-cloud-api", "keyring", "rusqlite"];
const SHELL: &[&str] = &["tauri", "wry", "tao", "webkit2gtk"];

#[test]
fn the_plan_knows_no_runtime_no_sdk_and_no_window() {
    for features in [&[][..], &["specta"][..]] {
        for forbidden in [
            RUNTIMES,
            SDKS,
            SHELL,
            &["pipelink-aws", "pipelink-clickhouse", "pipelink-engine"],
        ] {
            assert_free_of("pipelink-plan", features, forbidden);
        }
    }
}

#[test]
fn the_adapters_know_neither_each_other_nor_the_engine() {
    assert_free_of(
        "pipelink-aws",
        &[],
        &[
            "pipelink-clickhouse",
            "pipelink-engine",
            "pipelink-sandbox",
            "tauri",
        ],
    );
    assert_free_of(
        "pipelink-clickhouse",
        &[],
        &[
            "pipelink-aws",
            "aws-sdk",
            "pipelink-engine",
            "pipelink-sandbox",
            "tauri",
        ],
    );
}

#[test]
fn the_engine_knows_no_window_and_no_sandbox() {
    assert_free_of(
        "pipelink-engine",
        &[],
        &["pipelink-sandbox", "tauri", "wry"],
    );
}

#[test]
fn the_sandbox_shares_no_code_with_what_it_judges() {
    let own = [
        "pipelink-plan",
        "pipelink-aws",
        "pipelink-clickhouse",
        "pipelink-engine",
        "aws-",
        "tauri",
    ];
    assert_free_of("pipelink-sandbox", &[], &own);
}

#[test]
fn xtask_links_none_of_the_others() {
    assert_free_of("xtask", &[], &["pipelink", "aws-", "tauri", "tokio"]);
}
