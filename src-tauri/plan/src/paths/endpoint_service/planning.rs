//! From choices to a plan: what is refused at which field, and the steps that [`super::steps`] puts together.

use super::choices::{Choices, Extent, LoadBalancerChange};
use super::facts::Facts;
use super::layout::{Group, layout};
use super::source::{Host, Kind, Source, source};
use super::standing::Standing;
use super::steps::Steps;
use super::typed::typed_hosts;
use crate::facts::load_balancing::{EndpointService, LoadBalancer};
use crate::names::load_balancing::{load_balancer_name, private_dns_name};
use crate::names::{self, Field, FieldError};
use crate::paths::clickhouse::clickpipes;
use crate::region::ClickPipesRegion;
use crate::step::{PathKind, Plan, Used};

/// The plan for these choices, or every field that breaks its rule.
///
/// What AWS and `ClickHouse` would object to is the checks' business, not this function's: a plan can be made
/// although a check fails. Where nothing tells in which region `ClickPipes` run, no region is added to the service.
pub fn plan(facts: &Facts<'_>, choices: &Choices) -> Result<Plan, Vec<FieldError>> {
    let mut wrong = field_errors(choices);
    let source = source(facts, &choices.source);
    let standing = Standing::find(facts, &choices.extent);
    wrong.extend(source.as_ref().err().into_iter().flatten().cloned());
    wrong.extend(standing.as_ref().err().cloned());
    if let Ok(standing) = &standing {
        wrong.extend(groups_to_send_again(&choices.extent, standing));
    }
    if let Ok(source) = &source {
        wrong.extend(unlike(choices, &layout(&source.hosts)));
        if let Extent::Everything { .. } = choices.extent {
            wrong.extend(unaddressed(source));
        }
    }
    wrong.sort_by_key(|it| it.field);
    wrong.dedup();
    let (Ok(source), Ok(standing), true) = (source, standing, wrong.is_empty()) else {
        return Err(wrong);
    };
    let steps = Steps {
        facts,
        choices,
        source: &source,
        standing: &standing,
        other_region: other_region(facts, choices),
    }
    .all();
    Ok(Plan {
        path: PathKind::EndpointService,
        account_id: facts.region.identity.account_id.clone(),
        region: facts.region.identity.region.clone(),
        uses: uses(&standing),
        steps,
        source: source.described,
    })
}

/// Every field that breaks its rule: what can be said without having read anything.
pub fn field_errors(choices: &Choices) -> Vec<FieldError> {
    let typed = typed_hosts(&choices.source);
    let mut wrong = typed.as_ref().err().cloned().unwrap_or_default();
    match &choices.extent {
        Extent::Everything {
            subnet_ids,
            security_group_ids,
            name,
        } => {
            wrong.extend(names::subnets(subnet_ids).err());
            if !security_group_ids.is_empty() {
                wrong.extend(names::security_groups(security_group_ids).err());
            }
            wrong.extend(load_balancer_name(name).err());
        }
        Extent::OnLoadBalancer { name, .. } => wrong.extend(load_balancer_name(name).err()),
        Extent::OnService { .. } => {
            if !choices.private_dns_name.trim().is_empty() {
                wrong.push(FieldError::new(
                    Field::PrivateDnsName,
                    "Leave this empty: the private DNS name of a service that is there stays as it is.",
                ));
            }
        }
    }
    wrong.extend(private_dns_name(&choices.private_dns_name).err());
    wrong.extend(names::description(&choices.description).err());
    wrong.extend(choices.service.check().err());
    if let Ok(typed) = typed {
        let hosts: Vec<Host> = typed.iter().map(Host::typed).collect();
        wrong.extend(unlike(choices, &layout(&hosts)));
    }
    wrong.sort_by_key(|it| it.field);
    wrong.dedup();
    wrong
}

/// What the extent and the private DNS name cannot do for so many load balancers.
fn unlike(choices: &Choices, groups: &[Group<'_>]) -> Vec<FieldError> {
    if groups.len() < 2 {
        return Vec::new();
    }
    let one_each = "Several hosts have the same port, so that each needs a load balancer and a service of its own.";
    let mut wrong = Vec::new();
    match choices.extent {
        Extent::Everything { .. } => {}
        Extent::OnLoadBalancer { .. } => wrong.push(FieldError::new(
            Field::LoadBalancer,
            format!("{one_each} Have them made."),
        )),
        Extent::OnService { .. } => wrong.push(FieldError::new(
            Field::EndpointService,
            format!("{one_each} Have them made."),
        )),
    }
    if !choices.private_dns_name.trim().is_empty() {
        wrong.push(FieldError::new(
            Field::PrivateDnsName,
            format!("Leave this empty. {one_each}"),
        ));
    }
    wrong
}

/// Hosts to which no target can lead, since their address is not known.
fn unaddressed(source: &Source<'_>) -> Vec<FieldError> {
    let missing = source.hosts.iter().filter(|it| it.addresses.is_empty());
    let wrong: Vec<FieldError> = missing
        .map(|host| {
            let label = host.label();
            let seen = match &host.resolves_to {
                _ if source.kind == Kind::Brokers => "MSK lists none for it.".to_owned(),
                None => "it was not looked up.".to_owned(),
                Some(Err(problem)) => problem.headline(),
                Some(Ok(addresses)) if addresses.is_empty() => {
                    "it does not resolve from this computer.".to_owned()
                }
                Some(Ok(addresses)) => format!(
                    "it resolves to {} from this computer, and a target needs a private address.",
                    super::source::words(addresses)
                ),
            };
            let (field, instead) = match source.kind {
                Kind::Hosts if host.registry => {
                    (Field::RegistryAddress, " Enter its private address.")
                }
                Kind::Hosts => (
                    Field::Addresses,
                    " Enter the private address of each name.",
                ),
                Kind::Database => (
                    Field::Source,
                    " Look it up from a network that resolves it, or choose its private address as the source.",
                ),
                Kind::Address | Kind::Brokers => (Field::Source, ""),
            };
            FieldError::new(
                field,
                format!("The address of {label} is not known: {seen}{instead}"),
            )
        })
        .collect();
    wrong
}

/// `SetSecurityGroups` takes the whole list, which therefore has to be known.
fn groups_to_send_again(extent: &Extent, standing: &Standing<'_>) -> Option<FieldError> {
    let changes = changes(extent);
    if changes.is_empty() {
        return None;
    }
    if standing.load_balancers().is_empty() {
        return Some(FieldError::new(
            Field::LoadBalancer,
            "The service's load balancer was not found, so that it cannot be changed.",
        ));
    }
    let stop = changes.contains(&LoadBalancerChange::StopEnforcingInboundRules);
    let mut without = standing
        .load_balancers()
        .iter()
        .filter(|it| it.security_group_ids.is_empty());
    let without = without.next().filter(|_| stop)?;
    Some(FieldError::new(
        Field::LoadBalancer,
        format!(
            "Load balancer {} has no security groups, so that there are no inbound rules to leave out.",
            without.name
        ),
    ))
}

/// What of a load balancer that is there is changed, each once, in order.
pub(super) fn changes(extent: &Extent) -> Vec<LoadBalancerChange> {
    let mut changes = match extent {
        Extent::Everything { .. } => Vec::new(),
        Extent::OnLoadBalancer { changes, .. } | Extent::OnService { changes, .. } => {
            changes.clone()
        }
    };
    changes.sort_unstable();
    changes.dedup();
    changes
}

/// The region of `ClickPipes`, where it is known and is not that of the resources.
pub(super) fn other_region(facts: &Facts<'_>, choices: &Choices) -> Option<String> {
    match clickpipes(facts.clickhouse, &choices.service) {
        Ok((ClickPipesRegion::Region { region, .. }, _)) => {
            (region != facts.region.identity.region).then_some(region)
        }
        Ok(_) | Err(_) => None,
    }
}

fn uses(standing: &Standing<'_>) -> Vec<Used> {
    let service = standing.service().map(used_service);
    standing
        .load_balancers()
        .iter()
        .map(|it| used_load_balancer(it))
        .chain(service)
        .collect()
}

fn used_load_balancer(it: &LoadBalancer) -> Used {
    let mut subnet_ids: Vec<String> = it.zones.iter().map(|zone| zone.subnet_id.clone()).collect();
    subnet_ids.sort_unstable();
    Used::LoadBalancer {
        arn: it.arn.clone(),
        name: it.name.clone(),
        subnet_ids,
    }
}

fn used_service(it: &EndpointService) -> Used {
    Used::EndpointService {
        id: it.id.clone(),
        service_name: it.service_name.clone(),
        name: it.name.clone(),
        private_dns_name: it
            .private_dns
            .as_ref()
            .filter(|it| it.is_verified())
            .map(|it| it.private_dns_name.clone()),
    }
}
