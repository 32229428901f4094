//! Every rule that would make the endpoint fail later, looked at before anything is written.
//!
//! A check that cannot be answered says *not known*, never *passed*. Each file below has the checks of one
//! subject; here is what they share, and the order in which they are shown.

mod clickhouse;
mod database;
mod names;
mod network;

use super::choices::Choices;
use crate::check::{Check, CheckId, Verdict};
use crate::facts::network::Subnet;
use crate::facts::{ClickHouseFacts, RegionFacts, VpcFacts};
use crate::problem::{Problem, Remedy, RemedyButton};
use crate::source::Database;

/// All checks, failures first, then warnings, not known, passed. `clickhouse` is what a key could read;
/// `None` without a key.
pub fn check(
    region: &RegionFacts,
    vpc: &VpcFacts,
    clickhouse: Option<&ClickHouseFacts>,
    choices: &Choices,
) -> Vec<Check> {
    let subject = Subject {
        region,
        vpc,
        clickhouse,
        choices,
        database: Database::find(region, &choices.source_arn),
    };
    let mut checks = vec![
        clickhouse::region(&subject),
        database::partition(&subject),
        database::not_public(&subject),
        database::available(&subject),
        database::same_vpc(&subject),
        network::owner(&subject),
        network::free_blocks(&subject),
        network::size(&subject),
        network::zones(&subject),
        network::port_path(&subject),
        names::names(&subject),
        clickhouse::existing_endpoint(&subject),
        clickhouse::awake(&subject),
    ];
    checks.sort_by_key(|check| (check.verdict, check.id));
    checks
}

/// What the checks look at.
struct Subject<'a> {
    region: &'a RegionFacts,
    vpc: &'a VpcFacts,
    clickhouse: Option<&'a ClickHouseFacts>,
    choices: &'a Choices,
    database: Option<Database<'a>>,
}

impl<'a> Subject<'a> {
    /// The chosen subnets that were found, by ID, or the check that says why none can be looked at.
    fn subnets(&self, id: CheckId) -> Result<Vec<&'a Subnet>, Box<Check>> {
        let Some(all) = self.vpc.subnets.known() else {
            let problem = self.vpc.subnets.problem();
            return Err(unread(id, "The subnets could not be read.", problem).into());
        };
        let mut chosen: Vec<&Subnet> = all
            .iter()
            .filter(|subnet| self.choices.subnet_ids.contains(&subnet.id))
            .collect();
        chosen.sort_by_key(|subnet| &subnet.id);
        if chosen.is_empty() {
            let remedy = Some(advice("Choose at least one subnet."));
            return Err(finding(
                id,
                Verdict::NotKnown,
                "No subnet is chosen.",
                Vec::new(),
                remedy,
            )
            .into());
        }
        Ok(chosen)
    }

    /// The database, or the check that says why it cannot be looked at.
    fn database(&self, id: CheckId) -> Result<&Database<'a>, Box<Check>> {
        self.database.as_ref().ok_or_else(|| {
            let problem = self
                .region
                .clusters
                .problem()
                .or(self.region.instances.problem());
            let check = match problem {
                Some(_) => unread(id, "The database could not be read.", problem),
                None => finding(
                    id,
                    Verdict::NotKnown,
                    format!(
                        "The database was not found in {}.",
                        self.region.identity.region
                    ),
                    vec![self.choices.source_arn.clone()],
                    Some(advice("Choose a database from the list, or check again.")),
                ),
            };
            Box::new(check)
        })
    }
}

fn finding(
    id: CheckId,
    verdict: Verdict,
    headline: impl Into<String>,
    evidence: Vec<String>,
    remedy: Option<Remedy>,
) -> Check {
    Check {
        id,
        verdict,
        headline: headline.into(),
        evidence,
        why: why(id).to_owned(),
        remedy,
    }
}

fn passed(id: CheckId, headline: impl Into<String>, evidence: Vec<String>) -> Check {
    finding(id, Verdict::Passed, headline, evidence, None)
}

/// Not known, because a read did not answer.
fn unread(id: CheckId, headline: impl Into<String>, problem: Option<&Problem>) -> Check {
    finding(
        id,
        Verdict::NotKnown,
        headline,
        problem.map(Problem::headline).into_iter().collect(),
        problem
            .map(Problem::remedy)
            .or_else(|| Some(check_again("Check again."))),
    )
}

/// Something that only the admin can do, or change in the wizard.
fn advice(text: impl Into<String>) -> Remedy {
    Remedy {
        text: text.into(),
        command: None,
        button: None,
    }
}

/// Something to do elsewhere, then to look at again.
fn check_again(text: impl Into<String>) -> Remedy {
    Remedy {
        button: Some(RemedyButton::Retry),
        ..advice(text)
    }
}

/// Why a check matters.
fn why(id: CheckId) -> &'static str {
    match id {
        CheckId::ClickPipesRegion => {
            "ClickPipes reach a VPC resource only from their own region: anywhere else the endpoint comes into state \
             Failed."
        }
        CheckId::Partition => {
            "ClickPipes' account is in partition aws, and AWS shares nothing across partitions."
        }
        CheckId::NotPublic => {
            "AWS does not create a resource configuration for a database with a public address."
        }
        CheckId::DatabaseAvailable => {
            "AWS looks at the database when the resource configuration is created."
        }
        CheckId::SameVpc => {
            "The gateway reaches what is in its own VPC, and its security groups must belong to that VPC."
        }
        CheckId::SubnetOwner => {
            "AWS does not create a resource gateway in a subnet that another account shares with you."
        }
        CheckId::FreeBlocks => {
            "In each subnet the gateway takes 16 addresses in a row, and so does each endpoint: without them the \
             endpoint comes into state Failed."
        }
        CheckId::SubnetSize => {
            "ClickHouse recommends /26 or larger: a smaller subnet never has two free blocks of 16 addresses."
        }
        CheckId::ZoneSpread => {
            "The gateway and ClickPipes' endpoint must share a zone, and which zones ClickPipes use is not documented: \
             the more zones, the better. Zones are compared by ID, since their names differ between accounts."
        }
        CheckId::SecurityGroupPath => {
            "The endpoint becomes Ready even if the database cannot be reached: the ClickPipe would then time out."
        }
        CheckId::Names => {
            "AWS refuses a name that breaks its rule, and takes each name of a resource gateway or a resource \
             configuration only once in an account and region."
        }
        CheckId::ExistingEndpoint => {
            "All ClickPipes of a service can share one endpoint. A second one takes addresses and costs money."
        }
        CheckId::ServiceAwake => {
            "ClickHouse refuses to create an endpoint while the service is idle or stopped."
        }
    }
}
