//! The review: what each step does, the exact call, and what it needs.

use std::collections::BTreeSet;
use std::fmt::Write;

use pipelink_plan::readings::billed::Billed;
use pipelink_plan::readings::review::{ReviewStep, review};
use pipelink_plan::readings::used::used;
use pipelink_plan::step::{Action, OnUndo, Plan};
use serde_json::Value;

use super::plans;
use super::{
    address_on_gateway, change_groups, database_by_hand, domain_in_vpc, plans as all_plans,
};

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
    for (name, plan) in all_plans() {
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
    for (name, plan) in all_plans() {
        for (step, shown) in plan.steps.iter().zip(review(&plan)) {
            let request: Value = serde_json::from_str(&shown.request).unwrap();
            assert!(request.is_object());
            let creates = shown.call.contains(":Create")
                || shown.call.ends_with(":PutClusterPolicy")
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
    for (name, plan) in all_plans() {
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
    for (at, letter) in member.char_indices() {
        if letter.is_ascii_uppercase() && at > 0 {
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
fn what_is_billed_is_billed_by_its_own_measure() {
    for (name, plan) in all_plans() {
        for (step, shown) in plan.steps.iter().zip(review(&plan)) {
            let wanted = match &step.action {
                Action::CreateResourceGateway { .. } => Some(Billed::ByData),
                Action::CreateLoadBalancer { .. } => Some(Billed::ByTheHourAndCapacity),
                Action::UpdateMskConnectivity { .. } => Some(Billed::ByTheHourAndData),
                Action::AddSupportedRegion { .. } => Some(Billed::ByTheHour),
                Action::CreateEndpointService { .. } if name == "balanced_elsewhere" => {
                    Some(Billed::ByTheHour)
                }
                _ => None,
            };
            assert_eq!(shown.billed, wanted, "{name} {}", shown.id);
        }
    }
}

#[test]
fn undo_is_promised_where_there_is_something_to_take_back() {
    for (name, plan) in all_plans() {
        for (step, shown) in plan.steps.iter().zip(review(&plan)) {
            let nothing = step.action.on_undo() == OnUndo::Nothing;
            assert_eq!(shown.undo.is_none(), nothing, "{name} {}", shown.id);
        }
    }
}

#[test]
fn what_a_step_changes_is_called_by_its_name() {
    let result = |plan: &Plan, id: &str| {
        let mut steps = review(plan).into_iter();
        steps.find(|it| it.id.0 == id).unwrap().result
    };
    let on_load_balancer = plans::on_load_balancer();
    for id in ["cross-zone", "inbound-rules", "service"] {
        let result = result(&on_load_balancer, id);
        assert!(result.contains("load balancer standing"), "{result}");
    }
    let principal = result(&plans::on_service(), "principal");
    assert!(principal.contains("standing (vpce-svc-"), "{principal}");
    let listener = result(&plans::brokers(2, true), "listener-2");
    assert!(listener.contains("clicks-2"), "{listener}");
}

#[test]
fn the_policy_step_shows_the_statement_and_says_that_others_stay() {
    let steps = review(&plans::msk());
    let request: Value = serde_json::from_str(&steps[1].request).unwrap();
    let policy: Value = serde_json::from_str(request["policy"].as_str().unwrap()).unwrap();
    let statements = policy["Statement"].as_array().unwrap();
    assert_eq!(statements[1]["Sid"], "Pipelink<run ID>");
    assert_eq!(statements[1]["Resource"], plans::CLUSTER);
    let others = statements[0].as_str().unwrap();
    assert!(others.contains("every other statement"));
    assert!(steps[1].result.contains("All other statements stay"));
}

#[test]
fn a_gateway_that_is_changed_is_not_said_to_stay_as_it_is() {
    assert!(used(&change_groups())[0].starts_with("Changes resource gateway standing"));
    assert!(used(&address_on_gateway())[0].contains("stays as it is"));
    assert!(used(&plans::on_load_balancer())[0].starts_with("Changes load balancer standing"));
    let both = used(&plans::on_service());
    assert!(both.iter().all(|it| it.starts_with("Changes ")), "{both:?}");
}

#[test]
fn the_connection_that_is_waited_for_is_told_from_those_that_are_there() {
    let mut plan = plans::balanced(plans::Balanced {
        key: false,
        ..plans::Balanced::default()
    });
    let mut waits_for = |count: usize| {
        let Some(Action::AwaitEndpointConnection { known, .. }) =
            plan.steps.last_mut().map(|it| &mut it.action)
        else {
            panic!("the last step waits")
        };
        *known = (0..count)
            .map(|it| format!("vpce-0e0000000000000{it:02}"))
            .collect();
        review(&plan).pop().unwrap().waits_for
    };
    assert!(!waits_for(0).contains("besides"));
    assert!(waits_for(1).contains("besides the one that is there already, is available."));
    assert!(waits_for(2).contains("besides the 2 that are there already, is available."));
}
