//! ClickHouse's column: the service, its endpoints and their names.

use super::{Lane, Node, Picture, Place, Rank, numbered};
use crate::step::{EndpointTarget, Input, OutputName, PathKind, PrivateDnsMapping, Step};

const ENDPOINT: &str = "endpoint";
const SERVICE: &str = "service";

impl Picture<'_> {
    pub(super) fn endpoint(
        &mut self,
        step: &Step,
        service_id: &str,
        description: &str,
        to: &EndpointTarget,
        private_dns: &[PrivateDnsMapping],
    ) {
        let id = self.draw_endpoint(step, Some(description.to_owned()));
        match to {
            EndpointTarget::VpcResource { .. } => self.enters_vpc(&id),
            EndpointTarget::MskMultiVpc { .. } => self.enters_cluster(&id),
            EndpointTarget::EndpointService { service_name } => self.enters(step, service_name),
        }
        self.dns_names(step, &id);
        for (at, mapping) in private_dns.iter().enumerate() {
            let name = format!("{}-{}", numbered("private-name", &step.id), at + 1);
            self.edge(&name, &id, None);
            let node = Node::new(Lane::ClickHouse, &name, "Private DNS name")
                .resource(&mapping.name)
                .by(step);
            self.draw(self.place(step, Rank::Name), node);
        }
        if !self.has(SERVICE) {
            let service =
                Node::new(Lane::ClickHouse, SERVICE, "ClickHouse service").resource(service_id);
            self.draw(Place::First, service);
        }
        self.edge(SERVICE, &id, None);
    }

    /// One that the admin creates in ClickHouse.
    pub(super) fn endpoint_by_hand(&mut self, step: &Step) {
        let id = self.draw_endpoint(step, None);
        match self.plan.path {
            PathKind::VpcResource => self.enters_vpc(&id),
            PathKind::MskMultiVpc => self.enters_cluster(&id),
            // Which service it enters, the step says.
            PathKind::EndpointService => {}
        }
    }

    /// It works only after this step, which may be the first to know its names.
    pub(super) fn ready(&mut self, step: &Step, endpoint: &Input) {
        let Some(id) = self.of(endpoint) else { return };
        if let Some(node) = self.find(&id) {
            node.step = Some(step.id.clone());
        }
        self.dns_names(step, &id);
    }

    /// The line from an endpoint to the endpoint service that it connects to.
    pub(super) fn enters(&mut self, step: &Step, service: &Input) {
        let from = self.stands_for.get(&step.id.0).cloned();
        if let (Some(from), Some(to)) = (from, self.of(service)) {
            let label = self.service_port(service);
            self.edge(&from, &to, Some(label));
        }
    }

    fn draw_endpoint(&mut self, step: &Step, name: Option<String>) -> String {
        let id = numbered(ENDPOINT, &step.id);
        let resource_id = [
            OutputName::VpcEndpointId,
            OutputName::EndpointId,
            OutputName::ConnectionArn,
        ]
        .into_iter()
        .find_map(|output| self.output(step, output));
        let node = Node::new(Lane::ClickHouse, &id, "Reverse private endpoint")
            .named(name)
            .resource_if(resource_id);
        self.make(step, node);
        id
    }

    /// The names that a step learned; those that an earlier one knew already are drawn.
    fn dns_names(&mut self, step: &Step, endpoint: &str) {
        let names = self
            .made
            .get(&step.id)
            .and_then(|outputs| outputs.0.get(&OutputName::DnsNames))
            .cloned()
            .unwrap_or_default();
        for (at, name) in names.into_iter().enumerate() {
            let id = format!("{}-{}", numbered("dns", &step.id), at + 1);
            if self.has(&id) {
                continue;
            }
            self.edge(&id, endpoint, None);
            let node = Node::new(Lane::ClickHouse, &id, "DNS name")
                .resource(&name)
                .by(step);
            self.draw(self.place(step, Rank::Name), node);
        }
    }
}
