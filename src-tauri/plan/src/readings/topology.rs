//! The topology picture: what is there, what the plan adds, what ClickHouse has, as nodes and edges.

mod clickhouse;
mod endpoint_service;
mod msk;
mod source;
mod vpc_resource;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::chain::{Chain, chains};
use crate::CLICKPIPES_ACCOUNT;
use crate::step::{Action, Input, OutputName, Outputs, PathKind, Plan, Step, StepId, Used};

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
    /// The step that makes it, or after which it works; a node without one exists already.
    pub step: Option<StepId>,
    /// Which of several hosts it is there for, by its name, where each has nodes of its own.
    pub host: Option<String>,
}

/// The three columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
        chains: chains(plan),
        drawn: Vec::new(),
        edges: Vec::new(),
        stands_for: BTreeMap::new(),
    };
    picture.vpc();
    for used in &plan.uses {
        picture.used(used);
    }
    for step in &plan.steps {
        picture.step(step);
    }
    picture.source();
    match plan.path {
        PathKind::VpcResource => picture.resource_way(),
        PathKind::MskMultiVpc => picture.cluster_way(),
        PathKind::EndpointService => picture.service_way(),
    }
    picture.drawn.sort_by_key(|it| (it.node.lane, it.at));
    Topology {
        nodes: picture.drawn.into_iter().map(|it| it.node).collect(),
        edges: picture.edges,
    }
}

struct Picture<'a> {
    plan: &'a Plan,
    made: &'a BTreeMap<StepId, Outputs>,
    /// Where several hosts have a load balancer, a service and an endpoint each: those of each.
    chains: Vec<Chain>,
    drawn: Vec<Drawn>,
    edges: Vec<Edge>,
    /// Which node stands for what a step makes (by the step's ID), or for what was there (by its own).
    stands_for: BTreeMap<String, String>,
}

/// A node and where it stands in its column.
struct Drawn {
    node: Node,
    at: Place,
}

/// What is there for all hosts, then what is there for the first one, ...; within that by rank. So a screen reader
/// reads it in the order in which it is drawn. In ClickHouse's column the endpoint stands beside what it enters, and
/// the account at the end beside what it is let in by: no line crosses another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    First,
    /// Of a chain, counted from 1; 0 where there is only one.
    Chain(usize, Rank),
    Last,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Thing,
    Name,
}

const VPC: &str = "vpc";
const CLICKPIPES: &str = "clickpipes";

impl Picture<'_> {
    fn vpc(&mut self) {
        // That of a cluster may not have been read.
        let id = Some(self.plan.source.vpc_id.clone()).filter(|id| !id.is_empty());
        let vpc = Node::new(Lane::Account, VPC, "VPC").resource_if(id);
        self.draw(Place::First, vpc);
    }

    /// What was there before has no step: it exists already, and stays.
    fn used(&mut self, used: &Used) {
        match used {
            Used::ResourceGateway {
                id,
                name,
                subnet_ids,
                ..
            } => self.standing_gateway(id, name, subnet_ids),
            Used::ResourceConfiguration { id, name, .. } => self.standing_configuration(id, name),
            Used::LoadBalancer {
                arn,
                name,
                subnet_ids,
            } => self.standing_load_balancer(arn, name, subnet_ids),
            Used::EndpointService {
                id,
                service_name,
                name,
                ..
            } => self.standing_service(id, service_name, name.as_deref()),
        }
    }

    fn step(&mut self, step: &Step) {
        match &step.action {
            Action::CreateResourceGateway {
                name, subnet_ids, ..
            } => self.gateway(step, name, subnet_ids),
            Action::CreateResourceConfiguration { name, .. } => {
                self.configuration(step, name, "Resource configuration");
            }
            Action::CreateConfigurationGroup { name, .. } => {
                self.configuration(step, name, "Resource configuration group");
            }
            Action::CreateChildConfiguration { name, .. } => self.child(step, name),
            Action::CreateResourceShare {
                name, principal, ..
            } => self.share(step, name, principal),
            Action::UpdateGatewaySecurityGroups {
                gateway_id,
                security_group_ids,
                ..
            } => self.gateway_groups(step, gateway_id, security_group_ids),
            Action::AwaitShareAcceptance { .. } => self.endpoint_by_hand(step),

            Action::UpdateMskConnectivity { schemes, .. } => self.connectivity(step, *schemes),
            Action::AllowInClusterPolicy { principal, .. } => self.policy(step, principal),
            Action::AwaitMskConnection { owner, .. } => {
                self.endpoint_by_hand(step);
                self.account(owner);
            }

            Action::CreateTargetGroup { name, .. } => self.target_group(step, name),
            Action::CreateLoadBalancer {
                name,
                subnet_ids,
                security_group_ids,
            } => self.load_balancer(step, name, subnet_ids, security_group_ids),
            Action::EnableCrossZone { load_balancer }
            | Action::StopEnforcingInboundRules { load_balancer, .. } => {
                self.changed(step, load_balancer);
            }
            Action::CreateListener {
                load_balancer,
                port,
                target_group,
            } => self.listener(load_balancer, *port, target_group),
            Action::RegisterTargets {
                target_group,
                targets,
            } => self.targets(step, target_group, targets),
            Action::CreateEndpointService {
                name,
                load_balancers,
                private_dns_name,
                ..
            } => self.service(step, name, load_balancers, private_dns_name.as_deref()),
            Action::AllowPrincipal { service, principal } => {
                self.principal(step, service, principal);
            }
            Action::AddSupportedRegion { service, .. } => self.changed(step, service),
            Action::VerifyPrivateDns { service, .. } => self.verified(step, service),
            Action::AwaitEndpointConnection { service, .. } => {
                self.endpoint_by_hand(step);
                self.enters(step, service);
            }

            Action::CreateReversePrivateEndpoint {
                service_id,
                description,
                to,
                private_dns,
                ..
            } => self.endpoint(step, service_id, description, to, private_dns),
            Action::AwaitEndpointReady { endpoint, .. } => self.ready(step, endpoint),

            // They wait for, or do something with, what is drawn already.
            Action::ReadBootstrapBrokers { .. }
            | Action::AwaitDnsRecord { .. }
            | Action::AcceptEndpointConnection { .. }
            | Action::AwaitConnectionAcceptance { .. } => {}
        }
    }

    /// A subnet that several things are in is drawn once.
    fn subnets(&mut self, of: &str, ids: &[String]) {
        for id in ids {
            if self.find(id).is_none() {
                let subnet = Node::new(Lane::Account, id, "Subnet").resource(id);
                self.draw(Place::First, subnet);
            }
            self.edge(of, id, None);
        }
    }

    /// No step makes one: it is there, whether it guards the thing yet or not.
    fn security_groups(&mut self, of: &str, ids: &[String]) {
        for id in ids {
            if self.find(id).is_none() {
                let group = Node::new(Lane::Account, id, "Security group").resource(id);
                self.draw(Place::First, group);
            }
            self.edge(of, id, Some("guarded by".to_owned()));
        }
    }

    /// The account that is let in.
    fn account(&mut self, principal: &str) {
        if self.find(CLICKPIPES).is_none() {
            let title = if principal == CLICKPIPES_ACCOUNT {
                "ClickPipes account"
            } else {
                "AWS account"
            };
            let account = Node::new(Lane::ClickHouse, CLICKPIPES, title).resource(principal);
            self.draw(Place::Last, account);
        }
    }

    /// Where what a step makes stands.
    fn place(&self, step: &Step, rank: Rank) -> Place {
        let chain = self.chains.iter().position(|it| it.has(&step.id));
        Place::Chain(chain.map_or(0, |at| at + 1), rank)
    }

    /// Draws what a step makes, as one of the things of its chain.
    fn make(&mut self, step: &Step, node: Node) {
        self.stands_for.insert(step.id.0.clone(), node.id.clone());
        self.draw(self.place(step, Rank::Thing), node.by(step));
    }

    fn draw(&mut self, at: Place, mut node: Node) {
        if let Place::Chain(chain, _) = at {
            let chain = chain.checked_sub(1).and_then(|at| self.chains.get(at));
            node.host = chain.and_then(Chain::host);
        }
        self.drawn.push(Drawn { node, at });
    }

    fn find(&mut self, id: &str) -> Option<&mut Node> {
        self.drawn
            .iter_mut()
            .map(|it| &mut it.node)
            .find(|node| node.id == id)
    }

    fn has(&self, id: &str) -> bool {
        self.drawn.iter().any(|it| it.node.id == id)
    }

    /// The node that stands for what an input means.
    fn of(&self, input: &Input) -> Option<String> {
        let key = match input {
            Input::Literal { value } => value,
            Input::Output { step, .. } => &step.0,
        };
        self.stands_for.get(key).cloned()
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

impl Node {
    fn new(lane: Lane, id: &str, title: &str) -> Self {
        Self {
            id: id.to_owned(),
            lane,
            title: title.to_owned(),
            name: None,
            resource_id: None,
            step: None,
            host: None,
        }
    }

    fn named(mut self, name: impl Into<Option<String>>) -> Self {
        self.name = name.into();
        self
    }

    fn resource(self, id: &str) -> Self {
        self.resource_if(Some(id.to_owned()))
    }

    fn resource_if(mut self, id: Option<String>) -> Self {
        self.resource_id = id;
        self
    }

    fn by(mut self, step: &Step) -> Self {
        self.step = Some(step.id.clone());
        self
    }
}

/// A node's ID for what a step makes: what it is, and the number that the step has where there are several.
fn numbered(what: &str, step: &StepId) -> String {
    match step.0.rsplit_once('-') {
        Some((_, number)) if number.parse::<u32>().is_ok() => format!("{what}-{number}"),
        _ => what.to_owned(),
    }
}
