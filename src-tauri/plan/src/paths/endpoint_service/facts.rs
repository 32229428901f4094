//! What this path looks at, gathered in one place.

use crate::facts::load_balancing::LoadBalancingFacts;
use crate::facts::msk::MskFacts;
use crate::facts::{ClickHouseFacts, RegionFacts, VpcFacts};
use crate::names::load_balancing::Host;
use crate::observed::Observed;
use crate::source::Database;

use super::choices::SourceChoice;
use super::typed::typed_hosts;

pub use crate::paths::lookup::Lookup;

/// Everything that checks and plan of an endpoint service are made from.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The region.
    pub region: &'a RegionFacts,
    /// The VPC of the source; `None` where it is not known which one that is.
    pub vpc: Option<&'a VpcFacts>,
    /// Load balancers, target groups and endpoint services.
    pub load_balancing: &'a LoadBalancingFacts,
    /// What a ClickHouse API key could read; `None` without a key.
    pub clickhouse: Option<&'a ClickHouseFacts>,
    /// The MSK cluster, where the source is one.
    pub msk: Option<&'a MskFacts>,
    /// What the names of [`names_to_look_up`] resolve to.
    pub lookups: &'a [Lookup],
    /// The value of `skip_name_resolve` in the parameter group of a `MySQL` database, `None` where the group does not
    /// set it; not there where the source is no such database.
    pub skip_name_resolve: Option<&'a Observed<Option<String>>>,
    /// What the dry run with another region came to: whether the right `vpce:AllowMultiRegion` is there. Not there
    /// where it could not be made, since it takes a load balancer.
    pub multi_region: Option<&'a Observed<bool>>,
}

/// The domain names whose addresses have to be looked up before anything can be said of the source, each once: a
/// database's endpoint, the hosts that were typed, the schema registry, the brokers of an MSK cluster. Addresses are
/// left out, and so is what was typed wrongly.
pub fn names_to_look_up(
    region: &RegionFacts,
    msk: Option<&MskFacts>,
    source: &SourceChoice,
) -> Vec<String> {
    let mut names: Vec<String> = match source {
        SourceChoice::Database { arn } => Database::find(region, arn)
            .and_then(|it| it.tls_host)
            .map(str::to_ascii_lowercase)
            .into_iter()
            .collect(),
        SourceChoice::Address { .. } | SourceChoice::Hosts { .. } => typed_hosts(source)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|it| match it.at.host {
                Host::Name(name) => Some(name),
                Host::Address(_) => None,
            })
            .collect(),
        SourceChoice::MskBrokers { .. } => msk
            .and_then(|it| it.nodes.known())
            .into_iter()
            .flatten()
            .flat_map(|it| it.endpoints.iter().map(|name| name.to_ascii_lowercase()))
            .collect(),
    };
    names.sort_unstable();
    names.dedup();
    names
}

/// The VPC from which a source is reached; `None` where a database or a cluster was not read, or does not tell.
pub fn vpc_id(
    region: &RegionFacts,
    msk: Option<&MskFacts>,
    source: &SourceChoice,
) -> Option<String> {
    match source {
        SourceChoice::Database { arn } => Database::find(region, arn)?.vpc_id().map(str::to_owned),
        SourceChoice::Address { vpc_id, .. } | SourceChoice::Hosts { vpc_id, .. } => {
            Some(vpc_id.clone()).filter(|it| !it.is_empty())
        }
        SourceChoice::MskBrokers { .. } => msk?.vpc_id.clone(),
    }
}
