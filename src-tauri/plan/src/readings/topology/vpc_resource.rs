//! The VPC resource path in the picture: gateway, configuration, share.

use super::source::SOURCE;
use super::{CLICKPIPES, Lane, Node, Picture, Place, Rank};
use crate::step::{OutputName, Step};

const GATEWAY: &str = "gateway";
const CONFIGURATION: &str = "configuration";
const SHARE: &str = "share";

impl Picture<'_> {
    pub(super) fn standing_gateway(&mut self, id: &str, name: &str, subnet_ids: &[String]) {
        self.subnets(GATEWAY, subnet_ids);
        self.standing(GATEWAY, "Resource gateway", name, id);
    }

    pub(super) fn standing_configuration(&mut self, id: &str, name: &str) {
        self.standing(CONFIGURATION, "Resource configuration", name, id);
    }

    fn standing(&mut self, id: &str, title: &str, name: &str, resource_id: &str) {
        let node = Node::new(Lane::Added, id, title)
            .named(name.to_owned())
            .resource(resource_id);
        self.draw(Place::Chain(0, Rank::Thing), node);
    }

    pub(super) fn gateway(&mut self, step: &Step, name: &str, subnet_ids: &[String]) {
        self.subnets(GATEWAY, subnet_ids);
        let output = OutputName::GatewayId;
        self.added(step, GATEWAY, "Resource gateway", name, output);
    }

    /// The one that is shared: by itself, or as a group.
    pub(super) fn configuration(&mut self, step: &Step, name: &str, title: &str) {
        let output = OutputName::ConfigurationId;
        self.added(step, CONFIGURATION, title, name, output);
    }

    /// One host of the group. Its step's ID is unique in the plan, and no other node's.
    pub(super) fn child(&mut self, step: &Step, name: &str) {
        let (id, output) = (&step.id.0, OutputName::ConfigurationId);
        self.added(step, id, "Resource configuration", name, output);
        self.edge(CONFIGURATION, id, Some("has".to_owned()));
    }

    pub(super) fn share(&mut self, step: &Step, name: &str, principal: &str) {
        self.added(step, SHARE, "Resource share", name, OutputName::ShareArn);
        self.account(principal);
        self.edge(SHARE, CONFIGURATION, None);
        self.edge(SHARE, CLICKPIPES, Some("shared with".to_owned()));
    }

    /// A gateway that was there before, and that the step changes.
    pub(super) fn gateway_groups(&mut self, step: &Step, gateway_id: &str, groups: &[String]) {
        if let Some(node) = self.find(GATEWAY) {
            node.step = Some(step.id.clone());
        } else {
            let node = Node::new(Lane::Added, GATEWAY, "Resource gateway").resource(gateway_id);
            self.make(step, node);
        }
        self.security_groups(GATEWAY, groups);
    }

    /// The line from an endpoint to where its traffic enters the VPC.
    pub(super) fn enters_vpc(&mut self, endpoint: &str) {
        let (port, door) = (self.port(), self.door());
        self.edge(endpoint, door, Some(port));
    }

    /// The line from what is shared to the source, through what is made and what was there before alike.
    pub(super) fn resource_way(&mut self) {
        let (port, door) = (self.port(), self.door());
        self.edge(door, SOURCE, Some(port));
        if door == GATEWAY && self.has(CONFIGURATION) {
            self.edge(CONFIGURATION, GATEWAY, None);
        }
    }

    /// The gateway, or the configuration where its gateway was not read.
    fn door(&self) -> &'static str {
        if self.has(GATEWAY) {
            GATEWAY
        } else {
            CONFIGURATION
        }
    }

    fn added(&mut self, step: &Step, id: &str, title: &str, name: &str, output: OutputName) {
        let node = Node::new(Lane::Added, id, title)
            .named(name.to_owned())
            .resource_if(self.output(step, output));
        self.make(step, node);
    }
}
