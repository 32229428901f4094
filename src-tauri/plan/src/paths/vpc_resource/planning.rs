//! From choices to a plan: gateway and configuration as far as they are not there yet, share, and then the
//! endpoint or the wait for it.
//!
//! What is there already goes into [`Plan::uses`] and into the steps as a literal, and has no step of its own:
//! so that no undo can touch it.

use super::choices::{Choices, Extent, SourceChoice};
use super::facts::Facts;
use super::lead::Lead;
use super::reuse::Reuse;
use super::source;
use super::steps::steps;
use super::typed;
use super::wanted::Wanted;
use crate::facts::lattice::{ResourceConfiguration, ResourceGateway};
use crate::names::{self, Field, FieldError};
use crate::step::{DnsResolution, PathKind, Plan, Used};

/// The plan for these choices, or every field that breaks its rule.
///
/// What AWS and ClickHouse would object to is the checks' business, not this function's: a plan can be made
/// although a check fails.
pub fn plan<'a>(facts: impl Into<Facts<'a>>, choices: &Choices) -> Result<Plan, Vec<FieldError>> {
    let facts = facts.into();
    let region = facts.region;
    let mut wrong = field_errors(choices);
    let source = source::source(facts, &choices.source);
    let reuse = Reuse::find(region, &choices.extent);
    wrong.extend(source.as_ref().err().into_iter().flatten().cloned());
    wrong.extend(reuse.as_ref().err().cloned());
    if let (Ok((_, wanted)), Ok(Reuse::Configuration(configuration, _))) = (&source, &reuse) {
        wrong.extend(leads_elsewhere(configuration, wanted));
    }
    wrong.sort_by_key(|it| it.field);
    wrong.dedup();
    match (source, reuse) {
        (Ok((source, wanted)), Ok(reuse)) if wrong.is_empty() => Ok(Plan {
            path: PathKind::VpcResource,
            account_id: region.identity.account_id.clone(),
            region: region.identity.region.clone(),
            uses: uses(&reuse),
            steps: steps(&source, &wanted, &reuse, choices),
            source,
        }),
        _ => Err(wrong),
    }
}

/// Every field that breaks its rule: what can be said without having read anything.
pub fn field_errors(choices: &Choices) -> Vec<FieldError> {
    let mut wrong = typed::field_errors(&choices.source);
    let of_extent = match &choices.extent {
        Extent::Everything {
            subnet_ids,
            security_group_ids,
            gateway_name,
            configuration_name,
        } => vec![
            names::subnets(subnet_ids),
            names::security_groups(security_group_ids),
            names::gateway_name(gateway_name),
            names::configuration_name(configuration_name),
        ],
        Extent::OnGateway {
            configuration_name, ..
        } => vec![names::configuration_name(configuration_name)],
        Extent::OnConfiguration { .. } => Vec::new(),
    };
    let others = [
        names::share_name(&choices.share_name),
        names::description(&choices.description),
        choices.service.check(),
    ];
    wrong.extend(of_extent.into_iter().chain(others).filter_map(Result::err));
    wrong.sort_by_key(|it| it.field);
    wrong
}

fn leads_elsewhere(configuration: &ResourceConfiguration, wanted: &Wanted) -> Option<FieldError> {
    let rule = match wanted.lead(configuration.definition.as_ref()) {
        _ if wanted.is_group() => {
            "Make a new resource configuration: several hosts get a group of their own, and one that is there is not \
             built upon."
        }
        Lead::There => return None,
        Lead::OtherPorts => "Choose a resource configuration that has all the ports you named.",
        Lead::Elsewhere => "Choose a resource configuration that leads to the source.",
    };
    Some(FieldError::new(Field::Configuration, rule))
}

/// Where the gateway that is made for a source looks up names. A database by ARN works on a public one only; an
/// address needs no name, and gets AWS's own default.
pub(super) fn resolution(source: &SourceChoice) -> DnsResolution {
    match source {
        SourceChoice::DomainName { resolution, .. } | SourceChoice::Hosts { resolution, .. } => {
            *resolution
        }
        SourceChoice::Database { .. } | SourceChoice::IpAddress { .. } => DnsResolution::Public,
        // The cluster's names exist in its VPC only.
        SourceChoice::MskServerless { .. } => DnsResolution::InVpc,
    }
}

fn uses(reuse: &Reuse<'_>) -> Vec<Used> {
    let configuration = match reuse {
        Reuse::Configuration(configuration, _) => Some(Used::ResourceConfiguration {
            id: configuration.id.clone(),
            arn: configuration.arn.clone(),
            name: configuration.name.clone(),
        }),
        Reuse::Nothing | Reuse::Gateway(_) => None,
    };
    reuse
        .gateway()
        .map(used_gateway)
        .into_iter()
        .chain(configuration)
        .collect()
}

pub(super) fn used_gateway(gateway: &ResourceGateway) -> Used {
    Used::ResourceGateway {
        id: gateway.id.clone(),
        name: gateway.name.clone(),
        subnet_ids: sorted(&gateway.subnet_ids),
        security_group_ids: sorted(&gateway.security_group_ids),
    }
}

/// The order in which things were ticked must not make another plan.
pub(super) fn sorted(ids: &[String]) -> Vec<String> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids
}
