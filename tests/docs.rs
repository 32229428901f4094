//! Every relative link and picture of the documents leads somewhere.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_relative_link_leads_to_a_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents = vec![root.join("README.md")];
    markdown_below(&root.join("docs"), &mut documents);
    assert!(
        documents.len() >= 4,
        "found only {} documents",
        documents.len()
    );
    let broken: Vec<String> = documents
        .iter()
        .flat_map(|document| {
            let folder = document.parent().unwrap().to_owned();
            targets(&fs::read_to_string(document).unwrap())
                .into_iter()
                .filter(move |target| !folder.join(target).exists())
                .map(move |target| format!("{}: {target}", document.display()))
        })
        .collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

/// What stands in the round brackets of links and pictures, without anchors and addresses of the web.
fn targets(markdown: &str) -> Vec<String> {
    markdown
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target.split('#').next().unwrap_or_default().to_owned())
        .filter(|target| !target.is_empty() && !target.contains("://"))
        .collect()
}

fn markdown_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            markdown_below(&path, found);
        } else if path.extension().is_some_and(|it| it == "md") {
            found.push(path);
        }
    }
}
