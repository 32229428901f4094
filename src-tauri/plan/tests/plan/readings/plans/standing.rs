//! Plans upon a load balancer or an endpoint service that was there before.

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::step::{Action, EndpointTarget, Input, PathKind, Plan, Step, Used};

use super::balanced::{Balanced, OTHER_REGION, database_source, ends, service};
use super::{plan, step};
use crate::facts::*;

pub(crate) const BALANCER: &str =
    "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/standing/5a1b";
pub(crate) const SERVICE_ID: &str = "vpce-svc-0a0000000000000a1";
const SERVICE_NAME: &str = "com.amazonaws.vpce.us-east-1.vpce-svc-0a0000000000000a1";

/// On a load balancer that is there, with both changes.
pub(crate) fn on_load_balancer() -> Plan {
    let mut steps = changes();
    let made = service("", "orders", Balanced::default());
    steps.extend(made.into_iter().map(|mut step| {
        if let Action::CreateEndpointService { load_balancers, .. } = &mut step.action {
            *load_balancers = vec![Input::literal(BALANCER)];
        }
        step
    }));
    steps.extend(ends("", "orders", Balanced::default(), &[]));
    plan(
        PathKind::EndpointService,
        database_source(),
        vec![standing_balancer()],
        steps,
    )
}

/// On a service that is there and lacks the principal and the region.
pub(crate) fn on_service() -> Plan {
    let id = || Input::literal(SERVICE_ID);
    let mut steps = vec![
        changes().remove(1),
        step(
            "principal",
            Action::AllowPrincipal {
                service: id(),
                principal: CLICKPIPES_ACCOUNT.to_owned(),
            },
        ),
        step(
            "region",
            Action::AddSupportedRegion {
                service: id(),
                region: OTHER_REGION.to_owned(),
            },
        ),
    ];
    for mut end in ends("", "orders", Balanced::default(), &[]) {
        match &mut end.action {
            Action::CreateReversePrivateEndpoint { to, .. } => {
                *to = EndpointTarget::EndpointService {
                    service_name: Input::literal(SERVICE_NAME),
                };
            }
            Action::AcceptEndpointConnection { service, .. } => *service = id(),
            _ => {}
        }
        steps.push(end);
    }
    let service = Used::EndpointService {
        id: SERVICE_ID.to_owned(),
        service_name: SERVICE_NAME.to_owned(),
        name: Some("standing".to_owned()),
        private_dns_name: Some("db.standing.example.com".to_owned()),
    };
    plan(
        PathKind::EndpointService,
        database_source(),
        vec![standing_balancer(), service],
        steps,
    )
}

fn standing_balancer() -> Used {
    Used::LoadBalancer {
        arn: BALANCER.to_owned(),
        name: "standing".to_owned(),
        subnet_ids: vec![SUBNET_A.to_owned(), SUBNET_B.to_owned()],
    }
}

fn changes() -> Vec<Step> {
    vec![
        step(
            "cross-zone",
            Action::EnableCrossZone {
                load_balancer: Input::literal(BALANCER),
            },
        ),
        step(
            "inbound-rules",
            Action::StopEnforcingInboundRules {
                load_balancer: Input::literal(BALANCER),
                security_group_ids: vec![GROUP_GATEWAY.to_owned()],
            },
        ),
    ]
}
