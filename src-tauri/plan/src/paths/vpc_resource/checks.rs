//! Every rule that would make the endpoint fail later, looked at before anything is written.
//!
//! A check that cannot be answered says *not known*, never *passed*. Each file below has the checks of one
//! subject; here is what they look at, and the order in which they are shown.

mod database;
mod existing_endpoint;
mod msk;
mod names;
mod network_acls;
mod own_names;
mod place;
mod quotas;
mod resolution;
mod reuse;
mod security_groups;
mod sharing;
mod subnets;
mod together;
mod zones;

pub(super) use subnets::label;

use super::choices::{Choices, Extent, SourceChoice};
use super::facts::Facts;
use super::reuse::Reuse;
use super::serverless::{self, ServerlessCluster};
use super::targets::Targets;
use super::wanted::{Wanted, wanted};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::lattice::ResourceGateway;
use crate::facts::network::Subnet;
use crate::facts::{ClickHouseFacts, RegionFacts, VpcFacts};
use crate::names::FieldError;
use crate::paths::clickhouse as service;
use crate::paths::findings::{advice, check_again, finding, first_lines, passed, unread};
use crate::paths::lookup::Lookup;
use crate::paths::partition;
use crate::source::Database;

/// All checks that apply to the source, failures first, then warnings, not known, passed. `clickhouse` is what a key
/// could read; `None` without a key. `lookups` are the names of [`names_to_look_up`].
///
/// [`names_to_look_up`]: super::names_to_look_up
pub fn check<'a>(
    facts: impl Into<Facts<'a>>,
    vpc: &'a VpcFacts,
    clickhouse: Option<&'a ClickHouseFacts>,
    lookups: &'a [Lookup],
    choices: &'a Choices,
) -> Vec<Check> {
    let facts = facts.into();
    let region = facts.region;
    let wanted = wanted(facts, &choices.source);
    let cluster = ServerlessCluster::of(facts, &choices.source);
    let subject = Subject {
        facts,
        region,
        vpc,
        clickhouse,
        lookups,
        choices,
        targets: wanted
            .as_ref()
            .ok()
            .and_then(|wanted| Targets::of(region, vpc, wanted, cluster)),
        database: match &choices.source {
            SourceChoice::Database { arn } => Database::find(region, arn),
            SourceChoice::DomainName { .. }
            | SourceChoice::IpAddress { .. }
            | SourceChoice::Hosts { .. }
            | SourceChoice::MskServerless { .. } => None,
        },
        cluster,
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
        partition::partition(
            &region.identity,
            match choices.source {
                SourceChoice::MskServerless { .. } => "cluster",
                SourceChoice::Database { .. }
                | SourceChoice::DomainName { .. }
                | SourceChoice::IpAddress { .. }
                | SourceChoice::Hosts { .. } => "database",
            },
        ),
        database::not_public(&subject),
        match choices.source {
            SourceChoice::MskServerless { .. } => msk::state(&subject),
            SourceChoice::Database { .. }
            | SourceChoice::DomainName { .. }
            | SourceChoice::IpAddress { .. }
            | SourceChoice::Hosts { .. } => database::available(&subject),
        },
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
    checks.extend(own_names::checks(&subject));
    checks.sort_by_key(|check| (check.verdict, check.id));
    checks
}

/// What the checks look at.
struct Subject<'a> {
    facts: Facts<'a>,
    region: &'a RegionFacts,
    vpc: &'a VpcFacts,
    clickhouse: Option<&'a ClickHouseFacts>,
    lookups: &'a [Lookup],
    choices: &'a Choices,
    /// What leads to the source, or what is wrong with what was typed.
    wanted: Result<Wanted, Vec<FieldError>>,
    targets: Option<Targets<'a>>,
    /// The source, if it is a database and was read.
    database: Option<Database<'a>>,
    /// The source, if it is an MSK Serverless cluster and was read.
    cluster: Option<ServerlessCluster<'a>>,
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
    fn targets(&self, id: CheckId) -> Result<&Targets<'a>, Box<Check>> {
        self.targets
            .as_ref()
            .ok_or_else(|| Box::new(self.no_source(id)))
    }

    /// What leads to the source, or the check that says why it cannot be looked at.
    fn wanted(&self, id: CheckId) -> Result<&Wanted, Box<Check>> {
        self.wanted
            .as_ref()
            .map_err(|_| Box::new(self.no_source(id)))
    }

    /// The source cannot be looked at, and why.
    fn no_source(&self, id: CheckId) -> Check {
        if let SourceChoice::MskServerless { cluster_arn } = &self.choices.source {
            return self.no_cluster(id, cluster_arn);
        }
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
                SourceChoice::DomainName { .. }
                | SourceChoice::IpAddress { .. }
                | SourceChoice::Hosts { .. }
                | SourceChoice::MskServerless { .. } => Vec::new(),
            },
            Some(advice("Choose a database from the list, or check again.")),
        )
    }

    /// The cluster, or where clients of it connect to, is not known, and why.
    fn no_cluster(&self, id: CheckId, arn: &str) -> Check {
        if self.facts.cluster(arn).is_none() && serverless::unread(self.facts).is_some() {
            let problem = serverless::unread(self.facts);
            return unread(id, "The cluster could not be read.", problem);
        }
        let wrong = self.wanted.as_ref().err().into_iter().flatten();
        finding(
            id,
            Verdict::NotKnown,
            "The cluster is not known.",
            wrong.map(|it| it.rule.clone()).collect(),
            Some(check_again(
                "Choose an MSK Serverless cluster from the list, or check again.",
            )),
        )
    }

    /// How a sentence calls the source.
    fn words(&self) -> &str {
        self.targets
            .as_ref()
            .map_or("the source", |it| it.words.as_str())
    }
}
