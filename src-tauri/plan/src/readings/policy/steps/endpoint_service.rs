//! The writes of the endpoint service path: on what a run made, known by its tag, or on the one that was there.
//!
//! Sources: AWS Service Authorization Reference (Elastic Load Balancing V2, EC2, `PrivateLink`); Elastic Load Balancing,
//! "API permissions to tag resources during creation" (`elasticloadbalancing:CreateAction`); AWS's
//! `ElasticLoadBalancingFullAccess` (the service-linked role); `PrivateLink`, "Cross-Region access"
//! (`vpce:AllowMultiRegion` with `ec2:VpceSupportedRegion`).

use serde_json::json;

use super::{deleting, service_linked_role, undoing, writing};
use crate::RUN_TAG;
use crate::readings::policy::statement::Statement;
use crate::step::{Input, Plan};

pub(super) fn target_group(plan: &Plan) -> Vec<Statement> {
    vec![
        creating_balancing(
            "ApplyTargetGroup",
            "To create target groups that carry the run's tag.",
            &["elasticloadbalancing:CreateTargetGroup"],
        )
        .on([target_groups(plan)]),
        balancing_tags(target_groups(plan)),
    ]
}

pub(super) fn load_balancer(plan: &Plan, subnet_ids: &[String]) -> Vec<Statement> {
    vec![
        creating_balancing(
            "ApplyLoadBalancer",
            "To create internal load balancers that carry the run's tag, in these subnets only.",
            &["elasticloadbalancing:CreateLoadBalancer"],
        )
        .on([load_balancers(plan)])
        .when(
            "StringEquals",
            "elasticloadbalancing:Scheme",
            json!("internal"),
        )
        .only("elasticloadbalancing:Subnet", subnet_ids),
        balancing_tags(load_balancers(plan)),
        service_linked_role(
            plan,
            "ApplyBalancingRole",
            "Only the first time in an account: Elastic Load Balancing acts in the VPC through a role of its own.",
            "elasticloadbalancing.amazonaws.com",
            "AWSServiceRoleForElasticLoadBalancing",
        ),
    ]
}

pub(super) fn cross_zone(plan: &Plan, load_balancer: &Input) -> Vec<Statement> {
    vec![on_load_balancer(
        plan,
        load_balancer,
        &["elasticloadbalancing:ModifyLoadBalancerAttributes"],
    )]
}

pub(super) fn inbound_rules(plan: &Plan, load_balancer: &Input) -> Vec<Statement> {
    vec![on_load_balancer(
        plan,
        load_balancer,
        &["elasticloadbalancing:SetSecurityGroups"],
    )]
}

pub(super) fn listener(plan: &Plan, load_balancer: &Input) -> Vec<Statement> {
    vec![
        on_load_balancer(
            plan,
            load_balancer,
            &["elasticloadbalancing:CreateListener"],
        ),
        balancing_tags(listeners(plan)),
    ]
}

pub(super) fn targets(plan: &Plan, target_group: &Input) -> Vec<Statement> {
    vec![on_target_group(
        plan,
        target_group,
        &["elasticloadbalancing:RegisterTargets"],
    )]
}

pub(super) fn service(
    plan: &Plan,
    supported_regions: &[String],
    private_dns_name: Option<&str>,
) -> Vec<Statement> {
    let mut create = writing(
        "ApplyService",
        "To create endpoint services that carry the run's tag.",
        &["ec2:CreateVpcEndpointServiceConfiguration"],
    )
    .on([services(plan, "*")])
    .tagging();
    // Not in a request that only asks whether it would be allowed.
    if let Some(name) = private_dns_name {
        create = create.when(
            "StringEqualsIfExists",
            "ec2:VpceServicePrivateDnsName",
            json!(name),
        );
    }
    let tags = writing(
        "ApplyServiceTags",
        "To tag an endpoint service with the run's ID and its name as it is created.",
        &["ec2:CreateTags"],
    )
    .on([services(plan, "*")])
    .when(
        "StringEquals",
        "ec2:CreateAction",
        json!("CreateVpcEndpointServiceConfiguration"),
    )
    .when(
        "ForAllValues:StringEquals",
        "aws:TagKeys",
        json!([RUN_TAG, "Name"]),
    );
    let mut statements = vec![create, tags];
    statements.extend(multi_region(plan, supported_regions));
    statements
}

pub(super) fn principal(plan: &Plan, service: &Input) -> Vec<Statement> {
    vec![on_service(
        plan,
        service,
        &["ec2:ModifyVpcEndpointServicePermissions"],
    )]
}

pub(super) fn region(plan: &Plan, service: &Input, region: &str) -> Vec<Statement> {
    let mut statements = vec![on_service(
        plan,
        service,
        &["ec2:ModifyVpcEndpointServiceConfiguration"],
    )];
    statements.extend(multi_region(plan, &[region.to_owned()]));
    statements
}

pub(super) fn private_dns(plan: &Plan, service: &Input) -> Vec<Statement> {
    vec![on_service(
        plan,
        service,
        &["ec2:StartVpcEndpointServicePrivateDnsVerification"],
    )]
}

pub(super) fn acceptance(plan: &Plan, service: &Input) -> Vec<Statement> {
    vec![on_service(
        plan,
        service,
        &["ec2:AcceptVpcEndpointConnections"],
    )]
}

pub(super) fn acceptance_by_hand(plan: &Plan, service: &Input) -> Statement {
    beside(
        plan,
        service,
        "AcceptConnections",
        "To accept ClickHouse's connection on your word; without it you accept it elsewhere.",
        &["ec2:AcceptVpcEndpointConnections"],
    )
}

pub(super) fn rejection(plan: &Plan, service: &Input) -> Statement {
    beside(
        plan,
        service,
        "RejectConnections",
        "To reject connections that are not ClickHouse's.",
        &["ec2:RejectVpcEndpointConnections"],
    )
}

fn beside(
    plan: &Plan,
    service: &Input,
    sid: &'static str,
    why: &'static str,
    actions: &'static [&'static str],
) -> Statement {
    let statement = writing(sid, why, actions).optional();
    match service.value() {
        None => statement.on([services(plan, "*")]).tagged(),
        Some(id) => statement.on([services(plan, id)]),
    }
}

pub(super) fn undo_target_group(plan: &Plan) -> Vec<Statement> {
    vec![deleting(
        &["elasticloadbalancing:DeleteTargetGroup"],
        target_groups(plan),
    )]
}

pub(super) fn undo_load_balancer(plan: &Plan) -> Vec<Statement> {
    vec![deleting(
        &["elasticloadbalancing:DeleteLoadBalancer"],
        load_balancers(plan),
    )]
}

pub(super) fn undo_listener(plan: &Plan) -> Vec<Statement> {
    vec![deleting(
        &["elasticloadbalancing:DeleteListener"],
        listeners(plan),
    )]
}

pub(super) fn undo_targets(plan: &Plan, target_group: &Input) -> Vec<Statement> {
    const DEREGISTER: &[&str] = &["elasticloadbalancing:DeregisterTargets"];
    match target_group.value() {
        None => vec![deleting(DEREGISTER, target_groups(plan))],
        Some(arn) => vec![
            undoing(
                "UndoTargets",
                "To take the targets out of this target group again.",
                DEREGISTER,
            )
            .on([arn.to_owned()]),
        ],
    }
}

pub(super) fn undo_service(plan: &Plan) -> Vec<Statement> {
    vec![deleting(
        &["ec2:DeleteVpcEndpointServiceConfigurations"],
        services(plan, "*"),
    )]
}

fn creating_balancing(
    sid: &'static str,
    why: &'static str,
    actions: &'static [&'static str],
) -> Statement {
    writing(sid, why, actions).tagging()
}

/// Elastic Load Balancing tells with which creation a tag is set, and so that it is set on nothing else.
fn balancing_tags(on: String) -> Statement {
    writing(
        "ApplyBalancingTags",
        "To tag load balancers, listeners and target groups with the run's ID as they are created.",
        &["elasticloadbalancing:AddTags"],
    )
    .on([on])
    .when(
        "StringEquals",
        "elasticloadbalancing:CreateAction",
        json!(["CreateTargetGroup", "CreateLoadBalancer", "CreateListener"]),
    )
    .when("ForAllValues:StringEquals", "aws:TagKeys", json!([RUN_TAG]))
}

fn on_load_balancer(
    plan: &Plan,
    load_balancer: &Input,
    actions: &'static [&'static str],
) -> Statement {
    match load_balancer.value() {
        None => on_made(actions, load_balancers(plan)),
        Some(arn) => on_standing(actions, arn.to_owned()),
    }
}

fn on_target_group(
    plan: &Plan,
    target_group: &Input,
    actions: &'static [&'static str],
) -> Statement {
    match target_group.value() {
        None => on_made(actions, target_groups(plan)),
        Some(arn) => on_standing(actions, arn.to_owned()),
    }
}

fn on_service(plan: &Plan, service: &Input, actions: &'static [&'static str]) -> Statement {
    match service.value() {
        None => on_made(actions, services(plan, "*")),
        Some(id) => on_standing(actions, services(plan, id)),
    }
}

fn on_made(actions: &'static [&'static str], what: String) -> Statement {
    writing(
        "ApplyOnMade",
        "To set up what a run made, known by its tag, and nothing else; undo takes the settings back.",
        actions,
    )
    .on([what])
    .tagged()
}

fn on_standing(actions: &'static [&'static str], what: String) -> Statement {
    writing(
        "ApplyOnStanding",
        "To change what was there before, and nothing else; undo takes the changes back.",
        actions,
    )
    .on([what])
}

/// Denied unless it is named. The key is not in every request that needs the right: `ForAllValues` holds then, too.
fn multi_region(plan: &Plan, regions: &[String]) -> Option<Statement> {
    (!regions.is_empty()).then(|| {
        writing(
            "ApplyMultiRegion",
            "To let endpoints of the region in which ClickPipes run connect.",
            &["vpce:AllowMultiRegion"],
        )
        .on([services(plan, "*")])
        .when(
            "ForAllValues:StringEquals",
            "ec2:VpceSupportedRegion",
            json!(regions),
        )
    })
}

fn load_balancers(plan: &Plan) -> String {
    balancing(plan, "loadbalancer/net")
}

fn listeners(plan: &Plan) -> String {
    balancing(plan, "listener/net")
}

fn target_groups(plan: &Plan) -> String {
    balancing(plan, "targetgroup")
}

fn balancing(plan: &Plan, kind: &str) -> String {
    format!(
        "arn:aws:elasticloadbalancing:{}:{}:{kind}/*",
        plan.region, plan.account_id
    )
}

fn services(plan: &Plan, id: &str) -> String {
    format!(
        "arn:aws:ec2:{}:{}:vpc-endpoint-service/{id}",
        plan.region, plan.account_id
    )
}
