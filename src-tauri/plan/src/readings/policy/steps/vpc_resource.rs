//! The writes of the VPC resource path.
//!
//! Sources: AWS Service Authorization Reference (actions, resource types, condition keys); VPC Lattice, "API
//! permissions"; RAM, "Example IAM policies" (principals and resources of a share are authorized one by one, so
//! their keys are not in every request: `...IfExists`) and "Error: `AccessDeniedException`" (sharing takes
//! `AssociateResourceShare` and the owning service's right to put a policy); Bedrock, "Knowledge base IAM role
//! permissions", an AWS policy for these same calls, scoped by tag. VPC Lattice's page also names EC2's writes on
//! network interfaces; AWS's own `VPCLatticeFullAccess` grants none, since the service-linked role makes them.

use serde_json::json;

use super::{deleting, service_linked_role, undoing, writing};
use crate::readings::policy::statement::Statement;
use crate::step::{Input, Plan};

/// RAM's name of the type.
const CONFIGURATION_TYPE: &str = "vpc-lattice:ResourceConfiguration";

const UPDATE_GATEWAY: &[&str] = &["vpc-lattice:UpdateResourceGateway"];

pub(super) fn gateway(plan: &Plan, vpc_id: &str) -> Vec<Statement> {
    vec![
        writing(
            "ApplyGateway",
            "To create the gateway, in this VPC only.",
            &["vpc-lattice:CreateResourceGateway"],
        )
        .on([gateways(plan)])
        .tagging()
        .when("StringEquals", "vpc-lattice:VpcId", json!(vpc_id)),
        tags(&["vpc-lattice:TagResource"], gateways(plan)),
        service_linked_role(
            plan,
            "ApplyServiceLinkedRole",
            "Only the first time in an account: VPC Lattice acts in the VPC through a role of its own.",
            "vpc-lattice.amazonaws.com",
            "AWSServiceRoleForVpcLattice",
        ),
        find_again(),
    ]
}

/// A child is authorised on its group, which is a configuration as well.
pub(super) fn configuration(plan: &Plan, gateway: Option<&Input>) -> Vec<Statement> {
    let on = gateway.map(|gateway| match gateway.value() {
        Some(id) => lattice(plan, "resourcegateway", id),
        None => gateways(plan),
    });
    vec![
        writing(
            "ApplyConfiguration",
            "To create the configuration on the gateway.",
            &["vpc-lattice:CreateResourceConfiguration"],
        )
        .on([configurations(plan)])
        .on(on)
        .tagging(),
        tags(&["vpc-lattice:TagResource"], configurations(plan)),
        find_again(),
    ]
}

pub(super) fn share(plan: &Plan, resource: &Input, principal: &str) -> Vec<Statement> {
    let shared = match resource.value() {
        Some(arn) => arn.to_owned(),
        None => configurations(plan),
    };
    let ends = |statement: Statement| {
        statement
            .when(
                "StringEqualsIfExists",
                "ram:RequestedResourceType",
                json!(CONFIGURATION_TYPE),
            )
            .when("StringEqualsIfExists", "ram:Principal", json!(principal))
            .when("ArnLikeIfExists", "ram:ResourceArn", json!(shared))
    };
    let policy = writing(
        "ApplySharePolicy",
        "RAM puts the policy of the share on the configuration with your right to do so.",
        &["vpc-lattice:PutResourcePolicy"],
    )
    .on([shared.clone()]);
    vec![
        ends(
            writing(
                "ApplyShare",
                "To share a configuration, and nothing else, with ClickPipes' account, and no other.",
                &["ram:CreateResourceShare"],
            )
            .tagging(),
        ),
        ends(
            writing(
                "ApplyShareEnds",
                "To put the configuration and the account into the share as it is created.",
                &["ram:AssociateResourceShare"],
            )
            .on([shares(plan)])
            .tagged(),
        ),
        tags(&["ram:TagResource"], shares(plan)),
        match resource {
            // One that was there before does not carry a tag of ours; its ARN says enough.
            Input::Literal { .. } => policy,
            Input::Output { .. } => policy.tagged(),
        },
    ]
}

pub(super) fn gateway_groups(
    plan: &Plan,
    gateway_id: &str,
    security_group_ids: &[String],
) -> Vec<Statement> {
    vec![
        writing(
            "ApplyGatewayGroups",
            "To give the gateway these security groups, and no others.",
            UPDATE_GATEWAY,
        )
        .on([lattice(plan, "resourcegateway", gateway_id)])
        .groups(security_group_ids),
    ]
}

pub(super) fn undo_gateway(plan: &Plan) -> Vec<Statement> {
    vec![deleting(
        &["vpc-lattice:DeleteResourceGateway"],
        gateways(plan),
    )]
}

pub(super) fn undo_configuration(plan: &Plan) -> Vec<Statement> {
    vec![
        // ClickHouse's endpoint makes the association, so it carries no tag of the run.
        undoing(
            "UndoEndpointAssociation",
            "To detach ClickHouse's endpoint, should it still hang on the configuration.",
            &["vpc-lattice:DeleteResourceEndpointAssociation"],
        )
        .on([lattice(plan, "resourceendpointassociation", "*")]),
        deleting(
            &["vpc-lattice:DeleteResourceConfiguration"],
            configurations(plan),
        ),
    ]
}

pub(super) fn undo_share(plan: &Plan) -> Vec<Statement> {
    vec![deleting(&["ram:DeleteResourceShare"], shares(plan))]
}

pub(super) fn undo_gateway_groups(
    plan: &Plan,
    gateway_id: &str,
    previous: &[String],
) -> Vec<Statement> {
    vec![
        undoing(
            "UndoGatewayGroups",
            "To give the gateway its previous security groups back, and no others.",
            UPDATE_GATEWAY,
        )
        .on([lattice(plan, "resourcegateway", gateway_id)])
        .groups(previous),
    ]
}

/// After a lost answer, what was made is known by its tag.
fn find_again() -> Statement {
    writing(
        "ApplyFindAgain",
        "To find by its tag what the run made, should an answer get lost.",
        &["vpc-lattice:ListTagsForResource"],
    )
}

/// The tag that tells what a run made, set as it is created.
fn tags(actions: &'static [&'static str], on: String) -> Statement {
    writing(
        "ApplyTags",
        "To tag what the run makes with the run's ID as it is created.",
        actions,
    )
    .on([on])
    .only_the_runs_tag()
}

impl Statement {
    /// The request has to name security groups, and these only.
    fn groups(self, ids: &[String]) -> Self {
        self.only("vpc-lattice:SecurityGroupIds", ids)
    }
}

fn gateways(plan: &Plan) -> String {
    lattice(plan, "resourcegateway", "*")
}

fn configurations(plan: &Plan) -> String {
    lattice(plan, "resourceconfiguration", "*")
}

/// The partition is always `aws`: ClickPipes' account is in it, and RAM shares with no other partition.
fn lattice(plan: &Plan, kind: &str, id: &str) -> String {
    format!(
        "arn:aws:vpc-lattice:{}:{}:{kind}/{id}",
        plan.region, plan.account_id
    )
}

fn shares(plan: &Plan) -> String {
    format!(
        "arn:aws:ram:{}:{}:resource-share/*",
        plan.region, plan.account_id
    )
}
