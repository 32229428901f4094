//! The wizard's page for a cluster.

use pipelink_plan::check::Verdict;
use pipelink_plan::facts::msk::ClientVpcConnection;
use pipelink_plan::paths::msk_multi_vpc::connection_rows;
use pipelink_plan::paths::msk_multi_vpc::page::{MskPage, page};
use pipelink_plan::step::MskAuthentication;

use super::facts::*;
use crate::facts::*;

fn shown(world: &MskWorld) -> MskPage {
    page(&world.region, &world.msk, world.vpc.as_ref()).unwrap()
}

#[test]
fn the_page_shows_cluster_authentications_connections_and_policy() {
    let mut world = MskWorld::healthy();
    world.set_policy(&document(&[
        FOREIGN,
        r#"{"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::111122223333:root"},"NotAction":"kafka:Describe*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}"#,
    ]));
    world.connect(ClientVpcConnection {
        owner: Some("444455556666".to_owned()),
        ..connection("analytics")
    });
    world.connect(connection("taken"));
    insta::assert_json_snapshot!("msk_page", shown(&world));
}

#[test]
fn an_authentication_that_is_on_already_is_chosen_first() {
    let mut world = MskWorld::healthy();
    assert_eq!(
        shown(&world).default_authentication,
        Some(MskAuthentication::SaslIam)
    );
    world.provisioned().multi_vpc.scram = true;
    assert_eq!(
        shown(&world).default_authentication,
        Some(MskAuthentication::SaslScram)
    );
    world.msk.configuration = known(None);
    assert_eq!(
        shown(&world).default_authentication,
        Some(MskAuthentication::SaslIam)
    );
    world.provisioned().unauthenticated = true;
    let page = shown(&world);
    assert_eq!(page.default_authentication, None);
    let reasons: Vec<&str> = page
        .authentications
        .iter()
        .map(|it| it.reason.as_str())
        .collect();
    assert_eq!(page.authentications[0].verdict, Verdict::Failure);
    insta::assert_snapshot!("msk_authentications_refused", reasons.join("\n"));
}

#[test]
fn what_could_not_be_read_is_named_and_promises_nothing() {
    let mut world = MskWorld::healthy();
    world.msk.policy = denied("kafka:GetClusterPolicy");
    world.msk.connections = denied("kafka:ListClientVpcConnections");
    world.msk.configuration = denied("kafka:DescribeConfigurationRevision");
    world.vpc = None;
    insta::assert_json_snapshot!("msk_page_refused", shown(&world));
    world.msk.cluster = denied("kafka:DescribeClusterV2");
    assert_eq!(page(&world.region, &world.msk, None), None);
}

#[test]
fn the_policy_part_says_what_becomes_of_it() {
    let mut world = MskWorld::healthy();
    let mut summaries = Vec::new();
    let mut told = |world: &MskWorld| {
        let policy = shown(world).policy;
        summaries.push(format!(
            "{} ({} there, {} added)",
            policy.summary,
            policy.statements.len(),
            usize::from(policy.added.is_some())
        ));
    };
    told(&world);
    world.set_policy(&document(&[FOREIGN]));
    told(&world);
    world.set_policy(&document(&[FOREIGN, ENOUGH]));
    told(&world);
    world.set_policy("[]");
    told(&world);
    insta::assert_snapshot!("msk_policy_summaries", summaries.join("\n"));
}

#[test]
fn what_is_over_cannot_be_rejected_and_anything_else_can() {
    let states = [
        Some("AVAILABLE"),
        Some("CREATING"),
        Some("INACTIVE"),
        Some("NEWER"),
        None,
        Some("DEACTIVATING"),
        Some("DELETING"),
        Some("FAILED"),
        Some("REJECTED"),
        Some("REJECTING"),
    ];
    let in_states: Vec<ClientVpcConnection> = states
        .into_iter()
        .enumerate()
        .map(|(number, state)| ClientVpcConnection {
            state: state.map(str::to_owned),
            ..connection(&number.to_string())
        })
        .collect();
    let may_reject: Vec<bool> = connection_rows(&in_states)
        .iter()
        .map(|it| it.may_reject)
        .collect();
    assert_eq!(may_reject, [[true; 5], [false; 5]].concat());
    let lower: Vec<ClientVpcConnection> = in_states
        .into_iter()
        .map(|it| ClientVpcConnection {
            state: it.state.map(|state| state.to_lowercase()),
            ..it
        })
        .collect();
    let in_lower_case: Vec<bool> = connection_rows(&lower)
        .iter()
        .map(|it| it.may_reject)
        .collect();
    assert_eq!(in_lower_case, may_reject);
}
