//! The endpoint service path in the picture: load balancers, target groups, services; one of each a host where hosts
//! need them.

use super::source::SOURCE;
use super::{CLICKPIPES, Lane, Node, Picture, Place, Rank, numbered};
use crate::step::{Action, Input, OutputName, Step, Target, TargetAddress, Used};

const TARGET_GROUP: &str = "target-group";
const LOAD_BALANCER: &str = "load-balancer";
/// Not `service`, which is ClickHouse's.
const ENDPOINT_SERVICE: &str = "endpoint-service";
const PRIVATE_DNS: &str = "private-dns";

impl Picture<'_> {
    pub(super) fn standing_load_balancer(&mut self, arn: &str, name: &str, subnets: &[String]) {
        // A service can be on several.
        let id = match self.standing_load_balancers().len() {
            0 => LOAD_BALANCER.to_owned(),
            others => format!("{LOAD_BALANCER}-{}", others + 1),
        };
        self.subnets(&id, subnets);
        let node = Node::new(Lane::Added, &id, "Network Load Balancer")
            .named(name.to_owned())
            .resource(arn);
        self.draw(Place::Chain(0, Rank::Thing), node);
        self.stands_for.insert(arn.to_owned(), id);
    }

    pub(super) fn standing_service(&mut self, id: &str, service_name: &str, name: Option<&str>) {
        let node = Node::new(Lane::Added, ENDPOINT_SERVICE, "VPC endpoint service")
            .named(name.map(str::to_owned))
            .resource(id);
        self.draw(Place::Chain(0, Rank::Thing), node);
        for known_as in [id, service_name] {
            self.stands_for
                .insert(known_as.to_owned(), ENDPOINT_SERVICE.to_owned());
        }
    }

    pub(super) fn target_group(&mut self, step: &Step, name: &str) {
        let id = numbered(TARGET_GROUP, &step.id);
        let node = Node::new(Lane::Added, &id, "Target group")
            .named(name.to_owned())
            .resource_if(self.output(step, OutputName::TargetGroupArn));
        self.make(step, node);
    }

    pub(super) fn load_balancer(
        &mut self,
        step: &Step,
        name: &str,
        subnet_ids: &[String],
        security_group_ids: &[String],
    ) {
        let id = numbered(LOAD_BALANCER, &step.id);
        let node = Node::new(Lane::Added, &id, "Network Load Balancer")
            .named(name.to_owned())
            .resource_if(self.output(step, OutputName::LoadBalancerArn));
        self.make(step, node);
        self.subnets(&id, subnet_ids);
        self.security_groups(&id, security_group_ids);
    }

    /// What was there before, and the step changes. What the plan makes works after the step that makes it.
    pub(super) fn changed(&mut self, step: &Step, thing: &Input) {
        if let (Input::Literal { .. }, Some(id)) = (thing, self.of(thing))
            && let Some(node) = self.find(&id)
        {
            node.step = Some(step.id.clone());
        }
    }

    /// A listener is the line from its load balancer to its target group.
    pub(super) fn listener(&mut self, load_balancer: &Input, port: u16, target_group: &Input) {
        if let (Some(from), Some(to)) = (self.of(load_balancer), self.of(target_group)) {
            self.edge(&from, &to, Some(format!("listens on TCP {port}")));
        }
    }

    /// The target group works when its targets are healthy. What they are called is known where they are all of the
    /// source; of several hosts each has a node of its own.
    pub(super) fn targets(&mut self, step: &Step, group: &Input, targets: &[TargetAddress]) {
        let Some(group) = self.of(group) else { return };
        if let Some(node) = self.find(&group) {
            node.step = Some(step.id.clone());
        }
        let title = match self.plan.source.target {
            Target::Database { .. } | Target::DomainName { .. } | Target::IpAddress { .. } => {
                for target in targets {
                    self.edge(&group, SOURCE, Some(format!("TCP {}", target.port)));
                }
                return;
            }
            Target::MskCluster { .. } => "Broker",
            Target::Hosts { .. } => "Host",
        };
        for target in targets {
            let address = format!("{}:{}", target.address, target.port);
            self.edge(&group, &address, Some(format!("TCP {}", target.port)));
            if !self.has(&address) {
                let node = Node::new(Lane::Account, &address, title).resource(&address);
                self.draw(self.place(step, Rank::Thing), node);
                self.edge(&address, SOURCE, Some("part of".to_owned()));
            }
        }
    }

    pub(super) fn service(
        &mut self,
        step: &Step,
        name: &str,
        load_balancers: &[Input],
        private_dns_name: Option<&str>,
    ) {
        let id = numbered(ENDPOINT_SERVICE, &step.id);
        let node = Node::new(Lane::Added, &id, "VPC endpoint service")
            .named(name.to_owned())
            .resource_if(self.output(step, OutputName::EndpointServiceId));
        self.make(step, node);
        for load_balancer in load_balancers {
            if let Some(to) = self.of(load_balancer) {
                self.edge(&id, &to, None);
            }
        }
        if let Some(name) = private_dns_name {
            let node = Node::new(Lane::Added, PRIVATE_DNS, "Private DNS name")
                .resource(name)
                .by(step);
            self.draw(self.place(step, Rank::Name), node);
            self.edge(PRIVATE_DNS, &id, None);
        }
    }

    /// The name resolves only after this step.
    pub(super) fn verified(&mut self, step: &Step, service: &Input) {
        if self.of(service).is_some()
            && let Some(node) = self.find(PRIVATE_DNS)
        {
            node.step = Some(step.id.clone());
        }
    }

    pub(super) fn principal(&mut self, step: &Step, service: &Input, principal: &str) {
        self.changed(step, service);
        self.account(principal);
        if let Some(from) = self.of(service) {
            self.edge(&from, CLICKPIPES, Some("lets in".to_owned()));
        }
    }

    /// What goes from an endpoint into a service: the ports that its load balancer listens on where the plan makes
    /// listeners, the source's otherwise.
    pub(super) fn service_port(&self, service: &Input) -> String {
        let ports: Vec<String> = match service {
            Input::Literal { .. } => Vec::new(),
            Input::Output { step, .. } => self.listened(&step.0),
        };
        if ports.is_empty() {
            self.port()
        } else {
            format!("TCP {}", ports.join(", "))
        }
    }

    fn listened(&self, service_step: &str) -> Vec<String> {
        let steps = &self.plan.steps;
        let balancers = steps
            .iter()
            .filter(|step| step.id.0 == service_step)
            .find_map(|step| {
                if let Action::CreateEndpointService { load_balancers, .. } = &step.action {
                    Some(load_balancers)
                } else {
                    None
                }
            });
        steps
            .iter()
            .filter_map(|step| {
                let Action::CreateListener {
                    load_balancer,
                    port,
                    ..
                } = &step.action
                else {
                    return None;
                };
                balancers?.contains(load_balancer).then(|| port.to_string())
            })
            .collect()
    }

    /// What was there before leads to the source in ways that the plan does not know.
    pub(super) fn service_way(&mut self) {
        let port = self.port();
        let balancers = self.standing_load_balancers();
        if self
            .plan
            .uses
            .iter()
            .any(|used| matches!(used, Used::EndpointService { .. }))
        {
            for balancer in &balancers {
                self.edge(ENDPOINT_SERVICE, balancer, None);
            }
            if balancers.is_empty() {
                self.edge(ENDPOINT_SERVICE, SOURCE, Some(port.clone()));
            }
        }
        for balancer in &balancers {
            self.edge(balancer, SOURCE, Some(port.clone()));
        }
    }

    /// The nodes of the load balancers that were there before and are drawn.
    fn standing_load_balancers(&self) -> Vec<String> {
        let arns = self.plan.uses.iter().filter_map(|used| match used {
            Used::LoadBalancer { arn, .. } => Some(arn),
            Used::ResourceGateway { .. }
            | Used::ResourceConfiguration { .. }
            | Used::EndpointService { .. } => None,
        });
        arns.filter_map(|arn| self.stands_for.get(arn).cloned())
            .collect()
    }
}
