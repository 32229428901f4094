//! The security groups of the network page: whether a load balancer with each of them, or with none, reaches the source.

use std::cmp::Reverse;

use super::WithoutGroups;
use crate::check::Verdict;
use crate::facts::VpcFacts;
use crate::paths::endpoint_service::facts::Facts;
use crate::paths::endpoint_service::source::{Kind, Source};
use crate::paths::reach::destination::Destination;
use crate::paths::reach::port_path::PortPath;
use crate::paths::vpc_resource::network::SecurityGroupRow;
use crate::step::{Definition, PortRange};

/// A destination for each host that is known by address; a database as RDS describes it.
pub(in crate::paths::endpoint_service) fn destinations<'a>(
    facts: &Facts<'a>,
    vpc: &'a VpcFacts,
    source: &Source<'_>,
) -> Vec<Destination<'a>> {
    if let Some(cluster) = cluster(facts, vpc, source) {
        return vec![cluster];
    }
    let definitions: Vec<Definition> = match &source.database {
        Some(database) => vec![Definition::Database {
            arn: database.arn.to_owned(),
        }],
        None => source
            .hosts
            .iter()
            .flat_map(|host| {
                host.addresses.iter().map(|address| Definition::IpAddress {
                    address: *address,
                    ports: vec![PortRange {
                        first: host.port,
                        last: host.port,
                    }],
                })
            })
            .collect(),
    };
    definitions
        .iter()
        .filter_map(|it| Destination::of(facts.region, vpc, it))
        .collect()
}

/// The brokers of a cluster that was read: MSK tells their subnets and groups.
fn cluster<'a>(
    facts: &Facts<'a>,
    vpc: &'a VpcFacts,
    source: &Source<'_>,
) -> Option<Destination<'a>> {
    if source.kind != Kind::Brokers {
        return None;
    }
    let provisioned = facts.msk?.cluster.known()?.provisioned.as_ref()?;
    let port = source.described.port;
    Some(Destination::of_cluster(
        vpc,
        vec![PortRange {
            first: port,
            last: port,
        }],
        provisioned.subnet_ids.iter().map(String::as_str).collect(),
        provisioned
            .security_group_ids
            .iter()
            .map(String::as_str)
            .collect(),
    ))
}

pub(super) fn without(
    vpc: &VpcFacts,
    destinations: &[Destination<'_>],
    subnet_ids: &[String],
) -> Option<WithoutGroups> {
    if subnet_ids.is_empty() {
        return None;
    }
    destinations
        .iter()
        .map(|it| PortPath::from_subnets(vpc, it, subnet_ids))
        .map(|path| WithoutGroups {
            verdict: path.verdict(),
            reason: path.reason(),
        })
        .min_by_key(|it| it.verdict)
}

/// Every security group, judged by the host that it reaches least.
pub(super) fn rows(
    vpc: &VpcFacts,
    destinations: &[Destination<'_>],
    subnet_ids: &[String],
) -> Vec<SecurityGroupRow> {
    let mut rows: Vec<SecurityGroupRow> = vpc
        .security_groups
        .known()
        .into_iter()
        .flatten()
        .filter_map(|group| {
            let path = destinations
                .iter()
                .map(|it| PortPath::look(vpc, it, &[group.id.as_str()], subnet_ids))
                .min_by_key(PortPath::verdict)?;
            let mut group = group.clone();
            group.rules.sort_by(|a, b| a.id.cmp(&b.id));
            Some(SecurityGroupRow {
                group,
                verdict: path.verdict(),
                reason: path.reason(),
                deciding_rules: path.deciding_rules(),
            })
        })
        .collect();
    rows.sort_by_key(|row| {
        (
            Reverse(row.verdict),
            row.group.name == "default",
            row.group.rules.len(),
            row.group.id.clone(),
        )
    });
    rows
}

/// A group is asked for only where it takes one: a load balancer without any is AWS's simplest case.
pub(super) fn defaults(rows: &[SecurityGroupRow], without: Option<&WithoutGroups>) -> Vec<String> {
    let shut_out = without.is_some_and(|it| it.verdict == Verdict::Failure);
    let mut fitting = rows.iter().filter(|row| row.verdict == Verdict::Passed);
    fitting
        .next()
        .filter(|_| shut_out)
        .map(|row| row.group.id.clone())
        .into_iter()
        .collect()
}
