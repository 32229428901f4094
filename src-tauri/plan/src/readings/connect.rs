//! The connect page: how to reach the source through the endpoint, and what stays behind in AWS.

mod address;
mod next;
mod stays;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::billed::Billed;
use crate::names::txt_record_names;
use crate::step::{
    Action, Definition, Input, MskAuthentication, OutputName, Outputs, Plan, PrivateDnsMapping,
    StepId,
};
use address::Address;

/// What the admin takes away from a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ConnectSheet {
    /// The endpoints' names, as ClickHouse gives them; empty until they are Ready or where they are made by hand.
    pub dns_names: Vec<String>,
    /// Names of the source's own that resolve to the endpoints in ClickPipes' VPC.
    pub private_names: Vec<String>,
    /// The source's port.
    pub port: u16,
    /// Host and port of each Kafka broker, joined by commas: what a pipe asks for as brokers.
    pub brokers: Option<String>,
    /// A connection string for the source, with placeholders for user, password and database; `None` before
    /// there is a name to connect to, and where it is not known what speaks at the port.
    pub connection_string: Option<String>,
    /// The URL of the Kafka schema registry that is reached the same way.
    pub schema_registry: Option<String>,
    /// The name the server's certificate is made out to: the TLS host of the pipe.
    pub tls_host: Option<String>,
    /// Without a key: what to paste into ClickHouse.
    pub paste: Option<PasteValues>,
    /// The record that proves the domain of the service's private DNS name, once AWS has named it.
    pub txt_record: Option<TxtRecord>,
    /// What to do in ClickHouse next, in order.
    pub next: Vec<String>,
    /// What the run made in AWS; what was there before is not among it.
    pub stays: Vec<Stays>,
}

/// The values that ClickHouse asks for when a reverse private endpoint is created by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    tag = "path",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PasteValues {
    /// For type VPC resource.
    VpcResource {
        /// `rcfg-...`, once made.
        configuration_id: Option<String>,
        /// The share's ARN, once made.
        share_arn: Option<String>,
        /// Names of the hosts' own to map, a preview that ClickHouse's support enables.
        private_dns: Vec<PastedName>,
    },
    /// For type MSK multi-VPC.
    MskMultiVpc {
        /// `arn:aws:kafka:...`.
        cluster_arn: String,
        /// Which of the two.
        authentication: MskAuthentication,
    },
    /// For type VPC endpoint service.
    EndpointService {
        /// `com.amazonaws.vpce.<region>.vpce-svc-...`, as far as made: an endpoint for each.
        service_names: Vec<String>,
        /// For each of these, in this order: names of the hosts' own to enter with its endpoint, the same preview.
        private_dns: Vec<Vec<String>>,
    },
}

/// A custom private DNS mapping to make by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PastedName {
    /// The host's own name.
    pub name: String,
    /// Whether it leads to the whole endpoint, not to one of several hosts.
    pub whole_endpoint: bool,
    /// Otherwise the CHILD configuration it leads to, once made.
    pub configuration_id: Option<String>,
}

/// A TXT record to publish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TxtRecord {
    /// Its name: any of these will do.
    pub names: Vec<String>,
    /// Its value.
    pub value: String,
}

/// One thing a run made that stays in AWS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Stays {
    /// What it is, such as "Resource gateway".
    pub what: String,
    /// Its ID or ARN.
    pub id: String,
    /// How AWS bills it.
    pub billed: Option<Billed>,
}

/// What to take away from a run of the plan, as far as its steps have made it.
pub fn sheet(plan: &Plan, made: &BTreeMap<StepId, Outputs>) -> ConnectSheet {
    let seen = Seen { plan, made };
    let address = Address::of(&seen);
    let paste = seen.paste();
    ConnectSheet {
        port: plan.source.port,
        tls_host: address.tls_host(&plan.source),
        next: next::next(&seen, &address, paste.as_ref()),
        paste,
        txt_record: seen.txt_record(),
        stays: stays::stays(&seen),
        dns_names: address.dns_names,
        private_names: address.private_names,
        brokers: address.brokers,
        connection_string: address.connection_string,
        schema_registry: address.schema_registry,
    }
}

/// A plan and what its steps have made.
struct Seen<'a> {
    plan: &'a Plan,
    made: &'a BTreeMap<StepId, Outputs>,
}

impl Seen<'_> {
    fn output(&self, step: &StepId, name: OutputName) -> Option<String> {
        self.made.get(step)?.one(name).map(str::to_owned)
    }

    /// An input is what an earlier step made, or was there before.
    fn known(&self, input: &Input) -> Option<String> {
        match input {
            Input::Literal { value } => Some(value.clone()),
            Input::Output { step, name } => self.output(step, *name),
        }
    }

    /// Several waits for endpoints that are made by hand are one list of values.
    fn paste(&self) -> Option<PasteValues> {
        self.plan
            .steps
            .iter()
            .filter_map(|step| self.to_paste(&step.action))
            .reduce(|all, one| match (all, one) {
                (
                    PasteValues::EndpointService {
                        mut service_names,
                        mut private_dns,
                    },
                    PasteValues::EndpointService {
                        service_names: more,
                        private_dns: more_names,
                    },
                ) => {
                    service_names.extend(more);
                    private_dns.extend(more_names);
                    PasteValues::EndpointService {
                        service_names,
                        private_dns,
                    }
                }
                (first, _) => first,
            })
    }

    /// What the admin pastes while the action waits for an endpoint.
    fn to_paste(&self, action: &Action) -> Option<PasteValues> {
        match action {
            Action::AwaitShareAcceptance {
                configuration,
                share,
                private_dns,
                ..
            } => Some(PasteValues::VpcResource {
                configuration_id: self.known(configuration),
                share_arn: self.known(share),
                private_dns: self.names_to_map(private_dns),
            }),
            Action::AwaitMskConnection {
                cluster_arn,
                authentication,
                ..
            } => Some(PasteValues::MskMultiVpc {
                cluster_arn: cluster_arn.clone(),
                authentication: *authentication,
            }),
            Action::AwaitEndpointConnection {
                service_name,
                private_dns,
                ..
            } => {
                let service_names: Vec<String> = self.known(service_name).into_iter().collect();
                let names = || private_dns.iter().map(|it| it.name.clone()).collect();
                Some(PasteValues::EndpointService {
                    private_dns: service_names.iter().map(|_| names()).collect(),
                    service_names,
                })
            }
            Action::CreateResourceGateway { .. }
            | Action::CreateResourceConfiguration { .. }
            | Action::CreateConfigurationGroup { .. }
            | Action::CreateChildConfiguration { .. }
            | Action::CreateResourceShare { .. }
            | Action::UpdateGatewaySecurityGroups { .. }
            | Action::UpdateMskConnectivity { .. }
            | Action::AllowInClusterPolicy { .. }
            | Action::ReadBootstrapBrokers { .. }
            | Action::CreateTargetGroup { .. }
            | Action::CreateLoadBalancer { .. }
            | Action::EnableCrossZone { .. }
            | Action::StopEnforcingInboundRules { .. }
            | Action::CreateListener { .. }
            | Action::RegisterTargets { .. }
            | Action::CreateEndpointService { .. }
            | Action::AllowPrincipal { .. }
            | Action::AddSupportedRegion { .. }
            | Action::AwaitDnsRecord { .. }
            | Action::VerifyPrivateDns { .. }
            | Action::AcceptEndpointConnection { .. }
            | Action::AwaitConnectionAcceptance { .. }
            | Action::CreateReversePrivateEndpoint { .. }
            | Action::AwaitEndpointReady { .. } => None,
        }
    }

    /// Plans of older journals carry no names: there each CHILD of a group has one.
    fn names_to_map(&self, carried: &[PrivateDnsMapping]) -> Vec<PastedName> {
        let mut names: Vec<PastedName> = carried
            .iter()
            .map(|it| PastedName {
                name: it.name.clone(),
                whole_endpoint: it.target.is_none(),
                configuration_id: it.target.as_ref().and_then(|it| self.known(it)),
            })
            .collect();
        if !names.is_empty() {
            return names;
        }
        for step in &self.plan.steps {
            if let Action::CreateChildConfiguration {
                definition: Definition::DomainName { name, .. },
                ..
            } = &step.action
            {
                names.push(PastedName {
                    name: name.clone(),
                    whole_endpoint: false,
                    configuration_id: self.output(&step.id, OutputName::ConfigurationId),
                });
            }
        }
        names
    }

    /// What public DNS has to answer with, at one of several names; it may stay published after the domain is verified.
    fn txt_record(&self) -> Option<TxtRecord> {
        self.plan.steps.iter().find_map(|step| {
            let Action::AwaitDnsRecord {
                private_dns_name,
                record,
                value,
            } = &step.action
            else {
                return None;
            };
            let label = self.known(record)?;
            Some(TxtRecord {
                names: txt_record_names(private_dns_name, &label),
                value: self.known(value)?,
            })
        })
    }

    /// Whether the plan leads to an endpoint, or changes something behind those that there are.
    /// How many endpoints it leads to.
    fn endpoints(&self) -> usize {
        let makes_one = |action: &Action| {
            matches!(action, Action::CreateReversePrivateEndpoint { .. })
                || self.to_paste(action).is_some()
        };
        self.plan
            .steps
            .iter()
            .filter(|step| makes_one(&step.action))
            .count()
    }
}
