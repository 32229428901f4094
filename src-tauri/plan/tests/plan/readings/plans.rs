//! Plans of MSK multi-VPC and endpoint services, built by hand in each of the shapes that planning gives them.

mod balanced;
mod outputs;
mod standing;

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::step::{
    Action, EndpointTarget, Engine, MskAuthentication, MultiVpcSchemes, PathKind, Plan, SourceRef,
    Step, StepId, Target, Used,
};

use crate::facts::*;

pub(crate) use balanced::{Balanced, balanced, brokers, brokers_like, kafka_by_ports};
pub(crate) use outputs::{outputs, vpc_endpoint};
pub(crate) use standing::{BALANCER, SERVICE_ID, on_load_balancer, on_service};

pub(crate) const CLUSTER: &str = "arn:aws:kafka:us-east-1:111122223333:cluster/clicks/1f0c-2";

fn step(id: &str, action: Action) -> Step {
    Step {
        id: StepId(id.to_owned()),
        action,
    }
}

fn plan(path: PathKind, source: SourceRef, uses: Vec<Used>, steps: Vec<Step>) -> Plan {
    Plan {
        path,
        account_id: ACCOUNT.to_owned(),
        region: REGION.to_owned(),
        source,
        uses,
        steps,
    }
}

fn schemes(iam: bool, scram: bool) -> MultiVpcSchemes {
    MultiVpcSchemes {
        iam,
        scram,
        tls: false,
    }
}

/// Multi-VPC connectivity and policy are changed, the endpoint is made.
pub(crate) fn msk() -> Plan {
    cluster(
        MskAuthentication::SaslScram,
        vec![connectivity(), policy(), cluster_endpoint()],
    )
}

/// The same, with the endpoint made by hand.
pub(crate) fn msk_by_hand() -> Plan {
    let connection = step(
        "connection",
        Action::AwaitMskConnection {
            cluster_arn: CLUSTER.to_owned(),
            authentication: MskAuthentication::SaslScram,
            owner: CLICKPIPES_ACCOUNT.to_owned(),
        },
    );
    cluster(
        MskAuthentication::SaslScram,
        vec![connectivity(), policy(), connection],
    )
}

/// Connectivity is on and the policy lets ClickPipes in already.
pub(crate) fn msk_already_on() -> Plan {
    let mut endpoint = cluster_endpoint();
    if let Action::CreateReversePrivateEndpoint { to, .. } = &mut endpoint.action {
        *to = EndpointTarget::MskMultiVpc {
            cluster_arn: CLUSTER.to_owned(),
            authentication: MskAuthentication::SaslIam,
        };
    }
    cluster(MskAuthentication::SaslIam, vec![endpoint])
}

fn cluster(authentication: MskAuthentication, mut steps: Vec<Step>) -> Plan {
    steps.push(step(
        "bootstrap",
        Action::ReadBootstrapBrokers {
            cluster_arn: CLUSTER.to_owned(),
            authentication,
        },
    ));
    plan(
        PathKind::MskMultiVpc,
        cluster_source(14001),
        Vec::new(),
        steps,
    )
}

fn cluster_source(port: u16) -> SourceRef {
    SourceRef {
        target: Target::MskCluster {
            arn: CLUSTER.to_owned(),
        },
        name: "clicks".to_owned(),
        engine: Engine::Kafka,
        port,
        tls_host: None,
        vpc_id: VPC.to_owned(),
        schema_registry: None,
    }
}

fn connectivity() -> Step {
    step(
        "connectivity",
        Action::UpdateMskConnectivity {
            cluster_arn: CLUSTER.to_owned(),
            schemes: schemes(true, true),
            previous: schemes(true, false),
        },
    )
}

fn policy() -> Step {
    step(
        "policy",
        Action::AllowInClusterPolicy {
            cluster_arn: CLUSTER.to_owned(),
            principal: CLICKPIPES_ACCOUNT.to_owned(),
        },
    )
}

fn cluster_endpoint() -> Step {
    step(
        "endpoint",
        Action::CreateReversePrivateEndpoint {
            organization_id: ORGANIZATION.to_owned(),
            service_id: SERVICE.to_owned(),
            description: "clicks".to_owned(),
            to: EndpointTarget::MskMultiVpc {
                cluster_arn: CLUSTER.to_owned(),
                authentication: MskAuthentication::SaslScram,
            },
            private_dns: Vec::new(),
        },
    )
}
