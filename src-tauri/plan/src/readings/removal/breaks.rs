//! What stops working, or stands in the way, when a run's things are deleted.
//!
//! Each thing is matched by its ID as the APIs tell it; where only a host hints at it, that is marked as inferred.

mod clickhouse;
mod endpoint_service;
mod msk;
mod vpc_resource;

use super::{Around, Breakage};
use crate::observed::Observed;
use crate::problem::Problem;
use crate::run::{Run, RunState, StepState};
use crate::step::{
    Action, EndpointTarget, MskAuthentication, OutputName, Outputs, Plan, Step, StepId,
};

/// What breaks, most certain first, and the reads that failed and that might have shown more.
pub(super) fn breaks(
    run: &Run,
    there: &[(&Step, &Outputs)],
    around: &Around<'_>,
) -> (Vec<Breakage>, Vec<Problem>) {
    let mut found = Found {
        gone: Gone::of(there),
        plan: &run.plan,
        around: *around,
        breaks: Vec::new(),
        unread: Vec::new(),
    };
    for (step, outputs) in there {
        let asked = is_asked_for(run, &step.id);
        found.behind(&step.action, outputs, asked);
    }
    if found.gone.carries_endpoints {
        found.endpoints();
        found.pipes();
    }
    found.breaks.sort_by_key(|it| it.inferred);
    (found.breaks, found.unread)
}

/// Whether a step that stays unless it is asked for was asked for. Where the undo left it in place and ended, nothing
/// else is left to ask for.
fn is_asked_for(run: &Run, id: &StepId) -> bool {
    let states = run.steps.iter().filter(|it| it.id == *id);
    run.undo_also.contains(id)
        || states.map(|it| &it.state).any(|state| match state {
            StepState::Undoing => true,
            StepState::Kept => run.state == RunState::Undone,
            _ => false,
        })
}

/// What will be gone, by ID.
#[derive(Default)]
struct Gone<'a> {
    gateway: Option<&'a str>,
    configuration: Option<&'a str>,
    /// Unique in the account and region: they tell the configurations where an ID got lost.
    configuration_names: Vec<&'a str>,
    share: Option<&'a str>,
    /// The cluster whose policy loses a statement.
    cluster: Option<&'a str>,
    load_balancers: Vec<&'a str>,
    services: Vec<Service<'a>>,
    endpoints: Vec<&'a str>,
    vpc_endpoints: Vec<&'a str>,
    dns_names: Vec<&'a String>,
    /// How the run's own endpoint signs in to a cluster: there is one connection for each.
    own_authentication: Option<MskAuthentication>,
    /// Whether endpoints can depend on any of it.
    carries_endpoints: bool,
}

/// An endpoint service, by what AWS and what ClickHouse know it by.
struct Service<'a> {
    id: &'a str,
    service_name: Option<&'a str>,
}

impl<'a> Gone<'a> {
    fn of(there: &[(&'a Step, &'a Outputs)]) -> Self {
        let mut gone = Self::default();
        for (step, outputs) in there {
            gone.carries_endpoints |= gone.add(&step.action, outputs);
        }
        gone
    }

    /// Whether endpoints can depend on it.
    fn add(&mut self, action: &'a Action, outputs: &'a Outputs) -> bool {
        match action {
            Action::CreateResourceGateway { .. } => {
                self.gateway = outputs.one(OutputName::GatewayId);
                false
            }
            Action::CreateResourceConfiguration { name, .. }
            | Action::CreateConfigurationGroup { name, .. } => {
                self.configuration = outputs.one(OutputName::ConfigurationId);
                self.configuration_names.push(name);
                true
            }
            // Endpoints know the group only.
            Action::CreateChildConfiguration { name, .. } => {
                self.configuration_names.push(name);
                true
            }
            Action::CreateResourceShare { .. } => {
                self.share = outputs.one(OutputName::ShareArn);
                true
            }
            Action::AllowInClusterPolicy { cluster_arn, .. } => {
                self.cluster = Some(cluster_arn);
                true
            }
            Action::CreateEndpointService { .. } => {
                self.services
                    .extend(outputs.one(OutputName::EndpointServiceId).map(|id| Service {
                        id,
                        service_name: outputs.one(OutputName::EndpointServiceName),
                    }));
                true
            }
            Action::CreateReversePrivateEndpoint { to, .. } => {
                self.endpoints.extend(outputs.one(OutputName::EndpointId));
                self.vpc_endpoints
                    .extend(outputs.one(OutputName::VpcEndpointId));
                self.add_names(outputs);
                if let EndpointTarget::MskMultiVpc { authentication, .. } = to {
                    self.own_authentication = Some(*authentication);
                }
                true
            }
            Action::AwaitEndpointReady { .. } => {
                self.add_names(outputs);
                false
            }
            Action::CreateLoadBalancer { .. } => {
                self.load_balancers
                    .extend(outputs.one(OutputName::LoadBalancerArn));
                false
            }
            // Without them a service leads nowhere, and they go with it.
            Action::CreateTargetGroup { .. }
            | Action::CreateListener { .. }
            | Action::RegisterTargets { .. }
            // What else depends on these settings, AWS tells.
            | Action::UpdateGatewaySecurityGroups { .. }
            | Action::UpdateMskConnectivity { .. }
            | Action::EnableCrossZone { .. }
            | Action::StopEnforcingInboundRules { .. }
            | Action::AllowPrincipal { .. }
            | Action::AddSupportedRegion { .. }
            // Nothing is taken back.
            | Action::AwaitShareAcceptance { .. }
            | Action::AwaitMskConnection { .. }
            | Action::ReadBootstrapBrokers { .. }
            | Action::AwaitDnsRecord { .. }
            | Action::VerifyPrivateDns { .. }
            | Action::AcceptEndpointConnection { .. }
            | Action::AwaitConnectionAcceptance { .. }
            | Action::AwaitEndpointConnection { .. } => false,
        }
    }

    fn add_names(&mut self, outputs: &'a Outputs) {
        let names = outputs.0.get(&OutputName::DnsNames);
        self.dns_names.extend(names.into_iter().flatten());
    }
}

struct Found<'a> {
    gone: Gone<'a>,
    plan: &'a Plan,
    around: Around<'a>,
    breaks: Vec<Breakage>,
    unread: Vec<Problem>,
}

impl<'a> Found<'a> {
    /// What else in AWS stands on a step's thing.
    fn behind(&mut self, action: &'a Action, outputs: &'a Outputs, asked: bool) {
        match action {
            Action::CreateResourceGateway { .. } => self.other_configurations(),
            Action::CreateResourceConfiguration { .. }
            | Action::CreateConfigurationGroup { .. } => self.attached(),
            Action::UpdateGatewaySecurityGroups {
                gateway_id,
                security_group_ids,
                previous_security_group_ids,
            } => self.groups_back(gateway_id, security_group_ids, previous_security_group_ids),

            Action::UpdateMskConnectivity {
                schemes, previous, ..
            } => self.connectivity_off(*schemes, *previous, asked),
            Action::AllowInClusterPolicy { principal, .. } => self.let_in_no_more(principal),

            Action::CreateTargetGroup { .. } => self.other_load_balancers(outputs),
            Action::CreateLoadBalancer { .. } => self.other_services(outputs),
            Action::EnableCrossZone { load_balancer } => self.settings_back(
                load_balancer,
                "Traffic to it reaches only the targets of the zone that it came in again.",
            ),
            Action::StopEnforcingInboundRules { load_balancer, .. } => self.settings_back(
                load_balancer,
                "Inbound rules count for PrivateLink traffic to it again, and may not let it through.",
            ),
            Action::CreateEndpointService { .. } => self.connected(outputs),
            Action::AllowPrincipal { service, principal } => self.principal_off(service, principal),
            Action::AddSupportedRegion { service, region } => self.region_off(service, region),

            // What stands on a child, a listener or its targets is told of the whole.
            Action::CreateChildConfiguration { .. }
            | Action::CreateListener { .. }
            | Action::RegisterTargets { .. }
            // What stands on these, ClickHouse tells.
            | Action::CreateResourceShare { .. }
            | Action::CreateReversePrivateEndpoint { .. }
            // Nothing is taken back.
            | Action::AwaitShareAcceptance { .. }
            | Action::AwaitMskConnection { .. }
            | Action::ReadBootstrapBrokers { .. }
            | Action::AwaitDnsRecord { .. }
            | Action::VerifyPrivateDns { .. }
            | Action::AcceptEndpointConnection { .. }
            | Action::AwaitConnectionAcceptance { .. }
            | Action::AwaitEndpointConnection { .. }
            | Action::AwaitEndpointReady { .. } => {}
        }
    }

    /// What was read, or nothing, with the reason kept once.
    fn read<T>(&mut self, observed: &'a Observed<Vec<T>>) -> &'a [T] {
        match observed {
            Observed::Known { value } => value,
            Observed::Unknown { problem } => {
                self.not_read(problem.clone());
                &[]
            }
        }
    }

    fn not_read(&mut self, problem: Problem) {
        if !self.unread.contains(&problem) {
            self.unread.push(problem);
        }
    }

    fn add(&mut self, what: &str, name: String, because: String, inferred: bool) {
        self.breaks.push(Breakage {
            what: what.to_owned(),
            name,
            because,
            inferred,
        });
    }
}

fn name_and_id(name: &str, id: &str) -> String {
    if name.trim().is_empty() {
        id.to_owned()
    } else {
        format!("{name} ({id})")
    }
}
