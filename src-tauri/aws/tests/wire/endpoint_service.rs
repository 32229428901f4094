//! The way through a load balancer and an endpoint service: its actions, its connections, its discovery.

mod changes;
mod connections;
mod faults;
mod making;
mod private_dns;
mod reading;
mod reading_faults;

use std::net::Ipv4Addr;

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::step::{Action, Input, OutputName, Outputs, TargetAddress};

use crate::support::{GROUP, SUBNET_A, SUBNET_B, VPC, World, run};

/// Load balancers and services of the default scenario.
pub(crate) const CRM: &str = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/crm-postgres/06deafa64cbdff4e";
pub(crate) const CRM_GROUP: &str = "sg-0180fc1c8ed218197";
pub(crate) const LEDGER: &str = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/ledger-on-premises/0cdf953194c78c8c";
pub(crate) const CLICKSTREAM_SERVICE: &str = "vpce-svc-0ac96217ca67dcb4a";
pub(crate) const BILLING_SERVICE: &str = "vpce-svc-067154570d6ca8c45";
pub(crate) const REPORTS_SERVICE: &str = "vpce-svc-0fc9b2f14c374eb45";
/// What waits to be accepted by the billing service.
pub(crate) const BILLING_PENDING: &str = "vpce-0b51e202b00246dbf";
pub(crate) const BILLING_FOREIGN: &str = "vpce-0c218fdacbc38e741";

pub(crate) fn target_group(name: &str) -> Action {
    Action::CreateTargetGroup {
        name: name.to_owned(),
        port: 5432,
        vpc_id: VPC.to_owned(),
    }
}

pub(crate) fn load_balancer(name: &str, security_group_ids: &[&str]) -> Action {
    Action::CreateLoadBalancer {
        name: name.to_owned(),
        subnet_ids: vec![SUBNET_A.to_owned(), SUBNET_B.to_owned()],
        security_group_ids: security_group_ids.iter().map(ToString::to_string).collect(),
    }
}

pub(crate) fn given(outputs: &Outputs, name: OutputName) -> Input {
    Input::literal(outputs.one(name).unwrap())
}

pub(crate) fn cross_zone(arn: Input) -> Action {
    Action::EnableCrossZone { load_balancer: arn }
}

pub(crate) fn not_enforcing(arn: Input, groups: &[&str]) -> Action {
    Action::StopEnforcingInboundRules {
        load_balancer: arn,
        security_group_ids: groups.iter().map(ToString::to_string).collect(),
    }
}

pub(crate) fn listener(balancer: &Outputs, group: &Outputs) -> Action {
    Action::CreateListener {
        load_balancer: given(balancer, OutputName::LoadBalancerArn),
        port: 5432,
        target_group: given(group, OutputName::TargetGroupArn),
    }
}

/// The CRM's database, which lets in whoever is in its VPC.
pub(crate) fn targets(group: &Outputs) -> Action {
    Action::RegisterTargets {
        target_group: given(group, OutputName::TargetGroupArn),
        targets: vec![TargetAddress {
            address: Ipv4Addr::new(10, 20, 3, 10),
            port: 5432,
            outside_vpc: false,
        }],
    }
}

pub(crate) fn service(name: &str, balancer: &Outputs) -> Action {
    Action::CreateEndpointService {
        name: name.to_owned(),
        load_balancers: vec![given(balancer, OutputName::LoadBalancerArn)],
        supported_regions: Vec::new(),
        private_dns_name: None,
    }
}

pub(crate) fn principal(service: Input) -> Action {
    Action::AllowPrincipal {
        service,
        principal: CLICKPIPES_ACCOUNT.to_owned(),
    }
}

pub(crate) fn region(service: Input, region: &str) -> Action {
    Action::AddSupportedRegion {
        service,
        region: region.to_owned(),
    }
}

pub(crate) fn accept(service: Input, endpoint: &str) -> Action {
    Action::AcceptEndpointConnection {
        service,
        endpoint: Input::literal(endpoint),
        owner: CLICKPIPES_ACCOUNT.to_owned(),
    }
}

/// Everything of one set-up, each of it usable: the action with what it made, in order.
pub(crate) async fn made(world: &World, name: &str) -> Vec<(Action, Outputs)> {
    let run = run(1);
    let mut steps = Vec::new();
    let mut make = async |action: Action| {
        let outputs = world.make(&action, &run).await;
        steps.push((action, outputs.clone()));
        outputs
    };
    let group = make(target_group(name)).await;
    let balancer = make(load_balancer(name, &[GROUP])).await;
    let arn = || given(&balancer, OutputName::LoadBalancerArn);
    make(cross_zone(arn())).await;
    make(not_enforcing(arn(), &[GROUP])).await;
    make(listener(&balancer, &group)).await;
    make(targets(&group)).await;
    let service = make(service(name, &balancer)).await;
    let id = || given(&service, OutputName::EndpointServiceId);
    make(principal(id())).await;
    make(region(id(), "us-west-2")).await;
    steps
}
