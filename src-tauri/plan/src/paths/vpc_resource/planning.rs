//! From choices to a plan: gateway and configuration as far as they are not there yet, share, and then the
//! endpoint or the wait for it.
//!
//! What is there already goes into [`Plan::uses`] and into the steps as a literal, and has no step of its own:
//! so that no undo can touch it.

use super::choices::{Choices, Extent, ServiceChoice, SourceChoice};
use super::reuse::Reuse;
use super::wanted::{self, Lead, lead};
use crate::CLICKPIPES_ACCOUNT;
use crate::facts::RegionFacts;
use crate::facts::lattice::{ResourceConfiguration, ResourceGateway};
use crate::names::{self, Field, FieldError};
use crate::step::{
    Action, Definition, DnsResolution, EndpointTarget, Input, OutputName, PathKind, Plan,
    SourceRef, Step, StepId, Used,
};

/// The plan for these choices, or every field that breaks its rule.
///
/// What AWS and ClickHouse would object to is the checks' business, not this function's: a plan can be made
/// although a check fails.
pub fn plan(region: &RegionFacts, choices: &Choices) -> Result<Plan, Vec<FieldError>> {
    let mut wrong = field_errors(choices);
    let source = wanted::source(region, &choices.source);
    let reuse = Reuse::find(region, &choices.extent);
    wrong.extend(source.as_ref().err().into_iter().flatten().cloned());
    wrong.extend(reuse.as_ref().err().cloned());
    if let (Ok((_, wanted)), Ok(Reuse::Configuration(configuration, _))) = (&source, &reuse) {
        wrong.extend(leads_elsewhere(configuration, wanted));
    }
    wrong.sort_by_key(|it| it.field);
    wrong.dedup();
    match (source, reuse) {
        (Ok((source, definition)), Ok(reuse)) if wrong.is_empty() => Ok(Plan {
            path: PathKind::VpcResource,
            account_id: region.identity.account_id.clone(),
            region: region.identity.region.clone(),
            uses: uses(&reuse),
            steps: steps(&source, definition, &reuse, choices),
            source,
        }),
        _ => Err(wrong),
    }
}

/// Every field that breaks its rule: what can be said without having read anything.
pub fn field_errors(choices: &Choices) -> Vec<FieldError> {
    let mut wrong = wanted::definition(&choices.source)
        .err()
        .unwrap_or_default();
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

fn leads_elsewhere(
    configuration: &ResourceConfiguration,
    wanted: &Definition,
) -> Option<FieldError> {
    let lead = configuration
        .definition
        .as_ref()
        .map_or(Lead::Elsewhere, |there| lead(there, wanted));
    let rule = match lead {
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
        SourceChoice::DomainName { resolution, .. } => *resolution,
        SourceChoice::Database { .. } | SourceChoice::IpAddress { .. } => DnsResolution::Public,
        _ => unimplemented!("NOT WRITTEN YET"),
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

fn steps(
    source: &SourceRef,
    definition: Definition,
    reuse: &Reuse<'_>,
    choices: &Choices,
) -> Vec<Step> {
    let mut steps = Vec::new();
    if let Extent::Everything {
        subnet_ids,
        security_group_ids,
        gateway_name,
        ..
    } = &choices.extent
    {
        steps.push(step(
            "gateway",
            Action::CreateResourceGateway {
                name: gateway_name.clone(),
                vpc_id: source.vpc_id.clone(),
                subnet_ids: sorted(subnet_ids),
                security_group_ids: sorted(security_group_ids),
                dns_resolution: resolution(&choices.source),
            },
        ));
    }
    if let Extent::Everything {
        configuration_name, ..
    }
    | Extent::OnGateway {
        configuration_name, ..
    } = &choices.extent
    {
        steps.push(step(
            "configuration",
            Action::CreateResourceConfiguration {
                name: configuration_name.clone(),
                gateway: match reuse {
                    Reuse::Gateway(gateway) => Input::literal(&gateway.id),
                    _ => Input::output("gateway", OutputName::GatewayId),
                },
                definition,
            },
        ));
    }
    let (configuration_id, configuration_arn) = match reuse {
        Reuse::Configuration(there, _) => (Input::literal(&there.id), Input::literal(&there.arn)),
        _ => (
            Input::output("configuration", OutputName::ConfigurationId),
            Input::output("configuration", OutputName::ConfigurationArn),
        ),
    };
    steps.push(step(
        "share",
        Action::CreateResourceShare {
            name: choices.share_name.clone(),
            resource: configuration_arn,
            principal: CLICKPIPES_ACCOUNT.to_owned(),
        },
    ));
    steps.push(last(choices, configuration_id));
    steps
}

fn last(choices: &Choices, configuration: Input) -> Step {
    let share = Input::output("share", OutputName::ShareArn);
    match &choices.service {
        ServiceChoice::Key {
            organization_id,
            service_id,
        } => step(
            "endpoint",
            Action::CreateReversePrivateEndpoint {
                organization_id: organization_id.clone(),
                service_id: service_id.clone(),
                description: choices.description.trim().to_owned(),
                to: EndpointTarget::VpcResource {
                    configuration,
                    share,
                },
                private_dns: Vec::new(),
            },
        ),
        ServiceChoice::Hand { .. } => step(
            "acceptance",
            Action::AwaitShareAcceptance {
                configuration,
                share,
                principal: CLICKPIPES_ACCOUNT.to_owned(),
            },
        ),
    }
}

pub(super) fn step(id: &str, action: Action) -> Step {
    Step {
        id: StepId::from(id),
        action,
    }
}

/// The order in which things were ticked must not make another plan.
pub(super) fn sorted(ids: &[String]) -> Vec<String> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids
}
