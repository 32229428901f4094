//! Whose endpoint holds a taken connection: only one that works, or may come to, counts as the holder.

use pipelink_plan::check::{Check, CheckId};
use pipelink_plan::endpoint::EndpointStatus;
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::paths::msk_multi_vpc::{is_found_elsewhere, is_held_elsewhere};
use pipelink_plan::step::MskAuthentication;

use super::facts::*;
use crate::facts::*;

/// Every status, and whether an endpoint in it can hold a connection.
fn statuses() -> [(EndpointStatus, bool); 9] {
    [
        (EndpointStatus::Ready, true),
        (EndpointStatus::Provisioning, true),
        (EndpointStatus::PendingAcceptance, true),
        (EndpointStatus::Unknown, true),
        (EndpointStatus::Other("Paused".to_owned()), true),
        (EndpointStatus::Rejected, false),
        (EndpointStatus::Failed, false),
        (EndpointStatus::Expired, false),
        (EndpointStatus::Deleting, false),
    ]
}

fn in_status(id: &str, status: &EndpointStatus) -> ReversePrivateEndpoint {
    ReversePrivateEndpoint {
        status: status.clone(),
        ..msk_endpoint(id)
    }
}

fn connection_check(world: &MskWorld) -> Check {
    let mut checks = world.look();
    checks.retain(|it| it.id == CheckId::MskConnectionFree);
    checks.remove(0)
}

/// An endpoint that failed because another service has the connection does not hide that service.
#[test]
fn an_own_endpoint_that_ended_leaves_the_question_to_the_other_services() {
    for (status, holds) in statuses() {
        let mut world = MskWorld::healthy();
        world.connect(connection("taken"));
        world.add_endpoint(in_status("e-1", &status));
        world.add_service("search", known(vec![msk_endpoint("e-7")]));
        let clickhouse = world.clickhouse.as_ref().unwrap();
        assert_eq!(
            is_held_elsewhere(&world.msk, clickhouse, CLICKS, MskAuthentication::SaslIam),
            !holds,
            "{status:?}"
        );
        let check = connection_check(&world);
        let (whose, remedy) = if holds {
            ("Your service has", "that endpoint")
        } else {
            ("Service search of your organization has", "service search")
        };
        assert!(check.evidence[0].starts_with(whose), "{check:#?}");
        let text = check.remedy.unwrap().text;
        assert!(text.contains(remedy), "{status:?}: {text}");
    }
}

#[test]
fn another_services_endpoint_that_ended_is_not_the_holder() {
    for (status, holds) in statuses() {
        let mut world = MskWorld::healthy();
        world.connect(connection("taken"));
        world.add_service("reporting", denied("listing endpoints"));
        world.add_service("search", known(vec![in_status("e-7", &status)]));
        let clickhouse = world.clickhouse.as_ref().unwrap();
        assert_eq!(
            is_found_elsewhere(clickhouse, CLICKS, MskAuthentication::SaslIam),
            status == EndpointStatus::Ready
        );
        assert!(!is_found_elsewhere(
            clickhouse,
            CLICKS,
            MskAuthentication::SaslScram
        ));
        let check = connection_check(&world);
        let told = check.evidence[0].starts_with("Service search of your organization has");
        assert!(told, "{check:#?}");
        let remedy = check.remedy.unwrap();
        assert_eq!(remedy.text.contains("service search"), holds, "{status:?}");
        assert_eq!(remedy.command.is_none(), holds, "{status:?}");
    }
}
