//! The steps of a plan, in order: for each load balancer what AWS has to make, then all endpoints, then all
//! acceptances, so that whoever accepts by hand is asked once for all.

mod connections;

use ipnet::Ipv4Net;

use super::choices::{Choices, Extent, LoadBalancerChange};
use super::facts::Facts;
use super::layout::{Group, layout};
use super::planning::changes;
use super::source::{Host, Source};
use super::standing::{Standing, is_clickpipes, supported};
use crate::CLICKPIPES_ACCOUNT;
use crate::names::load_balancing::{numbered, numbers, private_dns_name};
use crate::step::{Action, Input, OutputName, Step, StepId, TargetAddress};

/// What the steps are made from.
pub(super) struct Steps<'a> {
    pub(super) facts: &'a Facts<'a>,
    pub(super) choices: &'a Choices,
    pub(super) source: &'a Source<'a>,
    pub(super) standing: &'a Standing<'a>,
    /// The region of `ClickPipes`, where it is another one.
    pub(super) other_region: Option<String>,
}

impl Steps<'_> {
    pub(super) fn all(&self) -> Vec<Step> {
        let groups = layout(&self.source.hosts);
        let mut steps = Vec::new();
        for group in &groups {
            match &self.choices.extent {
                Extent::Everything {
                    subnet_ids,
                    security_group_ids,
                    name,
                } => {
                    steps.extend(self.load_balancer(group, subnet_ids, security_group_ids, name));
                    let made = output("load-balancer", group.number, OutputName::LoadBalancerArn);
                    steps.extend(self.service(group.number, name, made));
                }
                Extent::OnLoadBalancer { name, .. } => {
                    steps.extend(self.changes());
                    let there = self.standing.load_balancers().iter();
                    for there in there {
                        steps.extend(self.service(None, name, Input::literal(&there.arn)));
                    }
                }
                Extent::OnService { .. } => {
                    steps.extend(self.changes());
                    steps.extend(self.lacking());
                }
            }
        }
        steps.extend(self.connections(&groups));
        steps
    }

    /// One load balancer with its listeners and targets.
    fn load_balancer(
        &self,
        group: &Group<'_>,
        subnet_ids: &[String],
        security_group_ids: &[String],
        name: &str,
    ) -> Vec<Step> {
        let number = group.number;
        let mut steps: Vec<Step> = group
            .hosts
            .iter()
            .map(|(host_number, host)| {
                step(
                    "target-group",
                    *host_number,
                    Action::CreateTargetGroup {
                        name: numbered(name, *host_number),
                        port: host.port,
                        vpc_id: self.source.described.vpc_id.clone(),
                    },
                )
            })
            .collect();
        steps.push(step(
            "load-balancer",
            number,
            Action::CreateLoadBalancer {
                name: numbered(name, number),
                subnet_ids: sorted(subnet_ids),
                security_group_ids: sorted(security_group_ids),
            },
        ));
        let made = output("load-balancer", number, OutputName::LoadBalancerArn);
        steps.push(step(
            "cross-zone",
            number,
            Action::EnableCrossZone {
                load_balancer: made.clone(),
            },
        ));
        if !security_group_ids.is_empty() {
            steps.push(step(
                "inbound-rules",
                number,
                Action::StopEnforcingInboundRules {
                    load_balancer: made.clone(),
                    security_group_ids: sorted(security_group_ids),
                },
            ));
        }
        for (number, host) in &group.hosts {
            steps.push(step(
                "listener",
                *number,
                Action::CreateListener {
                    load_balancer: made.clone(),
                    port: host.port,
                    target_group: output("target-group", *number, OutputName::TargetGroupArn),
                },
            ));
        }
        for (number, host) in &group.hosts {
            steps.push(step(
                "targets",
                *number,
                Action::RegisterTargets {
                    target_group: output("target-group", *number, OutputName::TargetGroupArn),
                    targets: self.targets(host),
                },
            ));
        }
        steps
    }

    fn targets(&self, host: &Host) -> Vec<TargetAddress> {
        let mut targets: Vec<TargetAddress> = host
            .addresses
            .iter()
            .map(|address| TargetAddress {
                address: *address,
                port: host.port,
                outside_vpc: self.is_outside(Ipv4Net::from(*address)),
            })
            .collect();
        targets.sort_unstable();
        targets
    }

    /// Whether an address is surely not in the VPC. Where the VPC's subnets were not read, it is taken to be in it, as
    /// most are.
    fn is_outside(&self, address: Ipv4Net) -> bool {
        let vpc_id = &self.source.described.vpc_id;
        let block = self
            .facts
            .region
            .vpcs
            .known()
            .into_iter()
            .flatten()
            .find(|it| it.id == *vpc_id)
            .and_then(|it| it.cidr);
        let subnets = self
            .facts
            .vpc
            .filter(|it| it.vpc_id == *vpc_id)
            .and_then(|it| it.subnets.known());
        let in_block = block.is_some_and(|block| block.contains(&address));
        let in_subnet = subnets
            .into_iter()
            .flatten()
            .any(|subnet| subnet.cidr.is_some_and(|cidr| cidr.contains(&address)));
        // A VPC can have more blocks than the one that was read, so that it takes the subnets to tell.
        subnets.is_some() && !in_block && !in_subnet
    }

    /// An endpoint service on a load balancer, as far as `ClickPipes` can be told its name.
    fn service(&self, number: Option<usize>, name: &str, load_balancer: Input) -> Vec<Step> {
        let private_dns_name = private_dns_name(&self.choices.private_dns_name)
            .ok()
            .flatten();
        let mut steps = vec![
            step(
                "service",
                number,
                Action::CreateEndpointService {
                    name: numbered(name, number),
                    load_balancers: vec![load_balancer],
                    supported_regions: self.other_region.iter().cloned().collect(),
                    private_dns_name: private_dns_name.clone(),
                },
            ),
            principal(number, service_id(number)),
        ];
        if let Some(private_dns_name) = private_dns_name {
            steps.push(step(
                "dns-record",
                number,
                Action::AwaitDnsRecord {
                    private_dns_name: private_dns_name.clone(),
                    record: output("service", number, OutputName::TxtName),
                    value: output("service", number, OutputName::TxtValue),
                },
            ));
            steps.push(step(
                "private-dns",
                number,
                Action::VerifyPrivateDns {
                    service: service_id(number),
                    private_dns_name,
                },
            ));
        }
        steps
    }

    /// What was chosen to be changed of the load balancers that are there.
    fn changes(&self) -> Vec<Step> {
        let there = self.standing.load_balancers();
        changes(&self.choices.extent)
            .into_iter()
            .flat_map(|change| {
                numbers(there.len()).zip(there).map(move |(number, it)| {
                    changed(change, number, &it.arn, &it.security_group_ids)
                })
            })
            .collect()
    }

    /// What the service that is there lacks.
    fn lacking(&self) -> Vec<Step> {
        let Some(service) = self.standing.service() else {
            return Vec::new();
        };
        let id = Input::literal(&service.id);
        let mut steps = Vec::new();
        let named = service
            .principals
            .known()
            .is_some_and(|it| it.iter().any(|principal| is_clickpipes(principal)));
        if !named {
            steps.push(principal(None, id.clone()));
        }
        if let Some(region) = &self.other_region
            && supported(service, region).is_none()
        {
            steps.push(step(
                "region",
                None,
                Action::AddSupportedRegion {
                    service: id,
                    region: region.clone(),
                },
            ));
        }
        steps
    }
}

fn changed(
    change: LoadBalancerChange,
    number: Option<usize>,
    arn: &str,
    security_group_ids: &[String],
) -> Step {
    let load_balancer = Input::literal(arn);
    match change {
        LoadBalancerChange::EnableCrossZone => step(
            "cross-zone",
            number,
            Action::EnableCrossZone { load_balancer },
        ),
        LoadBalancerChange::StopEnforcingInboundRules => step(
            "inbound-rules",
            number,
            Action::StopEnforcingInboundRules {
                load_balancer,
                security_group_ids: sorted(security_group_ids),
            },
        ),
    }
}

/// Always `ClickPipes`' account, never everybody.
fn principal(number: Option<usize>, service: Input) -> Step {
    step(
        "principal",
        number,
        Action::AllowPrincipal {
            service,
            principal: CLICKPIPES_ACCOUNT.to_owned(),
        },
    )
}

fn service_id(number: Option<usize>) -> Input {
    output("service", number, OutputName::EndpointServiceId)
}

fn step(kind: &str, number: Option<usize>, action: Action) -> Step {
    Step {
        id: id(kind, number),
        action,
    }
}

fn output(kind: &str, number: Option<usize>, name: OutputName) -> Input {
    Input::output(id(kind, number), name)
}

fn id(kind: &str, number: Option<usize>) -> StepId {
    StepId(match number {
        Some(number) => format!("{kind}-{number}"),
        None => kind.to_owned(),
    })
}

/// The order in which things were ticked must not make another plan.
fn sorted(ids: &[String]) -> Vec<String> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids
}
