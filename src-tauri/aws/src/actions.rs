//! Actions: what each one means in AWS, from making through finding again and watching to removing.
//!
//! Owns the dispatch over the plan's closed enum, exhaustively, so that a new action does not compile before AWS has
//! its answer to it: which service an action is the work of. The five verbs of each work are in that service's file
//! here, and the calls themselves in the services' own.

mod endpoint_services;
mod lattice;
mod load_balancing;
mod msk;
mod shares;

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{Action, Input, OutputName, Outputs};

use crate::endpoint_services::{ExpectedConnection, NewService};
use crate::lattice::{GroupChange, NewConfiguration, NewGateway, NewKind};
use crate::load_balancing::{InboundRules, NewListener, NewLoadBalancer, NewTargetGroup};
use crate::msk::SchemeChange;
use crate::session::Aws;

/// An action as the work of one service.
enum Work<'a> {
    Lattice(lattice::Work<'a>),
    Shares(shares::Work<'a>),
    Msk(msk::Work<'a>),
    LoadBalancing(load_balancing::Work<'a>),
    EndpointServices(endpoint_services::Work<'a>),
}

impl Aws {
    /// Carries out an action whose inputs are all literals, and answers what it made.
    ///
    /// What is made carries the run's ID in the tag [`pipelink_plan::RUN_TAG`]. The same token again, within
    /// the time AWS remembers it, answers the same thing and makes no second one; where a service has no tokens,
    /// what the run made already is looked for first, and is the answer. A name that somebody else has is a
    /// `Conflict`. Waiting actions make nothing. What is changed is not made, so that it gets no tag; sending a
    /// change again is safe without a token, and where somebody else has changed the same in the meantime it is a
    /// `Conflict`. Where it is as wanted already, nothing is sent, and the answer has no outputs: it is not the
    /// caller's to take back. Whether what was made can be used yet, [`Aws::progress`] tells.
    pub async fn perform(
        &self,
        action: &Action,
        run: &RunId,
        token: &str,
    ) -> Result<Outputs, Problem> {
        let operation = action.operation();
        tracing::info!(operation, %run, "calling");
        let answer = match work(action)? {
            Work::Lattice(work) => Box::pin(work.perform(self, run, token)).await,
            Work::Shares(work) => Box::pin(work.perform(self, run, token)).await,
            Work::Msk(work) => Box::pin(work.perform(self, run)).await,
            Work::LoadBalancing(work) => Box::pin(work.perform(self, run)).await,
            Work::EndpointServices(work) => Box::pin(work.perform(self, run, token)).await,
        };
        match &answer {
            Ok(outputs) => tracing::info!(operation, %run, ?outputs, "answered"),
            Err(problem) => tracing::warn!(operation, %run, %problem, "not answered with success"),
        }
        answer
    }

    /// Looks for what an action of this run made, after its answer was lost: by the run's ID in the tag, or, for
    /// what was changed, by what it was to be changed to.
    ///
    /// `None` right after the call may only mean that AWS does not list it yet. Waiting actions make
    /// nothing, so there is nothing to miss: they answer empty outputs.
    pub async fn find(&self, action: &Action, run: &RunId) -> Result<Option<Outputs>, Problem> {
        match work(action)? {
            Work::Lattice(work) => Box::pin(work.find(self, run)).await,
            Work::Shares(work) => Box::pin(work.find(self, run)).await,
            Work::Msk(work) => Box::pin(work.find(self, run)).await,
            Work::LoadBalancing(work) => Box::pin(work.find(self, run)).await,
            Work::EndpointServices(work) => Box::pin(work.find(self, run)).await,
        }
    }

    /// One look at whether what an action made can be used yet.
    pub async fn progress(&self, action: &Action, outputs: &Outputs) -> Result<Progress, Problem> {
        let made = Made { action, outputs };
        match work(action)? {
            Work::Lattice(work) => Box::pin(work.progress(self, made)).await,
            Work::Shares(work) => Box::pin(work.progress(self, made)).await,
            Work::Msk(work) => Box::pin(work.progress(self, made)).await,
            Work::LoadBalancing(work) => Box::pin(work.progress(self, made)).await,
            Work::EndpointServices(work) => Box::pin(work.progress(self, made)).await,
        }
    }

    /// Asks AWS to remove what an action of this run made, or to change back what it changed. `Ok` means that it is
    /// on its way or done already; [`Aws::removed`] tells when it is done. A dependant that is still there is a
    /// `Conflict`, and so is a change that somebody else has made on top: it is never overwritten. A load balancer,
    /// a target group or an endpoint service that does not carry the run's ID is `Refused`. What is gone
    /// already may be an `AccessDenied` (docs/ASSUMPTIONS.md), and what there is nothing to change back in is
    /// `NotFound`: only time tells it from what is not shown.
    pub async fn remove(
        &self,
        action: &Action,
        run: &RunId,
        outputs: &Outputs,
    ) -> Result<(), Problem> {
        let made = Made { action, outputs };
        tracing::info!(of = action.operation(), %run, ?outputs, "taking back");
        match work(action)? {
            Work::Lattice(work) => Box::pin(work.remove(self, made)).await,
            Work::Shares(work) => Box::pin(work.remove(self, made)).await,
            Work::Msk(work) => Box::pin(work.remove(self, made)).await,
            Work::LoadBalancing(work) => Box::pin(work.remove(self, run, made)).await,
            Work::EndpointServices(work) => Box::pin(work.remove(self, run, made)).await,
        }
    }

    /// Whether what an action made is really gone, or what it changed is as it was. `EndedIn` where AWS could
    /// not do it.
    pub async fn removed(&self, action: &Action, outputs: &Outputs) -> Result<bool, Problem> {
        let made = Made { action, outputs };
        match work(action)? {
            Work::Lattice(work) => Box::pin(work.removed(self, made)).await,
            Work::Shares(work) => Box::pin(work.removed(self, made)).await,
            Work::Msk(work) => Box::pin(work.removed(self, made)).await,
            Work::LoadBalancing(work) => Box::pin(work.removed(self, made)).await,
            Work::EndpointServices(work) => Box::pin(work.removed(self, made)).await,
        }
    }
}

/// Whose work an action is.
fn work(action: &Action) -> Result<Work<'_>, Problem> {
    use endpoint_services::Work as Services;
    use lattice::Work as Lattice;
    use load_balancing::Work as Balancing;
    use msk::Work as Msk;
    use shares::Work as Shares;
    Ok(match action {
        Action::CreateResourceGateway {
            name,
            vpc_id,
            subnet_ids,
            security_group_ids,
            dns_resolution,
        } => Work::Lattice(Lattice::Gateway(NewGateway {
            name,
            vpc_id,
            subnet_ids,
            security_group_ids,
            dns_resolution: *dns_resolution,
        })),
        Action::CreateResourceConfiguration {
            name,
            gateway,
            definition,
        } => Work::Lattice(Lattice::Configuration(NewConfiguration {
            name,
            kind: NewKind::Alone {
                gateway_id: literal(gateway)?,
                definition,
            },
        })),
        Action::CreateConfigurationGroup {
            name,
            gateway,
            ports,
        } => Work::Lattice(Lattice::Configuration(NewConfiguration {
            name,
            kind: NewKind::Group {
                gateway_id: literal(gateway)?,
                ports,
            },
        })),
        Action::CreateChildConfiguration {
            name,
            group,
            definition,
        } => Work::Lattice(Lattice::Configuration(NewConfiguration {
            name,
            kind: NewKind::Child {
                group_id: literal(group)?,
                definition,
            },
        })),
        Action::UpdateGatewaySecurityGroups {
            gateway_id,
            security_group_ids: to,
            previous_security_group_ids: from,
        } => Work::Lattice(Lattice::Groups(GroupChange::new(gateway_id, from, to))),
        Action::CreateResourceShare {
            name,
            resource,
            principal,
        } => Work::Shares(Shares::Share {
            name,
            resource_arn: literal(resource)?,
            principal,
        }),
        Action::AwaitShareAcceptance {
            share, principal, ..
        } => Work::Shares(Shares::Acceptance {
            share_arn: literal(share)?,
            principal,
        }),

        Action::UpdateMskConnectivity {
            cluster_arn,
            schemes: to,
            previous: from,
        } => Work::Msk(Msk::Connectivity(SchemeChange::new(
            cluster_arn,
            *from,
            *to,
        ))),
        Action::AllowInClusterPolicy {
            cluster_arn,
            principal,
        } => Work::Msk(Msk::Policy {
            cluster_arn,
            principal,
        }),
        Action::AwaitMskConnection {
            cluster_arn,
            authentication,
            owner,
        } => Work::Msk(Msk::Connection {
            cluster_arn,
            authentication: *authentication,
            owner,
        }),
        Action::ReadBootstrapBrokers {
            cluster_arn,
            authentication,
        } => Work::Msk(Msk::Bootstrap {
            cluster_arn,
            authentication: *authentication,
        }),

        Action::CreateTargetGroup { name, port, vpc_id } => {
            Work::LoadBalancing(Balancing::TargetGroup(NewTargetGroup {
                name,
                port: *port,
                vpc_id,
            }))
        }
        Action::CreateLoadBalancer {
            name,
            subnet_ids,
            security_group_ids,
        } => Work::LoadBalancing(Balancing::LoadBalancer(NewLoadBalancer {
            name,
            subnet_ids,
            security_group_ids,
        })),
        Action::EnableCrossZone { load_balancer } => {
            Work::LoadBalancing(Balancing::CrossZone(literal(load_balancer)?))
        }
        Action::StopEnforcingInboundRules {
            load_balancer,
            security_group_ids,
        } => Work::LoadBalancing(Balancing::InboundRules(InboundRules {
            load_balancer_arn: literal(load_balancer)?,
            security_group_ids,
        })),
        Action::CreateListener {
            load_balancer,
            port,
            target_group,
        } => Work::LoadBalancing(Balancing::Listener(NewListener {
            load_balancer_arn: literal(load_balancer)?,
            port: *port,
            target_group_arn: literal(target_group)?,
        })),
        Action::RegisterTargets {
            target_group,
            targets,
        } => Work::LoadBalancing(Balancing::Targets {
            target_group_arn: literal(target_group)?,
            targets,
        }),

        Action::CreateEndpointService {
            name,
            load_balancers,
            supported_regions,
            private_dns_name,
        } => Work::EndpointServices(Services::Service(NewService {
            name,
            load_balancer_arns: load_balancers
                .iter()
                .map(literal)
                .collect::<Result<_, _>>()?,
            supported_regions,
            private_dns_name: private_dns_name.as_deref(),
        })),
        Action::AllowPrincipal { service, principal } => {
            Work::EndpointServices(Services::Principal {
                service_id: literal(service)?,
                account_id: principal,
            })
        }
        Action::AddSupportedRegion { service, region } => {
            Work::EndpointServices(Services::Region {
                service_id: literal(service)?,
                region,
            })
        }
        Action::VerifyPrivateDns { service, .. } => {
            Work::EndpointServices(Services::Verification(literal(service)?))
        }
        Action::AcceptEndpointConnection {
            service,
            endpoint,
            owner,
        } => Work::EndpointServices(Services::Accept(ExpectedConnection {
            service_id: literal(service)?,
            vpc_endpoint_id: literal(endpoint)?,
            owner,
        })),
        Action::AwaitConnectionAcceptance {
            service,
            endpoint,
            owner,
        } => Work::EndpointServices(Services::Acceptance(ExpectedConnection {
            service_id: literal(service)?,
            vpc_endpoint_id: literal(endpoint)?,
            owner,
        })),
        Action::AwaitEndpointConnection {
            service,
            owner,
            known,
            ..
        } => Work::EndpointServices(Services::OwnersConnection {
            service_id: literal(service)?,
            owner,
            known,
        }),

        Action::AwaitDnsRecord { .. }
        | Action::CreateReversePrivateEndpoint { .. }
        | Action::AwaitEndpointReady { .. } => {
            return Err(Problem::Internal {
                message: format!("{} is not a call of AWS", action.operation()),
            });
        }
    })
}

/// What an action made, to be looked at or taken back.
#[derive(Clone, Copy)]
struct Made<'a> {
    action: &'a Action,
    outputs: &'a Outputs,
}

impl<'a> Made<'a> {
    fn one(self, name: OutputName) -> Result<&'a str, Problem> {
        self.outputs.one(name).ok_or_else(|| Problem::Internal {
            message: format!(
                "{} has no {name:?} among its outputs",
                self.action.operation()
            ),
        })
    }
}

fn literal(input: &Input) -> Result<&str, Problem> {
    input.value().ok_or_else(|| Problem::Internal {
        message: "an action was handed over before its inputs were known".to_owned(),
    })
}
