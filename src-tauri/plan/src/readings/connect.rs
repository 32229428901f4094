//! The connect page: how to reach the source through the endpoint, and what stays behind in AWS.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::billed::{Billed, billed};
use crate::step::{
    Action, Engine, Input, OutputName, Outputs, Plan, SourceRef, Step, StepId, Target,
};

/// What the admin takes away from a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ConnectSheet {
    /// The endpoint's names, as ClickHouse gives them; empty until it is Ready or where it is made by hand.
    pub dns_names: Vec<String>,
    /// The source's port.
    pub port: u16,
    /// A connection string for the source, with placeholders for user, password and database; `None` before
    /// there is a DNS name, and where it is not known what speaks at the port.
    pub connection_string: Option<String>,
    /// The name the server's certificate is made out to: the TLS host of the pipe.
    pub tls_host: Option<String>,
    /// Without a key: what to paste into ClickHouse.
    pub paste: Option<PasteValues>,
    /// What to do in ClickHouse next, in order.
    pub next: Vec<String>,
    /// What the run made in AWS; what was there before is not among it.
    pub stays: Vec<Stays>,
}

/// The values that ClickHouse asks for when a reverse private endpoint is created by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PasteValues {
    /// `rcfg-...`, once made.
    pub configuration_id: Option<String>,
    /// The share's ARN, once made.
    pub share_arn: Option<String>,
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
    let stay = |what: &str, step: &Step, name: OutputName| -> Option<Stays> {
        Some(Stays {
            what: what.to_owned(),
            id: made.get(&step.id)?.one(name)?.to_owned(),
            billed: billed(&step.action),
        })
    };
    // An input is what an earlier step made, or was there before.
    let known = |input: &Input| -> Option<String> {
        match input {
            Input::Literal { value } => Some(value.clone()),
            Input::Output { step, name } => made.get(step)?.one(*name).map(str::to_owned),
        }
    };
    let mut dns_names = Vec::new();
    let mut paste = None;
    let mut stays = Vec::new();
    for step in &plan.steps {
        match &step.action {
            Action::CreateResourceGateway { .. } => {
                stays.extend(stay("Resource gateway", step, OutputName::GatewayId));
            }
            Action::CreateResourceConfiguration { .. } => {
                stays.extend(stay(
                    "Resource configuration",
                    step,
                    OutputName::ConfigurationId,
                ));
            }
            Action::CreateResourceShare { .. } => {
                stays.extend(stay("Resource share", step, OutputName::ShareArn));
            }
            Action::CreateReversePrivateEndpoint { .. } => {
                dns_names = made
                    .get(&step.id)
                    .and_then(|outputs| outputs.0.get(&OutputName::DnsNames))
                    .cloned()
                    .unwrap_or_default();
            }
            Action::AwaitShareAcceptance {
                configuration,
                share,
                ..
            } => {
                paste = Some(PasteValues {
                    configuration_id: known(configuration),
                    share_arn: known(share),
                });
            }
            Action::UpdateGatewaySecurityGroups { .. } => {}
            _ => unimplemented!("NOT WRITTEN YET"),
        }
    }
    let source = &plan.source;
    let next = if makes_an_endpoint(plan) {
        next(
            source,
            dns_names.first().map(String::as_str),
            paste.is_some(),
        )
    } else {
        vec![
            "Nothing has to be done in ClickHouse: the endpoints that use the gateway keep their DNS names and \
             ports."
                .to_owned(),
        ]
    };
    ConnectSheet {
        port: source.port,
        connection_string: dns_names
            .first()
            .and_then(|host| connection_string(source, host)),
        tls_host: source.tls_host.clone(),
        next,
        dns_names,
        paste,
        stays,
    }
}

/// Whether the plan leads to an endpoint, or changes something behind those that there are.
fn makes_an_endpoint(plan: &Plan) -> bool {
    plan.steps.iter().any(|step| match step.action {
        Action::CreateReversePrivateEndpoint { .. } | Action::AwaitShareAcceptance { .. } => true,
        Action::CreateResourceGateway { .. }
        | Action::CreateResourceConfiguration { .. }
        | Action::CreateResourceShare { .. }
        | Action::UpdateGatewaySecurityGroups { .. } => false,
        _ => unimplemented!("NOT WRITTEN YET"),
    })
}

fn connection_string(source: &SourceRef, host: &str) -> Option<String> {
    let port = source.port;
    match source.engine {
        Engine::Postgres => Some(format!(
            "postgresql://<user>:<password>@{host}:{port}/<database>?sslmode=require"
        )),
        Engine::Mysql => Some(format!(
            "mysql://<user>:<password>@{host}:{port}/<database>?ssl-mode=REQUIRED"
        )),
        Engine::Other => None,
        _ => unimplemented!("NOT WRITTEN YET"),
    }
}

fn next(source: &SourceRef, dns_name: Option<&str>, by_hand: bool) -> Vec<String> {
    let mut next = Vec::new();
    if by_hand {
        next.extend([
            "In the ClickHouse console, open your service and go to Data sources, Reverse private endpoints. Older \
             consoles have it under Settings."
                .to_owned(),
            "Create an endpoint of type VPC resource with the resource configuration ID and the resource share ARN \
             above. A share waits only a limited time to be accepted."
                .to_owned(),
            "Wait until the endpoint is Ready, then copy its DNS name.".to_owned(),
        ]);
    }
    let kind = match source.engine {
        Engine::Postgres => "Postgres",
        Engine::Mysql => "MySQL",
        Engine::Other => "the kind of your source",
        _ => unimplemented!("NOT WRITTEN YET"),
    };
    let host = dns_name.map_or_else(
        || "the endpoint's DNS name".to_owned(),
        |name| format!("the DNS name {name}"),
    );
    next.extend([
        format!(
            "In your ClickHouse service, open Data sources, choose Set up a ClickPipe and then {kind}."
        ),
        format!(
            "Enter {host} as the host and {} as the port: the DNS name alone is not a complete address.",
            source.port
        ),
    ]);
    next.extend(tls(source));
    next
}

/// Which name to check the server's certificate against: the endpoint's own is in no certificate.
fn tls(source: &SourceRef) -> Option<String> {
    let host = source.tls_host.as_ref()?;
    let server = match source.target {
        Target::Database { .. } => "database",
        Target::DomainName { .. } | Target::IpAddress { .. } => "server",
        _ => unimplemented!("NOT WRITTEN YET"),
    };
    let enter = match source.engine {
        Engine::Postgres | Engine::Mysql => "Enter",
        // Not every kind of pipe has this field.
        Engine::Other => "If the pipe has that field, enter",
        _ => unimplemented!("NOT WRITTEN YET"),
    };
    Some(format!(
        "{enter} {host} as the TLS host: the {server}'s certificate is made out to this name, not to the endpoint's."
    ))
}
