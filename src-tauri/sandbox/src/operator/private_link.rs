//! What others do around load balancers and endpoint services: whoever keeps the public DNS, whoever gives
//! rights, other ClickHouse organizations, and databases that fail over.

use serde_json::json;

use super::deeds::Deed;
use super::{Offer, Refused, offer};
use crate::world::endpoint_service::{EndpointService, ServiceState};
use crate::world::endpoint_service_zone::NameState;
use crate::world::organization::CLICKPIPES_ACCOUNT;
use crate::world::{Region, World, failover};

/// Something done that is no operation of the sandbox.
#[derive(Debug, Clone)]
pub(super) enum PrivateLinkDeed {
    /// A TXT record appears in the public DNS.
    PublishTxt { name: String, value: String },
    /// It disappears.
    WithdrawTxt { name: String, value: String },
    /// The right to `vpce:AllowMultiRegion` is given or taken.
    Right { given: bool },
    /// An endpoint of ClickPipes, of another organization, asks for a connection.
    Ask { service: String, region: String },
    /// A database fails over.
    FailOver { region: String, id: String },
}

impl PrivateLinkDeed {
    pub(super) fn perform(self, world: &mut World) -> Result<(), Refused> {
        match self {
            Self::PublishTxt { name, value } => world.dns.publish_txt(&name, &value),
            Self::WithdrawTxt { name, value } => world.dns.withdraw_txt(&name, &value),
            Self::Right { given } => world.allow_multi_region = given,
            Self::Ask { service, region } => {
                let now = world.now();
                world.request_endpoint_connection(&service, CLICKPIPES_ACCOUNT, &region, now)?;
            }
            Self::FailOver { region, id } => failover::fail_over(world, &region, &id),
        }
        Ok(())
    }
}

/// What can be done in a region.
pub(super) fn offers(world: &World, region_name: &str, region: &Region) -> Vec<Offer> {
    let mut offers = Vec::new();
    for service in &region.endpoint_services {
        names(world, service, &mut offers);
        if service.state == ServiceState::Available {
            let deed = PrivateLinkDeed::Ask {
                service: service.name(region_name),
                region: region_name.to_owned(),
            };
            let title = format!(
                "Have another ClickHouse organization ask endpoint service {} for a connection",
                service.id
            );
            offers.push(offer("ask-service", &service.id, title, deed.into()));
        }
    }
    for balancer in &region.load_balancers {
        let Some(enforces) = balancer.enforces_on_private_link else {
            continue;
        };
        let title = format!(
            "Have load balancer {} {} its inbound rules on PrivateLink traffic",
            balancer.name,
            if enforces {
                "no longer enforce"
            } else {
                "enforce"
            }
        );
        let deed = Deed::Aws {
            region: region_name.to_owned(),
            operation: ("elasticloadbalancing", "SetSecurityGroups"),
            input: json!({
                "LoadBalancerArn": balancer.arn,
                "SecurityGroups": balancer.security_group_ids,
                "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic":
                    if enforces { "off" } else { "on" },
            }),
        };
        offers.push(offer("toggle-enforcement", &balancer.arn, title, deed));
    }
    let clusters = region.db_clusters.iter().map(|it| &it.id);
    let instances = region.db_instances.iter().map(|it| &it.id);
    for id in clusters.chain(instances) {
        if failover::possible(world, region, id) {
            let deed = PrivateLinkDeed::FailOver {
                region: region_name.to_owned(),
                id: id.clone(),
            };
            let title = format!("Fail database {id} over");
            offers.push(offer("fail-over", id, title, deed.into()));
        }
    }
    offers
}

/// What whoever keeps the public DNS can do for the private name of a service.
fn names(world: &World, service: &EndpointService, offers: &mut Vec<Offer>) {
    let Some(private) = &service.private_name else {
        return;
    };
    let (name, value) = (
        format!("{}.{}", private.record, private.domain()),
        private.value.clone(),
    );
    let found = world.dns.public(&name);
    let (verb, words, deed) = if found.is_some_and(|it| it.txt.contains(&value)) {
        let deed = PrivateLinkDeed::WithdrawTxt { name, value };
        ("withdraw-txt", "Take out", deed)
    } else {
        let deed = PrivateLinkDeed::PublishTxt { name, value };
        ("publish-txt", "Publish", deed)
    };
    let state = if private.state == NameState::Verified {
        "verified"
    } else {
        "not verified"
    };
    let title = format!(
        "{words} the TXT record of {}, the private name of endpoint service {} ({state})",
        private.name, service.id
    );
    offers.push(offer(verb, &service.id, title, deed.into()));
}

/// What can be done about the rights of the account's people.
pub(super) fn rights(world: &World) -> Offer {
    let given = world.allow_multi_region;
    let (verb, title) = if given {
        ("take-right", "Take the right vpce:AllowMultiRegion away")
    } else {
        ("give-right", "Give the right vpce:AllowMultiRegion")
    };
    let deed = PrivateLinkDeed::Right { given: !given };
    offer(verb, "vpce:AllowMultiRegion", title.to_owned(), deed.into())
}

impl From<PrivateLinkDeed> for Deed {
    fn from(deed: PrivateLinkDeed) -> Self {
        Self::PrivateLink(deed)
    }
}
