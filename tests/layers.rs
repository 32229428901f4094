//! What a room must not reach, it does not reach: the layering, read off cargo's own dependency graph; and
//! what it must not hold, read off its files: prices are AWS's to tell.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
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

/// The folders of the product, each with everything below it; and the shell's own files.
const ROOMS: [&str; 6] = [
    "src-tauri/plan/src",
    "src-tauri/aws/src",
    "src-tauri/engine/src",
    "src-tauri/clickhouse/src",
    "src-tauri/commands",
    "ui/src",
];
const SHELLS_FILES: &str = "src-tauri";

#[test]
fn no_price_is_written_into_the_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut looked_at = 0;
    let below = ROOMS.map(|room| (room, true));
    for (folder, deep) in below.into_iter().chain([(SHELLS_FILES, false)]) {
        let files = sources(&root.join(folder), deep);
        assert!(files.len() >= 5, "{folder} has {} files", files.len());
        looked_at += files.len();
        found.extend(files.iter().flat_map(|file| prices_in(file)));
    }
    assert!(looked_at >= 200, "only {looked_at} files");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_price_in_the_code_would_be_found() {
    let room = tempfile::tempdir().unwrap();
    let below = room.path().join("setup");
    fs::create_dir(&below).unwrap();
    let rust = "pub const PRICE: f64 = 1.0;\nconst SAID: &str = \"0.006 USD per GB\";\n";
    fs::write(room.path().join("cost.rs"), rust).unwrap();
    fs::write(below.join("Cost.tsx"), "<p>It costs $0.01 per GB.</p>\n").unwrap();
    let tests = "#[cfg(test)]\nmod tests {\n    // 7 USD\n}\n\n/// USD 8.\nfn after() {}\n";
    fs::write(below.join("tested.rs"), tests).unwrap();
    fs::write(below.join("cost.test.tsx"), "\"0.07 USD per GB\"").unwrap();
    let found = |deep| -> Vec<String> {
        let files = sources(room.path(), deep);
        let mut found: Vec<_> = files.iter().flat_map(|file| prices_in(file)).collect();
        found.sort();
        found
    };
    let at = |place: &str| format!("{}/{place}", room.path().display());
    let in_rust = at("cost.rs:2: const SAID: &str = \"0.006 USD per GB\";");
    assert_eq!(found(false), std::slice::from_ref(&in_rust));
    assert_eq!(
        found(true),
        [
            in_rust,
            at("setup/Cost.tsx:1: <p>It costs $0.01 per GB.</p>"),
            at("setup/tested.rs:6: /// USD 8."),
        ]
    );

    for line in [
        "USD 5",
        "usd: \"0.01\".to_owned(),",
        "{ \"USD\": \"7.0000000000\" }",
        "$ 12",
        "let text = `$${5}`; // US$5",
        "5USD",
        "\"0.006\", \"USD\"",
        "1_000 USD",
    ] {
        assert!(is_price(line), "{line}");
    }
    for line in [
        "return usd.replace(/(\\.\\d\\d)0+$/, \"$1\");",
        "`${price.usd} USD per ${price.unit}`",
        "price_per_unit.usd.len() == 5",
        "($sdk:ident, $endpoint:expr) => {",
        "#[serde(rename = \"USD\")]",
        "(\"VpcResource-Provider-Bytes\", \"GB\")",
        "10.20.1.0/24",
    ] {
        assert!(!is_price(line), "{line}");
    }
}

/// The files in a folder that are the product's: those that are tests, or for them alone, left out.
fn sources(folder: &Path, deep: bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let tests = ["test", "tests", "tests.rs"].contains(&name) || name.contains(".test.");
        if tests {
            continue;
        }
        let kind = path.extension().and_then(|it| it.to_str());
        if path.is_dir() {
            if deep {
                found.extend(sources(&path, deep));
            }
        } else if kind.is_some_and(|it| ["rs", "ts", "tsx", "css", "json"].contains(&it)) {
            found.push(path);
        }
    }
    found
}

/// The lines of a file that hold an amount of money, comments included; a module of tests left out.
fn prices_in(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let mut in_tests = false;
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.starts_with("mod tests {") {
            in_tests = true;
        } else if line == "}" {
            in_tests = false;
        }
        if !in_tests && is_price(line) {
            found.push(format!("{}:{number}: {line}", file.display()));
        }
    }
    found
}

/// Whether a line holds a number right after or before the dollar: quotes, colons and spaces are nothing in
/// between.
fn is_price(line: &str) -> bool {
    let line = line.to_ascii_lowercase();
    let between = |it: char| it.is_whitespace() || "\"':,".contains(it);
    let amount = |after: &str| {
        after
            .trim_start_matches(between)
            .starts_with(|it: char| it.is_ascii_digit())
    };
    let counted = |before: &str| {
        before
            .trim_end_matches(between)
            .ends_with(|it: char| it.is_ascii_digit())
    };
    let named = line
        .match_indices("usd")
        .any(|(at, it)| counted(&line[..at]) || amount(&line[at + it.len()..]));
    // In a replacement, $1 is what the pattern's first group matched.
    let sign = !line.contains(".replace(")
        && line
            .match_indices('$')
            .any(|(at, it)| amount(&line[at + it.len()..]));
    named || sign
}
