//! The steps of a plan: gateway and configuration as far as they are not there yet, share, and then the endpoint or
//! the wait for it. Several hosts get a GROUP with a CHILD for each, and one share of the group.

use super::choices::{Choices, Extent, ServiceChoice};
use super::planning::{resolution, sorted};
use super::reuse::Reuse;
use super::wanted::Wanted;
use crate::CLICKPIPES_ACCOUNT;
use crate::names;
use crate::step::{
    Action, Definition, EndpointTarget, Input, OutputName, PrivateDnsMapping, SourceRef, Step,
    StepId,
};

/// All of them, in order.
pub(super) fn steps(
    source: &SourceRef,
    wanted: &Wanted,
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
    let gateway = match reuse {
        Reuse::Gateway(gateway) => Input::literal(&gateway.id),
        _ => Input::output("gateway", OutputName::GatewayId),
    };
    if let Some(name) = configuration_name(&choices.extent) {
        steps.extend(configurations(name, gateway, wanted));
    }
    // What is shared: the one configuration, or the group.
    let shared = if wanted.is_group() { GROUP } else { SINGLE };
    let (configuration_id, configuration_arn) = match reuse {
        Reuse::Configuration(there, _) => (Input::literal(&there.id), Input::literal(&there.arn)),
        _ => (
            Input::output(shared, OutputName::ConfigurationId),
            Input::output(shared, OutputName::ConfigurationArn),
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
    steps.push(last(choices, wanted, configuration_id));
    steps
}

const SINGLE: &str = "configuration";
const GROUP: &str = "group";

/// The name of the configuration that is made, if one is.
pub(super) fn configuration_name(extent: &Extent) -> Option<&str> {
    match extent {
        Extent::Everything {
            configuration_name, ..
        }
        | Extent::OnGateway {
            configuration_name, ..
        } => Some(configuration_name),
        Extent::OnConfiguration { .. } => None,
    }
}

fn configurations(name: &str, gateway: Input, wanted: &Wanted) -> Vec<Step> {
    if let Some(definition) = wanted.single() {
        return vec![step(
            SINGLE,
            Action::CreateResourceConfiguration {
                name: name.to_owned(),
                gateway,
                definition: definition.clone(),
            },
        )];
    }
    let group = step(
        GROUP,
        Action::CreateConfigurationGroup {
            name: name.to_owned(),
            gateway,
            ports: wanted.all_ports(),
        },
    );
    let children = children(wanted).into_iter().map(|child| Step {
        action: Action::CreateChildConfiguration {
            name: child.name(name),
            group: Input::output(GROUP, OutputName::ConfigurationId),
            definition: child.definition.clone(),
        },
        id: child.step,
    });
    std::iter::once(group).chain(children).collect()
}

/// One host of a group.
pub(super) struct Child<'w> {
    step: StepId,
    /// Of its name.
    ending: String,
    definition: &'w Definition,
}

impl Child<'_> {
    /// Made from the group's: valid wherever that is, and unlike it and its siblings.
    pub(super) fn name(&self, group_name: &str) -> String {
        names::child_name(group_name, &self.ending)
    }
}

/// The children of a group; none where one configuration leads to the source.
pub(super) fn children(wanted: &Wanted) -> Vec<Child<'_>> {
    if !wanted.is_group() {
        return Vec::new();
    }
    let numbered = wanted.definitions.iter().enumerate();
    numbered
        .map(|(at, definition)| {
            let (step, ending) = if wanted.is_registry(definition) {
                ("registry".to_owned(), "registry".to_owned())
            } else {
                let number = at + 1;
                (format!("node-{number}"), number.to_string())
            };
            Child {
                step: StepId(step),
                ending,
                definition,
            }
        })
        .collect()
}

/// The source's own names, each leading to its host: to the CHILD of a group, or to the whole endpoint.
fn mappings(choices: &Choices, wanted: &Wanted) -> Vec<PrivateDnsMapping> {
    if !choices.custom_dns_enabled {
        return Vec::new();
    }
    let whole = |name| PrivateDnsMapping { name, target: None };
    let children = children(wanted);
    if children.is_empty() {
        return wanted.own_names().into_iter().map(whole).collect();
    }
    children
        .into_iter()
        .filter_map(|child| match child.definition {
            Definition::DomainName { name, .. } => Some(PrivateDnsMapping {
                name: name.clone(),
                target: Some(Input::Output {
                    step: child.step,
                    name: OutputName::ConfigurationId,
                }),
            }),
            Definition::Database { .. } | Definition::IpAddress { .. } => None,
        })
        .collect()
}

fn last(choices: &Choices, wanted: &Wanted, configuration: Input) -> Step {
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
                private_dns: mappings(choices, wanted),
            },
        ),
        ServiceChoice::Hand { .. } => step(
            "acceptance",
            Action::AwaitShareAcceptance {
                configuration,
                share,
                principal: CLICKPIPES_ACCOUNT.to_owned(),
                private_dns: mappings(choices, wanted),
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
