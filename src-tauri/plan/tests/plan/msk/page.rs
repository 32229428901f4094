//! The wizard's page for a cluster.

use pipelink_plan::check::Verdict;
use pipelink_plan::facts::msk::ClientVpcConnection;
use pipelink_plan::paths::msk_multi_vpc::is_rejectable;
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
fn only_a_connection_that_stands_can_be_rejected() {
    let rejectable: Vec<&str> = [
        "AVAILABLE",
        "CREATING",
        "INACTIVE",
        "DEACTIVATING",
        "DELETING",
        "FAILED",
        "REJECTED",
        "REJECTING",
        "NEWER",
    ]
    .into_iter()
    .filter(|state| {
        is_rejectable(&ClientVpcConnection {
            state: Some((*state).to_owned()),
            ..connection("a")
        })
    })
    .collect();
    assert_eq!(rejectable, ["AVAILABLE", "CREATING", "INACTIVE"]);
    assert!(!is_rejectable(&ClientVpcConnection {
        state: None,
        ..connection("a")
    }));
}
