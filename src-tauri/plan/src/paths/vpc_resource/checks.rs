//! Every rule that would make the endpoint fail later, looked at before anything is written.
//!
//! A check that cannot be answered says *not known*, never *passed*. Each file below has the checks of one
//! subject; here is what they look at, and the order in which they are shown.

mod database;
mod existing_endpoint;
mod names;
mod network_acls;
mod place;
mod quotas;
mod resolution;
mod reuse;
mod security_groups;
mod sharing;
mod subnets;
mod zones;

use std::net::IpAddr;

pub(super) use subnets::label;

use super::choices::{Choices, Extent, SourceChoice};
use super::reuse::Reuse;
use super::wanted;
use crate::check::{Check, CheckId, Verdict};
use crate::facts::lattice::ResourceGateway;
use crate::facts::network::Subnet;
use crate::facts::{ClickHouseFacts, RegionFacts, VpcFacts};
use crate::names::FieldError;
use crate::observed::Observed;
use crate::paths::clickhouse as service;
use crate::paths::findings::{advice, check_again, finding, first_lines, passed, unread};
use crate::paths::partition;
use crate::paths::reach::destination::Destination;
use crate::source::Database;
use crate::step::Definition;

/// All checks, failures first, then warnings, not known, passed. `clickhouse` is what a key could read;
/// `None` without a key. `lookup` is what the chosen domain name resolves to from this computer, empty where
/// the name does not exist; `None` for other sources.
pub fn check(
    region: &RegionFacts,
    vpc: &VpcFacts,
    clickhouse: Option<&ClickHouseFacts>,
    lookup: Option<&Observed<Vec<IpAddr>>>,
    choices: &Choices,
) -> Vec<Check> {
    let wanted = wanted::definition(&choices.source);
    let subject = Subject {
        region,
        vpc,
        clickhouse,
        lookup,
        choices,
        destination: wanted
            .as_ref()
            .ok()
            .and_then(|wanted| Destination::of(region, vpc, wanted)),
        database: match &choices.source {
            SourceChoice::Database { arn } => Database::find(region, arn),
            SourceChoice::DomainName { .. } | SourceChoice::IpAddress { .. } => None,
            _ => unimplemented!("NOT WRITTEN YET"),
        },
        wanted,
        reuse: Reuse::find(region, &choices.extent),
    };
    let mut checks = vec![
        service::same_region(
            clickhouse,
            &choices.service,
            &region.identity.region,
            match choices.source {
                SourceChoice::Database { .. } => "database",
                SourceChoice::DomainName { .. }
                | SourceChoice::IpAddress { .. }
                | SourceChoice::Hosts { .. } => "gateway",
                SourceChoice::MskServerless { .. } => "cluster",
            },
        ),
        partition::partition(&region.identity, "database"),
        database::not_public(&subject),
        database::available(&subject),
        place::same_vpc(&subject),
        subnets::owner(&subject),
        subnets::free_blocks(&subject),
        subnets::size(&subject),
        zones::zones(&subject),
        security_groups::port_path(&subject),
        names::names(&subject),
        existing_endpoint::existing_endpoint(&subject),
        service::awake(clickhouse, &choices.service),
        network_acls::network_acls(&subject),
        place::lattice(&subject),
        reuse::fits(&subject),
        resolution::resolves(&subject),
        quotas::quotas(&subject),
        sharing::external(&subject),
        sharing::once(&subject),
    ];
    checks.sort_by_key(|check| (check.verdict, check.id));
    checks
}

/// What the checks look at.
struct Subject<'a> {
    region: &'a RegionFacts,
    vpc: &'a VpcFacts,
    clickhouse: Option<&'a ClickHouseFacts>,
    lookup: Option<&'a Observed<Vec<IpAddr>>>,
    choices: &'a Choices,
    /// What leads to the source, or what is wrong with what was typed.
    wanted: Result<Definition, Vec<FieldError>>,
    destination: Option<Destination<'a>>,
    /// The source, if it is a database and was read.
    database: Option<Database<'a>>,
    reuse: Result<Reuse<'a>, FieldError>,
}

/// Where the gateway is, or goes.
#[derive(Clone, Copy)]
struct Site<'a> {
    /// The gateway, if it is there already.
    gateway: Option<&'a ResourceGateway>,
    subnet_ids: &'a [String],
    security_group_ids: &'a [String],
}

impl<'a> Subject<'a> {
    /// Where the gateway is, or goes, or the check that says why that is not known.
    fn site(&self, id: CheckId) -> Result<Site<'a>, Box<Check>> {
        if let Extent::Everything {
            subnet_ids,
            security_group_ids,
            ..
        } = &self.choices.extent
        {
            return Ok(Site {
                gateway: None,
                subnet_ids,
                security_group_ids,
            });
        }
        let wrong = match &self.reuse {
            Ok(reuse) => match reuse.gateway() {
                Some(gateway) => {
                    return Ok(Site {
                        gateway: Some(gateway),
                        subnet_ids: &gateway.subnet_ids,
                        security_group_ids: &gateway.security_group_ids,
                    });
                }
                None => "The configuration's gateway was not found.".to_owned(),
            },
            Err(wrong) => wrong.rule.clone(),
        };
        let problem = self
            .region
            .gateways
            .problem()
            .or(self.region.configurations.problem());
        Err(Box::new(match problem {
            Some(_) => unread(id, "The gateway could not be read.", problem),
            None => finding(
                id,
                Verdict::NotKnown,
                "The gateway is not known.",
                vec![wrong],
                Some(advice(
                    "Choose a gateway or a configuration from the list, or make a new gateway.",
                )),
            ),
        }))
    }

    /// The gateway's subnets that were found, by ID, or the check that says why none can be looked at.
    fn subnets(&self, id: CheckId) -> Result<(Site<'a>, Vec<&'a Subnet>), Box<Check>> {
        let site = self.site(id)?;
        let Some(all) = self.vpc.subnets.known() else {
            let problem = self.vpc.subnets.problem();
            return Err(unread(id, "The subnets could not be read.", problem).into());
        };
        let mut found: Vec<&Subnet> = all
            .iter()
            .filter(|subnet| site.subnet_ids.contains(&subnet.id))
            .collect();
        found.sort_by_key(|subnet| &subnet.id);
        if !found.is_empty() {
            return Ok((site, found));
        }
        let check = match site.gateway {
            None => finding(
                id,
                Verdict::NotKnown,
                "No subnet is chosen.",
                Vec::new(),
                Some(advice("Choose at least one subnet.")),
            ),
            Some(gateway) => finding(
                id,
                Verdict::NotKnown,
                format!("The subnets of gateway {} were not found.", gateway.id),
                vec![format!("Looked at in {}.", self.vpc.vpc_id)],
                Some(advice("Choose another gateway, or make one of its own.")),
            ),
        };
        Err(Box::new(check))
    }

    /// The source as the network sees it, or the check that says why it cannot be looked at.
    fn destination(&self, id: CheckId) -> Result<&Destination<'a>, Box<Check>> {
        self.destination
            .as_ref()
            .ok_or_else(|| Box::new(self.no_source(id)))
    }

    /// What leads to the source, or the check that says why it cannot be looked at.
    fn wanted(&self, id: CheckId) -> Result<&Definition, Box<Check>> {
        self.wanted
            .as_ref()
            .map_err(|_| Box::new(self.no_source(id)))
    }

    /// The source cannot be looked at, and why.
    fn no_source(&self, id: CheckId) -> Check {
        if let Err(wrong) = &self.wanted {
            return finding(
                id,
                Verdict::NotKnown,
                "The source is not known.",
                wrong.iter().map(|it| it.rule.clone()).collect(),
                Some(advice("Correct what was entered for the source.")),
            );
        }
        let problem = self
            .region
            .clusters
            .problem()
            .or(self.region.instances.problem());
        if problem.is_some() {
            return unread(id, "The database could not be read.", problem);
        }
        finding(
            id,
            Verdict::NotKnown,
            format!(
                "The database was not found in {}.",
                self.region.identity.region
            ),
            match &self.choices.source {
                SourceChoice::Database { arn } => vec![arn.clone()],
                SourceChoice::DomainName { .. } | SourceChoice::IpAddress { .. } => Vec::new(),
                _ => unimplemented!("NOT WRITTEN YET"),
            },
            Some(advice("Choose a database from the list, or check again.")),
        )
    }

    /// How a sentence calls the source.
    fn words(&self) -> &str {
        self.destination
            .as_ref()
            .map_or("the source", |it| it.words.as_str())
    }
}
