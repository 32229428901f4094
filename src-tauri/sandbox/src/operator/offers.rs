//! What another operator can do, read off the world: what is there decides.

use serde_json::{Value, json};

use super::deeds::{Deed, is_taken};
use super::{Offer, at_clickhouse, msk, offer, private_link};
use crate::clickpipes;
use crate::cloud::Operation;
use crate::world::lattice::Status;
use crate::world::network::Subnet;
use crate::world::organization::{CLICKPIPES_ACCOUNT, Service, ServiceState};
use crate::world::share::{Association, AssociationKind, ResourceShare};
use crate::world::{Region, World, space};

/// Larger subnets are not offered to be filled: nobody takes thousands of addresses by hand.
const MOST_BLOCKS: usize = 64;

/// Everything that can be done now, by kind of thing.
pub(super) fn offers(world: &World) -> Vec<Offer> {
    let mut offers = Vec::new();
    for (name, region) in &world.regions {
        let here = Here {
            world,
            name,
            region,
        };
        here.shares(&mut offers);
        here.configurations(&mut offers);
        here.gateways(&mut offers);
        here.databases(&mut offers);
        here.subnets(&mut offers);
        offers.extend(msk::offers(world, name, region));
        offers.extend(private_link::offers(world, name, region));
    }
    for service in &world.organization.services {
        at_clickhouse::offers(world, service, &mut offers);
    }
    offers.push(private_link::rights(world));
    offers
}

/// One region, looked at.
struct Here<'a> {
    world: &'a World,
    name: &'a str,
    region: &'a Region,
}

impl Here<'_> {
    fn shares(&self, offers: &mut Vec<Offer>) {
        for share in self.region.resource_shares.iter().filter(|it| it.live()) {
            let name = &share.name;
            let arn = json!({ "resourceShareArn": share.arn });
            offers.push(offer(
                "delete-share",
                &share.arn,
                format!("Delete resource share {name}"),
                self.aws(("ram", "DeleteResourceShare"), arn),
            ));
            if share
                .association(AssociationKind::Principal, CLICKPIPES_ACCOUNT)
                .is_some_and(Association::live)
            {
                let input = json!({
                    "resourceShareArn": share.arn,
                    "principals": [CLICKPIPES_ACCOUNT],
                });
                offers.push(offer(
                    "remove-principal",
                    &share.arn,
                    format!("Take account {CLICKPIPES_ACCOUNT} out of resource share {name}"),
                    self.aws(("ram", "DisassociateResourceShare"), input),
                ));
            }
            offers.extend(self.use_for_another(share));
        }
    }

    /// An endpoint of another service with the same share: the share serves one endpoint only.
    fn use_for_another(&self, share: &ResourceShare) -> Option<Offer> {
        let resource = share
            .associations
            .iter()
            .find(|it| it.kind == AssociationKind::Resource && it.live())?;
        let configuration = resource.entity.rsplit_once('/')?.1;
        let user = |service: &Service| {
            let mut ids = service.endpoints.iter().map(|it| it.id);
            share.used_by.is_some_and(|user| ids.any(|id| id == user))
        };
        let fits = |service: &&Service| {
            service.provider == "aws"
                && service.state == ServiceState::Running
                && clickpipes::clickpipes_region(service) == self.name
        };
        let services = &self.world.organization.services;
        let service = services
            .iter()
            .filter(fits)
            .min_by_key(|service| user(service))?;
        let deed = Deed::Cloud {
            operation: Operation::CreateReversePrivateEndpoint,
            ids: vec![service.id],
            body: json!({
                "description": format!("{} again", share.name),
                "type": "VPC_RESOURCE",
                "vpcResourceConfigurationId": configuration,
                "vpcResourceShareArn": share.arn,
            }),
        };
        let title = format!(
            "Use resource share {} for another endpoint, of service {}",
            share.name, service.name
        );
        Some(offer("use-share", &share.arn, title, deed))
    }

    fn configurations(&self, offers: &mut Vec<Offer>) {
        let there = |status| status != Status::DeleteInProgress;
        let configurations = self.region.resource_configurations.iter();
        for it in configurations.filter(|it| there(it.status)) {
            offers.push(offer(
                "delete-configuration",
                &it.id,
                format!("Delete resource configuration {}", it.name),
                self.aws(
                    ("vpc-lattice", "DeleteResourceConfiguration"),
                    json!({ "resourceConfigurationIdentifier": it.id }),
                ),
            ));
        }
    }

    fn gateways(&self, offers: &mut Vec<Offer>) {
        let there = |status| status != Status::DeleteInProgress;
        let gateways = self.region.resource_gateways.iter();
        for it in gateways.filter(|it| there(it.status)) {
            offers.push(offer(
                "delete-gateway",
                &it.id,
                format!("Delete resource gateway {}", it.name),
                self.aws(
                    ("vpc-lattice", "DeleteResourceGateway"),
                    json!({ "resourceGatewayIdentifier": it.id }),
                ),
            ));
            let mut groups = self.region.security_groups.iter();
            let other = groups.find(|group| {
                group.vpc_id == it.vpc_id && !it.security_group_ids.contains(&group.id)
            });
            if let Some(group) = other {
                let input = json!({
                    "resourceGatewayIdentifier": it.id,
                    "securityGroupIds": [group.id],
                });
                offers.push(offer(
                    "change-groups",
                    &it.id,
                    format!(
                        "Give resource gateway {} the security group {} and no other",
                        it.name, group.name
                    ),
                    self.aws(("vpc-lattice", "UpdateResourceGateway"), input),
                ));
            }
        }
    }

    fn databases(&self, offers: &mut Vec<Offer>) {
        let clusters = self.region.db_clusters.iter();
        let clusters = clusters.map(|it| (&it.id, &it.status, &it.subnet_group));
        let instances = self.region.db_instances.iter();
        let instances = instances
            .filter(|it| it.cluster_id.is_none())
            .map(|it| (&it.id, &it.status, &it.subnet_group));
        for (id, status, subnet_group) in clusters.chain(instances) {
            let deed = |status| Deed::Database {
                region: self.name.to_owned(),
                id: id.clone(),
                status,
            };
            if status == "available" {
                let title = format!("Stop database {id}");
                offers.push(offer("stop-database", id, title, deed("stopped")));
                offers.extend(self.take_name(id, subnet_group));
            } else if status == "stopped" {
                let title = format!("Start database {id}");
                offers.push(offer("start-database", id, title, deed("available")));
            }
        }
    }

    /// A gateway with the name that somebody who sets this database up is likely to choose.
    fn take_name(&self, database: &str, subnet_group: &str) -> Option<Offer> {
        let name = format!("{database}-clickpipes");
        let mut gateways = self.region.resource_gateways.iter();
        if gateways.any(|it| it.name == name) {
            return None;
        }
        let vpc = &self.region.subnet_group(subnet_group)?.vpc_id;
        let has_room = |it: &&Subnet| {
            it.vpc_id == *vpc && it.owner.is_none() && space::place(self.region, it, 1).is_some()
        };
        let subnet = self.region.subnets.iter().find(has_room)?;
        let input = json!({
            "name": name,
            "vpcIdentifier": vpc,
            "subnetIds": [subnet.id],
            "ipv4AddressesPerEni": 1,
        });
        let title = format!("Take the name {name} with a new resource gateway");
        let deed = self.aws(("vpc-lattice", "CreateResourceGateway"), input);
        Some(offer("take-name", name, title, deed))
    }

    fn subnets(&self, offers: &mut Vec<Offer>) {
        for subnet in self.region.subnets.iter().filter(|it| it.owner.is_none()) {
            let (region, id) = (self.name.to_owned(), subnet.id.clone());
            let shown = if subnet.name.is_empty() {
                &subnet.id
            } else {
                &subnet.name
            };
            let blocks = space::free_blocks(self.region, subnet).len();
            if (1..=MOST_BLOCKS).contains(&blocks) {
                let title = format!(
                    "Take addresses in subnet {shown}, so that no sixteen in a row are free"
                );
                let deed = Deed::TakeBlocks {
                    region: region.clone(),
                    subnet: id.clone(),
                };
                offers.push(offer("take-blocks", &subnet.id, title, deed));
            }
            if is_taken(self.region, &subnet.id) {
                let title = format!("Give the addresses taken in subnet {shown} back");
                let deed = Deed::GiveBlocksBack { region, subnet: id };
                offers.push(offer("give-blocks-back", &subnet.id, title, deed));
            }
        }
    }

    fn aws(&self, operation: (&'static str, &'static str), input: Value) -> Deed {
        Deed::Aws {
            region: self.name.to_owned(),
            operation,
            input,
        }
    }
}
