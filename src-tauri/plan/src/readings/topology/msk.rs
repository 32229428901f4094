//! The MSK multi-VPC path in the picture: the cluster's policy, and what it offers to other VPCs.

use super::source::SOURCE;
use super::{CLICKPIPES, Lane, Node, Picture, Place, Rank};
use crate::CLICKPIPES_ACCOUNT;
use crate::paths::msk_multi_vpc::FIRST_PORT;
use crate::readings::words::{listed, schemes as called};
use crate::step::{MultiVpcSchemes, OutputName, Step};

const CONNECTIVITY: &str = "connectivity";
const POLICY: &str = "policy";
const CONNECTIVITY_TITLE: &str = "Multi-VPC connectivity";
const POLICY_TITLE: &str = "Cluster policy";

impl Picture<'_> {
    pub(super) fn connectivity(&mut self, step: &Step, schemes: MultiVpcSchemes) {
        let node = Node::new(Lane::Added, CONNECTIVITY, CONNECTIVITY_TITLE)
            .named(listed(&called(schemes)));
        self.make(step, node);
    }

    pub(super) fn policy(&mut self, step: &Step, principal: &str) {
        let statement = self.output(step, OutputName::PolicySid);
        let node = Node::new(Lane::Added, POLICY, POLICY_TITLE).resource_if(statement);
        self.make(step, node);
        self.account(principal);
    }

    pub(super) fn enters_cluster(&mut self, endpoint: &str) {
        self.edge(endpoint, CONNECTIVITY, Some(ports()));
    }

    /// What no step makes was as it has to be before: connectivity that is on, a policy that lets ClickPipes in.
    pub(super) fn cluster_way(&mut self) {
        for (id, title) in [(CONNECTIVITY, CONNECTIVITY_TITLE), (POLICY, POLICY_TITLE)] {
            if !self.has(id) {
                let node = Node::new(Lane::Added, id, title);
                self.draw(Place::Chain(0, Rank::Thing), node);
            }
        }
        self.account(CLICKPIPES_ACCOUNT);
        self.edge(CONNECTIVITY, SOURCE, Some(ports()));
        self.edge(POLICY, SOURCE, None);
        self.edge(POLICY, CLICKPIPES, Some("lets in".to_owned()));
    }
}

/// Each broker has a port of its own, counted from the first.
fn ports() -> String {
    format!("TCP {FIRST_PORT} and up")
}
