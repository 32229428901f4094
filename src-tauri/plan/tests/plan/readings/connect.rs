//! The connect sheet: how to reach the source, and what stays.

use std::collections::BTreeMap;

use pipelink_plan::readings::connect::sheet;
use pipelink_plan::readings::review::review;
use pipelink_plan::step::{OutputName, Plan, Used};

use super::{
    database_by_hand, database_everything, database_on_configuration_by_hand, domain_in_vpc,
    made_by, plans,
};

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
    let sheet = sheet(&plan, &made_by(&plan));
    let used = used_ids(&plan);
    assert_eq!(
        sheet.paste.unwrap().configuration_id.as_ref(),
        used.last(),
        "the configuration is known without a step that makes it"
    );
    assert_eq!(sheet.stays.len(), 1, "only the share is new");
    assert!(sheet.stays.iter().all(|stays| !used.contains(&stays.id)));
}

#[test]
fn what_stays_is_billed_as_the_review_says() {
    for (name, plan) in plans() {
        let made = made_by(&plan);
        let reviewed: Vec<_> = review(&plan)
            .into_iter()
            .filter_map(|step| {
                Some((
                    made.get(&step.id)?.one(OutputName::GatewayId)?.to_owned(),
                    step.billed?,
                ))
            })
            .collect();
        let stays: Vec<_> = sheet(&plan, &made)
            .stays
            .into_iter()
            .filter_map(|it| Some((it.id, it.billed?)))
            .collect();
        assert_eq!(stays, reviewed, "{name}");
    }
}

fn used_ids(plan: &Plan) -> Vec<String> {
    plan.uses
        .iter()
        .map(|used| {
            let (Used::ResourceGateway { id, .. } | Used::ResourceConfiguration { id, .. }) = used
            else {
                panic!("{used:?} is another path\'s")
            };
            id.clone()
        })
        .collect()
}

#[test]
fn no_connection_string_is_made_up_for_what_is_not_known() {
    let plan = domain_in_vpc();
    let sheet = sheet(&plan, &made_by(&plan));
    assert_eq!(sheet.connection_string, None);
    assert_eq!((sheet.dns_names.len(), sheet.port), (1, 9092));
}
