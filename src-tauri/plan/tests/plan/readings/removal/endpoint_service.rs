//! What breaks, or stands in the way, where load balancers and endpoint services go.

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::facts::load_balancing::{
    EndpointConnection, EndpointService, LoadBalancingFacts, TargetGroup,
};
use pipelink_plan::problem::Problem;
use pipelink_plan::step::{OutputName, Plan};

use super::super::made_by;
use super::super::plans::{self, Balanced};
use super::around::{Around, done, own_endpoint};
use super::{names, render};
use crate::facts::*;

fn service(id: &str, balancer: &str, connections: Vec<EndpointConnection>) -> EndpointService {
    EndpointService {
        id: id.to_owned(),
        service_name: format!("com.amazonaws.vpce.us-east-1.{id}"),
        name: None,
        state: "Available".to_owned(),
        acceptance_required: true,
        load_balancer_arns: vec![balancer.to_owned()],
        zones: Vec::new(),
        zone_ids: Vec::new(),
        supported_regions: Vec::new(),
        private_dns: None,
        principals: known(Vec::new()),
        connections: known(connections),
    }
}

fn connection(endpoint: &str, owner: &str, state: &str) -> EndpointConnection {
    EndpointConnection {
        service_id: String::new(),
        vpc_endpoint_id: endpoint.to_owned(),
        owner: Some(owner.to_owned()),
        region: Some("eu-central-1".to_owned()),
        state: state.to_owned(),
        created_at: None,
    }
}

/// The connection of the run's own endpoint.
fn own_connection() -> EndpointConnection {
    connection(&plans::vpc_endpoint("0"), CLICKPIPES_ACCOUNT, "available")
}

fn with(services: Vec<EndpointService>) -> Around {
    let mut around = Around::nothing();
    around.load_balancing = Some(LoadBalancingFacts {
        load_balancers: known(Vec::new()),
        target_groups: known(Vec::new()),
        endpoint_services: known(services),
    });
    around
}

/// What the plan's steps made of a kind.
fn own(plan: &Plan, name: OutputName) -> String {
    made_by(plan)
        .values()
        .find_map(|it| it.one(name).map(str::to_owned))
        .unwrap()
}

#[test]
fn a_live_connection_stands_in_the_way_of_the_service() {
    let plan = plans::balanced(Balanced::default());
    let id = own(&plan, OutputName::EndpointServiceId);
    let balancer = own(&plan, OutputName::LoadBalancerArn);
    let connections = vec![
        own_connection(),
        connection("vpce-pasted", CLICKPIPES_ACCOUNT, "pendingAcceptance"),
        connection("vpce-foreign", "444455556666", "Available"),
        connection("vpce-rejected", "444455556666", "rejected"),
    ];
    let mut around = with(vec![
        service(&id, &balancer, connections),
        service("vpce-svc-other", &balancer, Vec::new()),
        service("vpce-svc-elsewhere", plans::BALANCER, Vec::new()),
    ]);
    around.load_balancing.as_mut().unwrap().target_groups = known(vec![TargetGroup {
        arn: own(&plan, OutputName::TargetGroupArn),
        name: "orders".to_owned(),
        protocol: "TCP".to_owned(),
        port: Some(5432),
        target_type: "ip".to_owned(),
        vpc_id: None,
        load_balancer_arns: vec![balancer, plans::BALANCER.to_owned()],
        preserves_client_ip: known(None),
        targets: known(Vec::new()),
    }]);
    let mut pasted = own_endpoint();
    pasted.id = "pasted".to_owned();
    pasted.resource_configuration_id = None;
    pasted.endpoint_service_name = Some(own(&plan, OutputName::EndpointServiceName));
    all(&mut around.endpoints).push(pasted);
    around.add_pipe("through the pasted one", Some("pasted"), None);
    around.add_pipe("elsewhere", Some("elsewhere"), None);
    insta::assert_snapshot!("service_breaks", render(&around.removal(&done(plan))));
}

/// Nobody has deleted the endpoint that was made by hand: AWS does not delete the service then.
#[test]
fn an_endpoint_made_by_hand_stands_in_the_way() {
    let plan = plans::balanced(Balanced {
        key: false,
        ..Balanced::default()
    });
    let id = own(&plan, OutputName::EndpointServiceId);
    let around = with(vec![service(&id, "other", vec![own_connection()])]);
    let removal = around.removal(&done(plan));
    assert_eq!(names(&removal), [plans::vpc_endpoint("0")]);
    assert!(removal.breaks[0].because.contains("would stop there"));
}

#[test]
fn settings_that_go_back_may_break_what_is_on_them() {
    let around = with(vec![service(
        plans::SERVICE_ID,
        plans::BALANCER,
        vec![
            own_connection(),
            connection("vpce-pasted", CLICKPIPES_ACCOUNT, "available"),
            connection("vpce-foreign", "444455556666", "available"),
        ],
    )]);
    let mut text = String::new();
    for plan in [plans::on_load_balancer(), plans::on_service()] {
        text.push_str(&render(&around.removal(&done(plan))));
        text.push('\n');
    }
    insta::assert_snapshot!("settings_back", text);
}

#[test]
fn services_that_were_not_read_may_break() {
    let mut around = Around::nothing();
    around.load_balancing = None;
    for (plan, unread) in [
        (plans::balanced(Balanced::default()), 1),
        (plans::on_service(), 1),
        (plans::msk(), 0),
    ] {
        let found = around.removal(&done(plan)).unread;
        assert_eq!(found.len(), unread);
        let not_asked = |it: &Problem| matches!(it, Problem::NotAsked { .. });
        assert!(found.iter().all(not_asked));
    }
    let mut around = with(Vec::new());
    around.load_balancing.as_mut().unwrap().endpoint_services =
        denied("ec2:DescribeVpcEndpointServiceConfigurations");
    let plan = plans::balanced(Balanced::default());
    assert_eq!(around.removal(&done(plan)).unread.len(), 1);
}
