//! The topology picture: what is there, what the plan adds, what ClickHouse has, as nodes and edges.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::CLICKPIPES_ACCOUNT;
use crate::step::{
    Action, Engine, OutputName, Outputs, Plan, SourceRef, Step, StepId, Target, Used,
};

/// The picture as data: the page draws it, and reads it out as a list in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Topology {
    /// Left to right, top to bottom.
    pub nodes: Vec<Node>,
    /// Who talks to whom.
    pub edges: Vec<Edge>,
}

/// One thing in the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Node {
    /// Unique in the picture.
    pub id: String,
    /// Which of the three columns.
    pub lane: Lane,
    /// What it is, such as "Resource gateway".
    pub title: String,
    /// Its name.
    pub name: Option<String>,
    /// Its ID or ARN, to copy, once it has one.
    pub resource_id: Option<String>,
    /// The step that makes it; a node without one exists already.
    pub step: Option<StepId>,
}

/// The three columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Lane {
    /// The customer's account.
    Account,
    /// What the path adds.
    Added,
    /// `ClickHouse`'s side.
    ClickHouse,
}

/// A line between two nodes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Edge {
    /// A node's ID.
    pub from: String,
    /// A node's ID.
    pub to: String,
    /// What goes along it, such as "TCP 5432".
    pub label: Option<String>,
}

/// The picture of a plan, with the IDs of what its steps have made so far.
pub fn topology(plan: &Plan, made: &BTreeMap<StepId, Outputs>) -> Topology {
    let mut picture = Picture {
        plan,
        made,
        nodes: Vec::new(),
        edges: Vec::new(),
    };
    picture.vpc();
    for used in &plan.uses {
        picture.used(used);
    }
    for step in &plan.steps {
        picture.step(step);
    }
    picture.source();
    picture.way();
    picture.nodes.sort_by_key(drawn_at);
    Topology {
        nodes: picture.nodes,
        edges: picture.edges,
    }
}

/// Column by column, so that a screen reader reads it in the order in which it is drawn. In ClickHouse's
/// column the endpoint stands beside the gateway and the account beside the share: no line crosses another.
fn drawn_at(node: &Node) -> (u8, u8) {
    match (node.lane, node.id.as_str()) {
        (Lane::Account, _) => (0, 0),
        (Lane::Added, _) => (1, 0),
        (Lane::ClickHouse, SERVICE) => (2, 0),
        (Lane::ClickHouse, ENDPOINT) => (2, 1),
        (Lane::ClickHouse, CLICKPIPES) => (2, 3),
        (Lane::ClickHouse, _) => (2, 2),
    }
}

struct Picture<'a> {
    plan: &'a Plan,
    made: &'a BTreeMap<StepId, Outputs>,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

const VPC: &str = "vpc";
const SOURCE: &str = "source";
const GATEWAY: &str = "gateway";
const CONFIGURATION: &str = "configuration";
const SHARE: &str = "share";
const CLICKPIPES: &str = "clickpipes";
const ENDPOINT: &str = "endpoint";
const SERVICE: &str = "service";

impl Picture<'_> {
    fn vpc(&mut self) {
        self.nodes.push(Node {
            id: VPC.to_owned(),
            lane: Lane::Account,
            title: "VPC".to_owned(),
            name: None,
            resource_id: Some(self.plan.source.vpc_id.clone()),
            step: None,
        });
    }

    fn source(&mut self) {
        let source = &self.plan.source;
        self.nodes.push(Node {
            id: SOURCE.to_owned(),
            lane: Lane::Account,
            title: source_title(source),
            name: match source.target {
                Target::Database { .. } => Some(source.name.clone()),
                // It has no other name than what it is reached by.
                Target::DomainName { .. } | Target::IpAddress { .. } => None,
                _ => unimplemented!("NOT WRITTEN YET"),
            },
            resource_id: Some(match &source.target {
                Target::Database { arn } => arn.clone(),
                Target::DomainName { name } => name.clone(),
                Target::IpAddress { address } => address.to_string(),
                _ => unimplemented!("NOT WRITTEN YET"),
            }),
            step: None,
        });
    }

    /// The line from what is shared to the source, through what is made and what was there before alike.
    fn way(&mut self) {
        let (port, door) = (self.port(), self.door());
        self.edge(door, SOURCE, Some(port));
        if door == GATEWAY && self.has(CONFIGURATION) {
            self.edge(CONFIGURATION, GATEWAY, None);
        }
    }

    /// Where traffic enters the VPC: the gateway, or the configuration where its gateway was not read.
    fn door(&self) -> &'static str {
        if self.has(GATEWAY) {
            GATEWAY
        } else {
            CONFIGURATION
        }
    }

    fn has(&self, id: &str) -> bool {
        self.nodes.iter().any(|node| node.id == id)
    }

    /// What was there before has no step: it exists already, and stays.
    fn used(&mut self, used: &Used) {
        let (id, title, resource_id, name) = match used {
            Used::ResourceGateway {
                id,
                name,
                subnet_ids,
                ..
            } => {
                self.subnets(subnet_ids);
                (GATEWAY, "Resource gateway", id, name)
            }
            Used::ResourceConfiguration { id, name, .. } => {
                (CONFIGURATION, "Resource configuration", id, name)
            }
            _ => unimplemented!("NOT WRITTEN YET"),
        };
        self.nodes.push(Node {
            id: id.to_owned(),
            lane: Lane::Added,
            title: title.to_owned(),
            name: Some(name.clone()),
            resource_id: Some(resource_id.clone()),
            step: None,
        });
    }

    fn subnets(&mut self, ids: &[String]) {
        for subnet in ids {
            self.nodes.push(Node {
                id: subnet.clone(),
                lane: Lane::Account,
                title: "Subnet".to_owned(),
                name: None,
                resource_id: Some(subnet.clone()),
                step: None,
            });
            self.edge(GATEWAY, subnet, None);
        }
    }

    fn step(&mut self, step: &Step) {
        match &step.action {
            Action::CreateResourceGateway {
                name, subnet_ids, ..
            } => {
                self.subnets(subnet_ids);
                self.added(
                    GATEWAY,
                    "Resource gateway",
                    name,
                    step,
                    OutputName::GatewayId,
                );
            }
            Action::CreateResourceConfiguration { name, .. } => {
                self.added(
                    CONFIGURATION,
                    "Resource configuration",
                    name,
                    step,
                    OutputName::ConfigurationId,
                );
            }
            Action::CreateResourceShare {
                name, principal, ..
            } => {
                self.added(SHARE, "Resource share", name, step, OutputName::ShareArn);
                self.nodes.push(Node {
                    id: CLICKPIPES.to_owned(),
                    lane: Lane::ClickHouse,
                    title: if principal == CLICKPIPES_ACCOUNT {
                        "ClickPipes account".to_owned()
                    } else {
                        "AWS account".to_owned()
                    },
                    name: None,
                    resource_id: Some(principal.clone()),
                    step: None,
                });
                self.edge(SHARE, CONFIGURATION, None);
                self.edge(SHARE, CLICKPIPES, Some("shared with".to_owned()));
            }
            Action::CreateReversePrivateEndpoint {
                service_id,
                description,
                ..
            } => {
                self.endpoint(step, Some(description.clone()));
                let names = self
                    .made
                    .get(&step.id)
                    .and_then(|outputs| outputs.0.get(&OutputName::DnsNames))
                    .cloned()
                    .unwrap_or_default();
                for (at, name) in names.into_iter().enumerate() {
                    let id = format!("dns-{}", at + 1);
                    self.edge(&id, ENDPOINT, None);
                    self.nodes.push(Node {
                        id,
                        lane: Lane::ClickHouse,
                        title: "DNS name".to_owned(),
                        name: None,
                        resource_id: Some(name),
                        step: Some(step.id.clone()),
                    });
                }
                self.nodes.push(Node {
                    id: SERVICE.to_owned(),
                    lane: Lane::ClickHouse,
                    title: "ClickHouse service".to_owned(),
                    name: None,
                    resource_id: Some(service_id.clone()),
                    step: None,
                });
                self.edge(SERVICE, ENDPOINT, None);
            }
            Action::AwaitShareAcceptance { .. } => self.endpoint(step, None),
            Action::UpdateGatewaySecurityGroups {
                gateway_id,
                security_group_ids,
                ..
            } => {
                self.changed_gateway(step, gateway_id);
                for group in security_group_ids {
                    self.security_group(group);
                }
            }
            _ => unimplemented!("NOT WRITTEN YET"),
        }
    }

    /// A gateway that was there before, and that the step changes.
    fn changed_gateway(&mut self, step: &Step, gateway_id: &str) {
        let drawn = self.nodes.iter_mut().find(|node| node.id == GATEWAY);
        match drawn {
            Some(node) => node.step = Some(step.id.clone()),
            None => self.nodes.push(Node {
                id: GATEWAY.to_owned(),
                lane: Lane::Added,
                title: "Resource gateway".to_owned(),
                name: None,
                resource_id: Some(gateway_id.to_owned()),
                step: Some(step.id.clone()),
            }),
        }
    }

    /// No step makes one: it is there, whether it guards the gateway yet or not.
    fn security_group(&mut self, id: &str) {
        self.nodes.push(Node {
            id: id.to_owned(),
            lane: Lane::Account,
            title: "Security group".to_owned(),
            name: None,
            resource_id: Some(id.to_owned()),
            step: None,
        });
        self.edge(GATEWAY, id, Some("guarded by".to_owned()));
    }

    fn endpoint(&mut self, step: &Step, name: Option<String>) {
        let resource_id = [OutputName::VpcEndpointId, OutputName::EndpointId]
            .into_iter()
            .find_map(|output| self.output(step, output));
        self.nodes.push(Node {
            id: ENDPOINT.to_owned(),
            lane: Lane::ClickHouse,
            title: "Reverse private endpoint".to_owned(),
            name,
            resource_id,
            step: Some(step.id.clone()),
        });
        let (port, door) = (self.port(), self.door());
        self.edge(ENDPOINT, door, Some(port));
    }

    fn added(&mut self, id: &str, title: &str, name: &str, step: &Step, output: OutputName) {
        self.nodes.push(Node {
            id: id.to_owned(),
            lane: Lane::Added,
            title: title.to_owned(),
            name: Some(name.to_owned()),
            resource_id: self.output(step, output),
            step: Some(step.id.clone()),
        });
    }

    fn output(&self, step: &Step, name: OutputName) -> Option<String> {
        self.made.get(&step.id)?.one(name).map(str::to_owned)
    }

    fn edge(&mut self, from: &str, to: &str, label: Option<String>) {
        self.edges.push(Edge {
            from: from.to_owned(),
            to: to.to_owned(),
            label,
        });
    }

    fn port(&self) -> String {
        format!("TCP {}", self.plan.source.port)
    }
}

fn source_title(source: &SourceRef) -> String {
    let engine = match source.engine {
        Engine::Postgres => "PostgreSQL",
        Engine::Mysql => "MySQL",
        Engine::Other => "Source",
        _ => unimplemented!("NOT WRITTEN YET"),
    };
    let kind = match source.target {
        Target::Database { .. } => "database",
        Target::DomainName { .. } => "by domain name",
        Target::IpAddress { .. } => "by IP address",
        _ => unimplemented!("NOT WRITTEN YET"),
    };
    format!("{engine} {kind}")
}
