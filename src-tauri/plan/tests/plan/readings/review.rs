//! The review: what each step does, the exact call, and what it needs.

use std::collections::BTreeSet;
use std::fmt::Write;

use pipelink_plan::readings::billed::Billed;
use pipelink_plan::readings::review::{ReviewStep, review};
use pipelink_plan::readings::used::used;
use pipelink_plan::step::{Action, Plan};
use serde_json::Value;

use super::{address_on_gateway, change_groups, database_by_hand, domain_in_vpc, plans};

fn render(steps: &[ReviewStep]) -> String {
    steps.iter().fold(String::new(), |mut text, step| {
        let (from, to) = step.usual_seconds;
        writeln!(
            text,
            "## {} ({})\n{}\ncall: {}\n{}\n\n{}\n\nrights: {}\nwaits for: {}\nusual time: {from} to {to} s\nundo: {}\nbilled: {}\n",
            step.title,
            step.id,
            step.result,
            step.call,
            step.request,
            step.cli,
            step.rights.join(", "),
            step.waits_for,
            step.undo.as_deref().unwrap_or("nothing to undo"),
            step.billed.map_or_else(|| "no".to_owned(), |it| format!("{it:?}"))
        )
        .unwrap();
        text
    })
}

#[test]
fn every_step_is_shown_whole() {
    for (name, plan) in plans() {
        let uses = used(&plan).join("\n");
        insta::assert_snapshot!(name, format!("{uses}\n\n{}", render(&review(&plan))));
    }
}

#[test]
fn by_hand_the_last_step_is_a_wait() {
    let steps = review(&database_by_hand());
    insta::assert_snapshot!("by_hand", render(&steps[3..]));
}

#[test]
fn every_request_is_json_and_every_creation_names_the_run() {
    for (name, plan) in plans() {
        for (step, shown) in plan.steps.iter().zip(review(&plan)) {
            let request: Value = serde_json::from_str(&shown.request).unwrap();
            assert!(request.is_object());
            let creates = step.action.takes_token()
                && !matches!(step.action, Action::UpdateGatewaySecurityGroups { .. })
                || matches!(step.action, Action::CreateReversePrivateEndpoint { .. });
            assert_eq!(
                shown.request.contains("<run ID>"),
                creates,
                "{name} {}",
                shown.id
            );
            assert_eq!(
                shown.cli.contains("<run ID>"),
                creates,
                "{name} {}",
                shown.id
            );
        }
    }
}

/// The AWS CLI names its options after the members of the request: the two say the same.
#[test]
fn the_command_has_an_option_for_each_member_of_the_request() {
    for (name, plan) in plans() {
        for step in review(&plan) {
            if !step.cli.starts_with("aws ") {
                continue;
            }
            let request: Value = serde_json::from_str(&step.request).unwrap();
            let mut wanted: BTreeSet<String> = request
                .as_object()
                .unwrap()
                .keys()
                .map(|it| option(it))
                .collect();
            wanted.insert("--region".to_owned());
            let given: BTreeSet<String> = step
                .cli
                .lines()
                .filter_map(|line| line.trim().split(' ').next())
                .filter(|word| word.starts_with("--"))
                .map(str::to_owned)
                .collect();
            assert_eq!(given, wanted, "{name} {}", step.id);
        }
    }
}

/// `resourceGatewayIdentifier` as `--resource-gateway-identifier`.
fn option(member: &str) -> String {
    let mut option = "--".to_owned();
    for letter in member.chars() {
        if letter.is_ascii_uppercase() {
            option.push('-');
        }
        option.push(letter.to_ascii_lowercase());
    }
    option
}

#[test]
fn ports_and_protocol_go_with_names_and_addresses_only() {
    let configuration = |plan: &Plan| -> Value {
        let step = review(plan)
            .into_iter()
            .find(|step| step.id.0 == "configuration")
            .unwrap();
        serde_json::from_str(&step.request).unwrap()
    };
    let by_name = configuration(&domain_in_vpc());
    assert_eq!(by_name["type"], "SINGLE");
    assert_eq!(
        by_name["portRanges"],
        serde_json::json!(["9092-9094", "9096"])
    );
    assert_eq!(by_name["protocol"], "TCP");
    let definition = &by_name["resourceConfigurationDefinition"];
    assert_eq!(
        definition.as_object().unwrap().len(),
        1,
        "a union has one member"
    );
    let by_address = configuration(&address_on_gateway());
    assert_eq!(by_address["portRanges"], serde_json::json!(["5432"]));
    let by_arn = configuration(&super::database_everything());
    assert_eq!(by_arn["type"], "ARN");
    assert!(by_arn.get("portRanges").is_none() && by_arn.get("protocol").is_none());
}

#[test]
fn of_what_is_made_the_gateway_is_billed_by_the_data() {
    let billed = |plan: &Plan| -> Vec<(String, Billed)> {
        review(plan)
            .into_iter()
            .filter_map(|step| Some((step.id.0, step.billed?)))
            .collect()
    };
    for (name, plan) in plans() {
        let makes_one = plan
            .steps
            .iter()
            .any(|step| matches!(step.action, Action::CreateResourceGateway { .. }));
        let wanted = makes_one.then(|| ("gateway".to_owned(), Billed::ByData));
        assert_eq!(billed(&plan), Vec::from_iter(wanted), "{name}");
    }
}

#[test]
fn a_gateway_that_is_changed_is_not_said_to_stay_as_it_is() {
    assert!(used(&change_groups())[0].starts_with("Changes resource gateway standing"));
    assert!(used(&address_on_gateway())[0].contains("stays as it is"));
}
