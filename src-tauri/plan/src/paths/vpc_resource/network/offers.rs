//! What is there already and can be built upon: gateways of the VPC, and configurations that lead to the source.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::{BLOCKS_OF_STANDING_GATEWAY, ConfigurationOffer, GatewayOffer, judge_blocks};
use crate::check::Verdict;
use crate::facts::lattice::{ResourceConfiguration, ResourceGateway};
use crate::facts::network::Subnet;
use crate::facts::{RegionFacts, VpcFacts};
use crate::free_blocks;
use crate::paths::reach::port_path::PortPath;
use crate::paths::vpc_resource::acl_path::cut_off;
use crate::paths::vpc_resource::choices::SourceChoice;
use crate::paths::vpc_resource::fit::{self, Finding, Wish, shares_of, worst};
use crate::paths::vpc_resource::lead::Lead;
use crate::paths::vpc_resource::planning::{resolution, sorted};
use crate::paths::vpc_resource::reuse::{own_configurations, own_gateways, standing_gateway};
use crate::paths::vpc_resource::targets::Targets;
use crate::paths::vpc_resource::wanted::Wanted;

/// What is looked at to offer something for a source.
pub(super) struct Offers<'a> {
    pub(super) region: &'a RegionFacts,
    pub(super) vpc: &'a VpcFacts,
    pub(super) source: &'a SourceChoice,
    pub(super) wanted: &'a Wanted,
    pub(super) targets: &'a Targets<'a>,
}

impl Offers<'_> {
    /// The account's own gateways in the VPC that no AWS service manages, those that fit best first.
    pub(super) fn gateways(&self) -> Vec<GatewayOffer> {
        let mut offers: Vec<GatewayOffer> = own_gateways(self.region)
            .filter(|it| it.vpc_id == self.vpc.vpc_id && !it.service_managed)
            .map(|gateway| {
                let mut findings = fit::gateway(self.region, gateway, self.wish());
                findings.extend(self.reach(gateway));
                let good = format!(
                    "It is ACTIVE, has room for one more endpoint, and reaches {}.",
                    self.targets.words
                );
                let (verdict, reason) = sum(&findings, &good);
                GatewayOffer {
                    gateway: shown(gateway),
                    zone_ids: self.zone_ids(gateway),
                    verdict,
                    reason,
                }
            })
            .collect();
        offers.sort_by_key(|offer| (Reverse(offer.verdict), offer.gateway.id.clone()));
        offers
    }

    /// The account's own configurations that lead to the source, those that fit best first.
    pub(super) fn configurations(&self) -> Vec<ConfigurationOffer> {
        let mut offers: Vec<ConfigurationOffer> = own_configurations(self.region)
            .filter(|it| self.wanted.lead(it.definition.as_ref()) != Lead::Elsewhere)
            .filter_map(|configuration| {
                let gateway = standing_gateway(self.region, configuration).ok()?;
                Some(self.configuration(configuration, gateway))
            })
            .collect();
        offers.sort_by_key(|offer| (Reverse(offer.verdict), offer.configuration.id.clone()));
        offers
    }

    fn configuration(
        &self,
        configuration: &ResourceConfiguration,
        gateway: Option<&ResourceGateway>,
    ) -> ConfigurationOffer {
        let mut findings = fit::configuration(self.region, configuration, gateway, self.wish());
        if let Some(gateway) = gateway {
            findings.extend(self.reach(gateway));
        }
        let shares = shares_of(self.region, configuration);
        if let Some((share, _)) = shares.iter().find(|(_, accepted)| !accepted) {
            findings.push(Finding::new(
                Verdict::Warning,
                format!(
                    "Its share {} with ClickPipes waits to be accepted: use it or delete it before making another.",
                    share.name
                ),
            ));
        }
        let good = match (self.region.shares.problem(), shares.len()) {
            (Some(problem), _) => {
                findings.push(Finding::new(
                    Verdict::NotKnown,
                    format!(
                        "Whether it is shared already is not known. {}",
                        problem.headline()
                    ),
                ));
                String::new()
            }
            (None, 0) => {
                "It leads to the source, and is not shared with ClickPipes yet.".to_owned()
            }
            (None, 1) => {
                "It leads to the source. Its 1 share with ClickPipes is in use and stays as it is."
                    .to_owned()
            }
            (None, count) => format!(
                "It leads to the source. Its {count} shares with ClickPipes are in use and stay as they are."
            ),
        };
        let (verdict, reason) = sum(&findings, &good);
        ConfigurationOffer {
            configuration: configuration.clone(),
            gateway: gateway.map(shown),
            verdict,
            reason,
        }
    }

    fn wish(&self) -> Wish<'_> {
        Wish {
            wanted: self.wanted,
            resolution: resolution(self.source),
            vpc_id: &self.vpc.vpc_id,
        }
    }

    /// Whether a gateway has room for one more endpoint, and reaches the source.
    fn reach(&self, gateway: &ResourceGateway) -> Vec<Finding> {
        let subnets = self.subnets(gateway);
        let account_id = &self.region.identity.account_id;
        let mut findings: Vec<Finding> = subnets
            .iter()
            .map(|subnet| {
                let blocks = free_blocks::of_subnet(subnet, self.vpc, account_id);
                let (verdict, reason) = judge_blocks(&blocks, BLOCKS_OF_STANDING_GATEWAY);
                Finding::new(verdict, format!("{}: {reason}", subnet.id))
            })
            .collect();
        findings.extend(subnets.iter().filter_map(|subnet| {
            let reason = cut_off(self.vpc, subnet, self.targets)?;
            Some(Finding::new(
                Verdict::Failure,
                format!("{}: {reason}", subnet.id),
            ))
        }));
        if subnets.len() < gateway.subnet_ids.len() {
            findings.push(Finding::new(
                Verdict::NotKnown,
                "Not all of its subnets were read.",
            ));
        }
        let groups: Vec<&str> = gateway
            .security_group_ids
            .iter()
            .map(String::as_str)
            .collect();
        findings.extend(self.targets.each.iter().map(|destination| {
            let path = PortPath::look(self.vpc, destination, &groups, &gateway.subnet_ids);
            Finding::new(path.verdict(), path.reason())
        }));
        let zones = self.targets.zones();
        let near = subnets
            .iter()
            .any(|it| zones.contains(it.availability_zone.as_str()));
        if !subnets.is_empty() && !zones.is_empty() && !near {
            findings.push(Finding::new(
                Verdict::Warning,
                format!("It is in no zone of {}.", self.targets.words),
            ));
        }
        findings
    }

    fn zone_ids(&self, gateway: &ResourceGateway) -> Vec<String> {
        let zones: BTreeSet<&str> = self
            .subnets(gateway)
            .iter()
            .map(|it| it.availability_zone_id.as_str())
            .collect();
        zones.into_iter().map(str::to_owned).collect()
    }

    /// A gateway's subnets that were read, by ID.
    fn subnets(&self, gateway: &ResourceGateway) -> Vec<&Subnet> {
        let mut subnets: Vec<&Subnet> = self
            .vpc
            .subnets
            .known()
            .into_iter()
            .flatten()
            .filter(|it| gateway.subnet_ids.contains(&it.id))
            .collect();
        subnets.sort_by_key(|it| &it.id);
        subnets
    }
}

/// A gateway with its lists in order: the order in which AWS names them means nothing.
fn shown(gateway: &ResourceGateway) -> ResourceGateway {
    ResourceGateway {
        subnet_ids: sorted(&gateway.subnet_ids),
        security_group_ids: sorted(&gateway.security_group_ids),
        ..gateway.clone()
    }
}

/// The worst verdict with its reason, or what is good about it.
fn sum(findings: &[Finding], good: &str) -> (Verdict, String) {
    match worst(findings) {
        Some(it) if it.verdict != Verdict::Passed => (it.verdict, it.reason.clone()),
        _ => (Verdict::Passed, good.to_owned()),
    }
}
