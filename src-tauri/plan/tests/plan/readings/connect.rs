//! The connect sheet: how to reach the source, and what stays.

use std::collections::{BTreeMap, BTreeSet};

use pipelink_plan::readings::billed::Billed;
use pipelink_plan::readings::connect::{ConnectSheet, PasteValues, sheet};
use pipelink_plan::readings::review::review;
use pipelink_plan::step::{MskAuthentication, Outputs, Plan, StepId};

use super::plans::{self as made, Balanced};
use super::{
    brokers_and_registry, database_by_hand, database_everything, database_on_configuration_by_hand,
    domain_in_vpc, made_by, planned, plans, replica_set, replica_set_by_hand, used_ids,
};
use crate::facts::*;

fn after(plan: &Plan) -> ConnectSheet {
    sheet(plan, &made_by(plan))
}

/// What is made when the run stands at this step.
fn until(plan: &Plan, step: &str) -> BTreeMap<StepId, Outputs> {
    let mut made = made_by(plan);
    let at = plan.steps.iter().position(|it| it.id.0 == step).unwrap();
    for step in &plan.steps[at..] {
        made.remove(&step.id);
    }
    made
}

#[test]
fn sheets_after_the_run() {
    for (name, plan) in plans() {
        insta::assert_json_snapshot!(name, sheet(&plan, &made_by(&plan)));
    }
}

#[test]
fn sheet_before_and_by_hand() {
    insta::assert_json_snapshot!("before", sheet(&database_everything(), &BTreeMap::new()));
    let plan = database_by_hand();
    insta::assert_json_snapshot!("by_hand", sheet(&plan, &made_by(&plan)));
}

#[test]
fn what_was_there_before_is_pasted_and_does_not_count_as_left_behind() {
    let plan = database_on_configuration_by_hand();
    let sheet = after(&plan);
    let Some(PasteValues::VpcResource {
        configuration_id,
        private_dns,
        ..
    }) = sheet.paste
    else {
        panic!("{:?}", sheet.paste);
    };
    assert_eq!(
        configuration_id.as_ref(),
        used_ids(&plan).last(),
        "the configuration is known without a step that makes it"
    );
    assert_eq!(private_dns, []);
    assert_eq!(sheet.stays.len(), 1, "only the share is new");
    for (name, plan) in plans() {
        let used = used_ids(&plan);
        let stays = after(&plan).stays;
        assert!(stays.iter().all(|it| !used.contains(&it.id)), "{name}");
        let ids: BTreeSet<&str> = stays.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids.len(), stays.len(), "{name}: said twice");
    }
}

#[test]
fn what_stays_is_billed_as_the_review_says() {
    for (name, plan) in plans() {
        let review = review(&plan);
        let reviewed: Vec<Billed> = review.into_iter().filter_map(|it| it.billed).collect();
        let stays = after(&plan).stays;
        let stays: Vec<Billed> = stays.into_iter().filter_map(|it| it.billed).collect();
        assert_eq!(stays, reviewed, "{name}");
    }
}

#[test]
fn nothing_stays_of_what_was_not_made() {
    for (name, plan) in plans() {
        let sheet = sheet(&plan, &BTreeMap::new());
        assert_eq!(sheet.stays, [], "{name}");
        assert_eq!(sheet.connection_string, None, "{name}");
        assert_eq!(sheet.schema_registry, None, "{name}");
        assert!(
            sheet.dns_names.is_empty() && sheet.brokers.is_none(),
            "{name}"
        );
    }
}

#[test]
fn the_values_to_paste_are_those_of_the_path() {
    let paste = |plan: &Plan| after(plan).paste.unwrap();
    assert_eq!(
        paste(&made::msk_by_hand()),
        PasteValues::MskMultiVpc {
            cluster_arn: made::CLUSTER.to_owned(),
            authentication: MskAuthentication::SaslScram,
        }
    );
    let PasteValues::EndpointService {
        service_names,
        private_dns,
    } = paste(&made::brokers(2, false))
    else {
        panic!("an endpoint for each service");
    };
    assert_eq!(service_names.len(), 2);
    assert_eq!(
        private_dns,
        [
            ["b-1.clicks.1f0c.c2.kafka.us-east-1.amazonaws.com"],
            ["b-2.clicks.1f0c.c2.kafka.us-east-1.amazonaws.com"]
        ]
    );
    let PasteValues::VpcResource { private_dns, .. } = paste(&replica_set_by_hand()) else {
        panic!("a group");
    };
    assert_eq!(private_dns.len(), 3);
    assert!(
        private_dns
            .iter()
            .all(|it| it.configuration_id.is_some() && !it.whole_endpoint)
    );
    // One name that covers all brokers of a serverless cluster leads to the whole endpoint.
    let serverless = planned(&World::healthy().of_serverless().by_hand());
    let PasteValues::VpcResource { private_dns, .. } = paste(&serverless) else {
        panic!("a VPC resource");
    };
    assert!(
        !private_dns.is_empty() && private_dns.iter().all(|it| it.whole_endpoint),
        "{private_dns:?}"
    );
    let next = after(&serverless).next.join("\n");
    let told = format!("Give the endpoint {}", private_dns[0].name);
    assert!(next.contains(&told), "{next}");
    assert_eq!(after(&made::msk()).paste, None);
}

/// As long as somebody has something to do, the sheet says what.
#[test]
fn a_run_that_waits_for_the_admin_says_for_what() {
    let plan = made::balanced(Balanced {
        private_dns: true,
        by_hand: true,
        ..Balanced::default()
    });
    let before = sheet(&plan, &until(&plan, "service"));
    assert_eq!(before.txt_record, None);
    let at_record = sheet(&plan, &until(&plan, "dns-record"));
    insta::assert_json_snapshot!("waits_for_record", (&at_record.txt_record, &at_record.next));
    let at_acceptance = sheet(&plan, &until(&plan, "acceptance"));
    insta::assert_json_snapshot!("waits_for_acceptance", at_acceptance.next);
    let done = after(&plan).next.join(" ");
    assert!(!done.contains("accept the connection") && !done.contains("TXT record"));
}

/// Brokers and nodes tell their clients their own names: these are used where they lead to the endpoint, and the
/// endpoint's own where they do not.
#[test]
fn hosts_go_by_their_own_names_where_these_resolve_to_the_endpoint() {
    assert_eq!(
        after(&made::brokers(3, true)).brokers.unwrap(),
        "b-1.clicks.1f0c.c2.kafka.us-east-1.amazonaws.com:9098,\
         b-2.clicks.1f0c.c2.kafka.us-east-1.amazonaws.com:9098,\
         b-3.clicks.1f0c.c2.kafka.us-east-1.amazonaws.com:9098"
    );
    let string = after(&replica_set()).connection_string.unwrap();
    assert!(string.starts_with("mongodb://"), "{string}");
    assert!(
        string.contains("@node-1.mongo.example.com:27017,node-2.mongo.example.com:27018,"),
        "{string}"
    );
    let serverless = planned(&World::healthy().of_serverless());
    assert_eq!(
        after(&serverless).connection_string.as_deref(),
        Some("bootstrap.servers=boot-k3x9.c3.kafka-serverless.us-east-1.amazonaws.com:9098")
    );
    let mut without = World::healthy().of_nodes();
    without.choices.custom_dns_enabled = false;
    let sheet = after(&planned(&without));
    let name = &sheet.dns_names[0];
    let string = sheet.connection_string.unwrap();
    assert!(
        string.contains(&format!("@{name}:27017,{name}:27018/")),
        "{string}"
    );
}

#[test]
fn a_schema_registry_is_reached_as_the_brokers_are() {
    let registry = |plan: &Plan| after(plan).schema_registry;
    let expected = Some("https://registry.example.com:8081".to_owned());
    assert_eq!(registry(&brokers_and_registry()), expected);
    assert_eq!(registry(&made::kafka_by_ports()), expected);
    // On the one broker's own host, by another port.
    let shared = World::healthy().of_brokers("kafka.example.com", "kafka.example.com:8081");
    assert_eq!(
        registry(&planned(&shared)).as_deref(),
        Some("https://kafka.example.com:8081")
    );
    // Without the preview, at the endpoint's own name.
    let mut world = World::healthy().of_brokers("kafka.example.com", "registry.example.com:8081");
    world.choices.custom_dns_enabled = false;
    let sheet = after(&planned(&world));
    assert_eq!(
        sheet.schema_registry,
        Some(format!("https://{}:8081", sheet.dns_names[0]))
    );
    // Plans of older journals do not name it.
    for plan in [
        brokers_and_registry(),
        planned(&shared),
        made::kafka_by_ports(),
    ] {
        let mut older = plan.clone();
        assert!(older.source.schema_registry.take().is_some());
        assert_eq!(registry(&older), registry(&plan));
    }
    for (name, plan) in plans() {
        let with = ["brokers_and_registry", "kafka_by_ports"].contains(&name);
        assert_eq!(registry(&plan).is_some(), with, "{name}");
    }
}

/// Of a service with a private DNS name, pipes use that name: the certificate is made out to it.
#[test]
fn a_verified_name_of_the_service_is_the_host() {
    let plan = made::balanced(Balanced {
        private_dns: true,
        ..Balanced::default()
    });
    let sheet = after(&plan);
    assert_eq!(sheet.private_names, ["orders.db.example.com"]);
    let string = sheet.connection_string.unwrap();
    assert!(string.contains("@orders.db.example.com:5432/"), "{string}");
}

/// Where the server's certificate names another host, the service's name is the host and the server's the TLS host.
#[test]
fn a_verified_name_is_the_host_also_where_the_certificate_has_another() {
    let mut plan = made::balanced(Balanced {
        private_dns: true,
        ..Balanced::default()
    });
    let server = "orders.cluster-c0.us-east-1.rds.amazonaws.com";
    plan.source.tls_host = Some(server.to_owned());
    let told = after(&plan);
    let string = told.connection_string.unwrap();
    assert!(string.contains("@orders.db.example.com:5432/"), "{string}");
    assert_eq!(told.tls_host.as_deref(), Some(server));
    let next = told.next.join("\n");
    let beside = format!("The DNS name {} leads there as well.", told.dns_names[0]);
    assert!(
        next.contains("Enter orders.db.example.com as the host and 5432 as the port")
            && next.contains(&beside),
        "{next}"
    );

    // Not before its domain is verified.
    let mut made = made_by(&plan);
    made.remove(&StepId::from("private-dns"));
    let waits = sheet(&plan, &made).connection_string.unwrap();
    assert!(waits.contains(&told.dns_names[0]), "{waits}");
}

/// Also of a service that was there before.
#[test]
fn a_name_that_was_verified_before_is_the_host() {
    let sheet = after(&made::on_service());
    assert_eq!(sheet.private_names, ["db.standing.example.com"]);
    let string = sheet.connection_string.unwrap();
    assert!(
        string.contains("@db.standing.example.com:5432/"),
        "{string}"
    );
}

#[test]
fn no_connection_string_is_made_up_for_what_is_not_known() {
    let plan = domain_in_vpc();
    let sheet = sheet(&plan, &made_by(&plan));
    assert_eq!(sheet.connection_string, None);
    assert_eq!((sheet.dns_names.len(), sheet.port), (1, 9092));
}
