//! Deleting what a run made: the order, what it breaks, and what is left alone.

mod around;
mod endpoint_service;
mod msk;

use std::fmt::Write;

use pipelink_plan::endpoint::EndpointStatus;
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::readings::removal::Removal;
use pipelink_plan::run::StepState;
use pipelink_plan::step::{Action, OnUndo, Outputs, Plan};
use pipelink_plan::{CLICKPIPES_ACCOUNT, step::OutputName};

use super::{
    address_on_gateway, change_groups, database_by_hand, database_everything,
    database_on_configuration_by_hand, domain_in_vpc, plans, replica_set, used_ids,
};
use crate::facts::*;
use around::{
    Around, OWN_CONFIGURATION, OWN_ENDPOINT, OWN_GATEWAY, OWN_VPC_ENDPOINT, done, own_endpoint,
    share_of,
};

fn render(removal: &Removal) -> String {
    let mut text = String::new();
    for item in &removal.items {
        let id = item.id.as_deref().unwrap_or("looked for first");
        let asked = if item.only_if_asked {
            ", only if asked"
        } else {
            ""
        };
        writeln!(
            text,
            "{}: {} ({id}) by {}{asked}",
            item.step, item.what, item.call
        )
        .unwrap();
    }
    for it in &removal.breaks {
        let inferred = if it.inferred { " (inferred)" } else { "" };
        writeln!(
            text,
            "breaks {} {}{inferred}: {}",
            it.what, it.name, it.because
        )
        .unwrap();
    }
    for problem in &removal.unread {
        writeln!(text, "unread: {problem}").unwrap();
    }
    text
}

fn names(removal: &Removal) -> Vec<&str> {
    removal.breaks.iter().map(|it| it.name.as_str()).collect()
}

#[test]
fn where_nothing_else_uses_it_nothing_breaks() {
    let mut text = String::new();
    for (name, plan) in plans() {
        let removal = Around::nothing().removal(&done(plan));
        assert!(
            removal.breaks.is_empty() && removal.unread.is_empty(),
            "{name}"
        );
        writeln!(text, "# {name}\n{}", render(&removal)).unwrap();
    }
    insta::assert_snapshot!("items", text);
}

#[test]
fn what_somebody_else_made_so_before_is_never_an_item() {
    let mut run = done(change_groups());
    let around = Around::nothing();
    assert_eq!(around.removal(&run).items.len(), 1);
    run.steps[0].outputs = Outputs::default();
    assert_eq!(around.removal(&run).items, []);
}

#[test]
fn what_was_there_before_is_never_an_item() {
    for plan in [address_on_gateway(), database_on_configuration_by_hand()] {
        let run = done(plan);
        let removal = Around::nothing().removal(&run);
        for id in used_ids(&run.plan) {
            assert!(
                removal
                    .items
                    .iter()
                    .all(|item| item.id.as_ref() != Some(&id))
            );
        }
    }
}

#[test]
fn the_items_are_the_steps_backwards() {
    let run = done(database_everything());
    let removal = Around::nothing().removal(&run);
    let items: Vec<_> = removal.items.iter().map(|it| it.step.clone()).collect();
    let steps: Vec<_> = run
        .plan
        .steps
        .iter()
        .rev()
        .map(|it| it.id.clone())
        .collect();
    assert_eq!(items, steps);
}

/// Each step of every plan that undo takes back is an item, and nothing else is.
#[test]
fn what_undo_takes_back_is_an_item() {
    for (name, plan) in plans() {
        let run = done(plan);
        let removal = Around::nothing().removal(&run);
        let wanted: Vec<_> = run
            .plan
            .steps
            .iter()
            .rev()
            .map(|it| (it.id.clone(), it.action.on_undo()))
            .filter(|(_, on_undo)| *on_undo != OnUndo::Nothing)
            .map(|(id, on_undo)| (id, on_undo == OnUndo::StaysUnlessAsked))
            .collect();
        let items: Vec<_> = removal
            .items
            .into_iter()
            .map(|it| (it.step, it.only_if_asked))
            .collect();
        assert_eq!(items, wanted, "{name}");
    }
}

/// The children of a group go before the gateway does, and do not stand in its way.
#[test]
fn the_hosts_of_a_group_are_the_runs_own_configurations() {
    let run = done(replica_set());
    let names_of_children = run.plan.steps.iter().filter_map(|it| match &it.action {
        Action::CreateChildConfiguration { name, .. } => Some(name.clone()),
        _ => None,
    });
    let mut around = Around::nothing();
    for name in names_of_children.chain(["another".to_owned()]) {
        let mut it = configuration("rcfg-1", &name, BILLING);
        it.gateway_id = Some(OWN_GATEWAY.to_owned());
        all(&mut around.region.configurations).push(it);
    }
    assert_eq!(names(&around.removal(&run)), ["another (rcfg-1)"]);
}

/// Gateway, configuration, share, endpoint: how each stands, and which of them is an item then.
#[test]
fn only_what_may_be_there_is_an_item() {
    let refused = Problem::AccessDenied {
        action: "ram:CreateResourceShare".to_owned(),
        message: String::new(),
    };
    let lost = Problem::Unreachable {
        party: Party::Aws,
        operation: "CreateResourceShare".to_owned(),
        message: String::new(),
    };
    let cases = [
        (StepState::Pending, None),
        (StepState::Undone, None),
        // Left in place by an undo: nothing that a second one takes back unasked.
        (StepState::Kept, None),
        // An earlier attempt within the same call may have taken effect.
        (
            StepState::Failed {
                problem: refused.clone(),
            },
            Some("share"),
        ),
        (
            StepState::Failed {
                problem: lost.clone(),
            },
            Some("share"),
        ),
        (StepState::Sent, Some("share")),
        (StepState::NotKnown { problem: lost }, Some("share")),
    ];
    for (state, item) in cases {
        let mut run = done(database_everything());
        run.steps[3].state = StepState::Pending;
        run.steps[3].outputs = Outputs::default();
        run.steps[2].state = state;
        run.steps[2].outputs = Outputs::default();
        let removal = Around::nothing().removal(&run);
        let found = removal.items.iter().find(|it| it.step.0 == "share");
        assert_eq!(found.map(|it| it.step.0.as_str()), item);
        assert!(found.is_none_or(|it| it.id.is_none()));
        assert_eq!(removal.items.len(), 2 + usize::from(item.is_some()));
    }
    // ClickHouse's POST takes no token and is attempted once: its refusal is the end of it.
    let mut run = done(database_everything());
    run.steps[3].state = StepState::Failed {
        problem: refused.clone(),
    };
    run.steps[3].outputs = Outputs::default();
    assert_eq!(Around::nothing().removal(&run).items.len(), 3);
    // It was made and came into a failed state: it is there.
    let mut run = done(database_everything());
    run.steps[2].state = StepState::Failed { problem: refused };
    assert_eq!(Around::nothing().removal(&run).items.len(), 4);
}

#[test]
fn an_undone_run_breaks_nothing() {
    let mut run = done(database_everything());
    for step in &mut run.steps {
        step.state = StepState::Undone;
    }
    let mut around = Around::nothing();
    around.associations = denied("vpc-lattice:ListResourceEndpointAssociations");
    around.pipes = denied("clickPipeGetList");
    around.region.configurations = denied("vpc-lattice:ListResourceConfigurations");
    assert_eq!(
        around.removal(&run),
        Removal {
            items: Vec::new(),
            breaks: Vec::new(),
            unread: Vec::new()
        }
    );
}

#[test]
fn what_breaks_is_named_most_certain_first() {
    let run = done(database_everything());
    let share = share_of(&run);
    let mut around = Around::nothing();
    *all(&mut around.endpoints) = vec![
        own_endpoint(),
        ReversePrivateEndpoint {
            description: "second on the configuration".to_owned(),
            endpoint_id: Some("vpce-second".to_owned()),
            dns_names: Vec::new(),
            ..endpoint("second", OWN_CONFIGURATION)
        },
        ReversePrivateEndpoint {
            description: "third on the share".to_owned(),
            resource_share_arn: Some(share),
            ..endpoint("third", "rcfg-other")
        },
        ReversePrivateEndpoint {
            status: EndpointStatus::Failed,
            ..endpoint("failed", OWN_CONFIGURATION)
        },
        endpoint("elsewhere", "rcfg-other"),
    ];
    around.attach(OWN_VPC_ENDPOINT, Some(CLICKPIPES_ACCOUNT));
    around.attach("vpce-second", Some(CLICKPIPES_ACCOUNT));
    around.attach("vpce-foreign", Some("444455556666"));
    around.attach("vpce-nobody", None);
    let other = configuration("rcfg-0c0000000000000077", "other", BILLING);
    let own = configuration(OWN_CONFIGURATION, "orders-postgres-clickpipes", ORDERS);
    for mut it in [other, own] {
        it.gateway_id = Some(OWN_GATEWAY.to_owned());
        all(&mut around.region.configurations).push(it);
    }
    all(&mut around.region.configurations).push(configuration("rcfg-far", "far", BILLING));
    around.add_pipe(
        "by the name of the source",
        None,
        run.plan.source.tls_host.as_deref(),
    );
    around.add_pipe("by a private name", None, Some("a.orders.example.com"));
    around.add_pipe("naming it", Some(OWN_ENDPOINT), None);
    around.add_pipe("naming the second", Some("second"), None);
    around.add_pipe("elsewhere", Some("elsewhere"), Some("db.example.org"));
    insta::assert_snapshot!("breaks", render(&around.removal(&run)));
}

/// ClickHouse does not list endpoints without a key: the pipes' own words and the run's own names are all there is.
#[test]
fn without_endpoints_read_the_runs_own_names_still_tell() {
    let run = done(database_everything());
    let mut around = Around::nothing();
    around.endpoints = Observed::Unknown {
        problem: Problem::KeyMissing,
    };
    let own_name = run.steps[3].outputs.one(OutputName::DnsNames).unwrap();
    around.add_pipe("by its name", None, Some(own_name));
    around.add_pipe("naming it", Some(OWN_ENDPOINT), None);
    around.attach("vpce-pasted", Some(CLICKPIPES_ACCOUNT));
    let removal = around.removal(&run);
    assert_eq!(names(&removal), ["vpce-pasted", "naming it", "by its name"]);
    assert!(removal.breaks[2].inferred && !removal.breaks[1].inferred);
    assert_eq!(removal.unread, [Problem::KeyMissing]);
}

/// An endpoint that was pasted in by hand is no item, but its pipes break.
#[test]
fn an_endpoint_made_by_hand_breaks() {
    let run = done(database_by_hand());
    let mut around = Around::nothing();
    all(&mut around.endpoints).push(own_endpoint());
    around.attach(OWN_VPC_ENDPOINT, Some(CLICKPIPES_ACCOUNT));
    around.add_pipe("naming it", Some(OWN_ENDPOINT), None);
    let removal = around.removal(&run);
    assert_eq!(removal.items.len(), 3);
    assert_eq!(
        names(&removal),
        [format!("orders ({OWN_ENDPOINT})").as_str(), "naming it"]
    );
}

/// A pipe to the source's own name means nothing where no endpoint leads there.
#[test]
fn a_pipe_to_the_source_breaks_only_where_an_endpoint_leads_to_it() {
    let run = done(database_by_hand());
    let mut around = Around::nothing();
    around.add_pipe("public", None, run.plan.source.tls_host.as_deref());
    assert!(around.removal(&run).breaks.is_empty());
    all(&mut around.endpoints).push(own_endpoint());
    assert!(names(&around.removal(&run)).contains(&"public"));
}

/// With a configuration that was there before only the share goes: who reaches it by another share stays.
#[test]
fn on_a_configuration_that_stays_only_the_share_counts() {
    let run = done(database_on_configuration_by_hand());
    let mut around = Around::nothing();
    all(&mut around.endpoints).push(endpoint("by another share", STANDING_CONFIGURATION));
    around.attach("vpce-foreign", Some("444455556666"));
    assert!(around.removal(&run).breaks.is_empty());
    all(&mut around.endpoints)[0].resource_share_arn = Some(share_of(&run));
    assert_eq!(names(&around.removal(&run)), ["orders (by another share)"]);
}

#[test]
fn groups_go_back_unless_somebody_else_changed_them() {
    let run = done(change_groups());
    let mut around = Around::nothing();
    let mut gateway = gateway(STANDING_GATEWAY, "standing");
    gateway.security_group_ids = vec![GROUP_WEB.to_owned(), GROUP_GATEWAY.to_owned()];
    all(&mut around.region.gateways).push(gateway);
    assert!(
        around.removal(&run).breaks.is_empty(),
        "the order means nothing"
    );
    all(&mut around.region.configurations).push(configuration("rcfg-1", "orders", ORDERS));
    all(&mut around.region.gateways)[0].security_group_ids = vec![GROUP_DEFAULT.to_owned()];
    insta::assert_snapshot!("groups_changed_since", render(&around.removal(&run)));
}

#[test]
fn what_could_not_be_read_is_said_once() {
    let mut around = Around::nothing();
    around.endpoints = Observed::Unknown {
        problem: Problem::KeyMissing,
    };
    around.pipes = Observed::Unknown {
        problem: Problem::KeyMissing,
    };
    around.associations = denied("vpc-lattice:ListResourceEndpointAssociations");
    around.region.configurations = denied("vpc-lattice:ListResourceConfigurations");
    around.region.gateways = denied("vpc-lattice:ListResourceGateways");
    let unread = |plan: Plan| around.removal(&done(plan)).unread.len();
    assert_eq!(unread(domain_in_vpc()), 3, "gateways are not looked at");
    assert_eq!(unread(address_on_gateway()), 2, "nor other configurations");
    assert_eq!(
        unread(database_on_configuration_by_hand()),
        1,
        "nor associations"
    );
    assert_eq!(
        unread(change_groups()),
        2,
        "only gateways and configurations are"
    );
}
