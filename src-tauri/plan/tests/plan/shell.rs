//! Commands that are shown can be pasted: a real shell hands every value on as it is.

use std::process::Command;

use pipelink_plan::paths::vpc_resource::plan;
use pipelink_plan::readings::review::review;
use pipelink_plan::readings::shell::quote;
use proptest::prelude::*;

use crate::facts::*;
use crate::readings::plans;

fn sh(script: &str) -> String {
    let output = Command::new("sh").arg("-c").arg(script).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_quoted_text_is_one_word(text in "[^\0]{0,40}") {
        prop_assert_eq!(sh(&format!("printf '[%s]' {}", quote(&text))), format!("[{text}]"));
    }
}

#[test]
fn hostile_words_stay_words() {
    for text in [
        "$(reboot)",
        "`reboot`",
        "a'b",
        "'; reboot; '",
        "-",
        "",
        "a b",
        "$HOME",
        "*",
        "~",
        "\\",
        "a\nb",
        "#x",
        "!1",
    ] {
        assert_eq!(
            sh(&format!("printf '[%s]' {}", quote(text))),
            format!("[{text}]")
        );
    }
}

/// Every word of every command comes to the program as the request has it.
#[test]
fn a_command_hands_the_requests_values_on() {
    for (name, plan) in plans() {
        for step in review(&plan) {
            let request: serde_json::Value = serde_json::from_str(&step.request).unwrap();
            let told = sh(&format!(
                "aws() {{ printf '<%s>\\n' \"$@\"; }}; curl() {{ aws \"$@\"; }}; dig() {{ aws \"$@\"; }}\n\
                 CLICKHOUSE_KEY_ID=id CLICKHOUSE_KEY_SECRET=secret\n{}",
                step.cli
            ));
            for value in request.as_object().unwrap().values() {
                let words: Vec<String> = match value {
                    serde_json::Value::String(word) => vec![word.clone()],
                    serde_json::Value::Array(list)
                        if list.iter().all(serde_json::Value::is_string) =>
                    {
                        list.iter()
                            .map(|it| it.as_str().unwrap().to_owned())
                            .collect()
                    }
                    serde_json::Value::Object(_) if value.get("pipelink:run").is_none() => {
                        vec![value.to_string()]
                    }
                    _ => Vec::new(),
                };
                for word in words {
                    let whole = told.contains(&format!("<{word}>"));
                    // ClickHouse's request is one word, and holds this one.
                    let within = step.cli.starts_with("curl") && told.contains(&word);
                    assert!(whole || within, "{name} {}: {word}\n{told}", step.id);
                }
            }
        }
    }
}

/// The whole script of a review run by a shell in which `aws` and `curl` only tell what they were given.
#[test]
fn a_review_with_a_hostile_description_runs_nothing_else() {
    let mut world = World::healthy();
    let hostile = "orders'; echo INJECTED; $(echo INJECTED) `echo INJECTED` \"";
    hostile.clone_into(&mut world.choices.description);
    let plan = plan(&world.region, &world.choices).unwrap();
    for step in review(&plan) {
        let told = sh(&format!(
            "aws() {{ printf '<%s>\\n' \"$@\"; }}; curl() {{ aws \"$@\"; }}\n\
             CLICKHOUSE_KEY_ID=id CLICKHOUSE_KEY_SECRET=secret\n{}",
            step.cli
        ));
        assert!(!told.lines().any(|line| line == "INJECTED"), "{told}");
        if step.id.0 == "endpoint" {
            assert!(told.contains("<id:secret>"), "{told}");
            let body = told
                .lines()
                .find_map(|line| line.strip_prefix("<{")?.strip_suffix("}>"))
                .unwrap();
            let body: serde_json::Value = serde_json::from_str(&format!("{{{body}}}")).unwrap();
            assert_eq!(
                body["description"],
                format!("{hostile} [pipelink:<run ID>]")
            );
        }
    }
}
