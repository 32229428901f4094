//! Subnets, and the ranges of their addresses that are reserved.

use aws_sdk_ec2::types::{Subnet as WireSubnet, SubnetCidrReservationType};
use pipelink_plan::facts::network::{CidrReservation, ReservationKind, Subnet};
use pipelink_plan::problem::Problem;

use super::{SERVICE, in_vpc, name_tag, optional, parsed};
use crate::concurrent;
use crate::problems::missing;
use crate::session::Aws;

const SUBNETS: &str = "DescribeSubnets";
const RESERVATIONS: &str = "GetSubnetCidrReservations";

impl Aws {
    pub(crate) async fn subnets(&self, vpc_id: &str) -> Result<Vec<Subnet>, Problem> {
        self.session
            .ec2
            .describe_subnets()
            .filters(in_vpc(vpc_id))
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, SUBNETS))?
            .into_iter()
            .map(subnet)
            .collect()
    }

    /// The VPC that a subnet is in; `None` where it is not there, or not shown.
    pub(crate) async fn vpc_of_subnet(&self, subnet_id: &str) -> Result<Option<String>, Problem> {
        let answer = self
            .session
            .ec2
            .describe_subnets()
            .subnet_ids(subnet_id)
            .send()
            .await
            .map_err(self.problem(SERVICE, SUBNETS));
        match answer {
            Ok(answer) => Ok(answer
                .subnets
                .into_iter()
                .flatten()
                .find_map(|it| it.vpc_id)),
            Err(Problem::NotFound { .. }) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// The IPv4 reservations of some subnets.
    pub(crate) async fn reservations(
        &self,
        subnet_ids: Vec<String>,
    ) -> Result<Vec<CidrReservation>, Problem> {
        let answers = concurrent::for_each(subnet_ids, |subnet_id| {
            let aws = self.clone();
            async move { aws.reservations_of(&subnet_id).await }
        })
        .await?;
        Ok(answers.into_iter().flatten().collect())
    }

    /// One subnet's. The SDK has no paginator for this call, so the token is followed by hand.
    async fn reservations_of(&self, subnet_id: &str) -> Result<Vec<CidrReservation>, Problem> {
        let mut found = Vec::new();
        let mut token = None;
        loop {
            let page = self
                .session
                .ec2
                .get_subnet_cidr_reservations()
                .subnet_id(subnet_id)
                .set_next_token(token)
                .send()
                .await
                .map_err(self.problem(SERVICE, RESERVATIONS))?;
            for wire in page.subnet_ipv4_cidr_reservations.unwrap_or_default() {
                found.push(CidrReservation {
                    subnet_id: subnet_id.to_owned(),
                    cidr: parsed(RESERVATIONS, wire.cidr.as_deref(), "cidr")?,
                    kind: match wire.reservation_type {
                        Some(SubnetCidrReservationType::Prefix) => ReservationKind::Prefix,
                        // A kind newer than this program is taken for the stricter one.
                        _ => ReservationKind::Explicit,
                    },
                });
            }
            token = page.next_token.filter(|next| !next.is_empty());
            if token.is_none() {
                return Ok(found);
            }
        }
    }
}

fn subnet(wire: WireSubnet) -> Result<Subnet, Problem> {
    Ok(Subnet {
        id: wire.subnet_id.ok_or_else(|| missing(SUBNETS, "subnetId"))?,
        name: name_tag(wire.tags.as_deref()),
        vpc_id: wire.vpc_id.ok_or_else(|| missing(SUBNETS, "vpcId"))?,
        cidr: optional(SUBNETS, wire.cidr_block.as_deref())?,
        availability_zone: wire
            .availability_zone
            .ok_or_else(|| missing(SUBNETS, "availabilityZone"))?,
        availability_zone_id: wire
            .availability_zone_id
            .ok_or_else(|| missing(SUBNETS, "availabilityZoneId"))?,
        available_addresses: wire
            .available_ip_address_count
            .and_then(|count| u32::try_from(count).ok())
            .unwrap_or_default(),
        owner_id: wire.owner_id.ok_or_else(|| missing(SUBNETS, "ownerId"))?,
        state: wire
            .state
            .ok_or_else(|| missing(SUBNETS, "state"))?
            .as_str()
            .to_owned(),
    })
}
