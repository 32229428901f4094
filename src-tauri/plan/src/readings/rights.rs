//! What each action needs: the IAM actions (or the ClickHouse permission) to carry it out and to undo it.
//!
//! The review shows them step by step. The policy is a reading of its own, with resources and conditions; a
//! test holds the two to each other.
//! Sources: AWS Service Authorization Reference; VPC Lattice, "API permissions"; RAM, "Error:
//! `AccessDeniedException`" (what sharing takes); security scopes of the Cloud API's specification.

use crate::step::{Action, Definition};

/// What creating and deleting in ClickHouse needs.
const MANAGE_CLICKPIPES: &str = "control-plane:service:manage-clickpipes";

const UPDATE_GATEWAY: &[&str] = &[
    "vpc-lattice:UpdateResourceGateway",
    "vpc-lattice:GetResourceGateway",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeNetworkInterfaces",
];

/// What the call, the wait after it and the look for its result after a lost answer need.
pub fn to_apply(action: &Action) -> Vec<&'static str> {
    match action {
        Action::CreateResourceGateway { .. } => vec![
            "vpc-lattice:CreateResourceGateway",
            "vpc-lattice:TagResource",
            "vpc-lattice:GetResourceGateway",
            "vpc-lattice:ListResourceGateways",
            "vpc-lattice:ListTagsForResource",
            "ec2:DescribeVpcs",
            "ec2:DescribeSubnets",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeNetworkInterfaces",
            "iam:CreateServiceLinkedRole",
        ],
        Action::CreateResourceConfiguration { definition, .. } => {
            let mut rights = vec![
                "vpc-lattice:CreateResourceConfiguration",
                "vpc-lattice:TagResource",
                "vpc-lattice:GetResourceConfiguration",
                "vpc-lattice:ListResourceConfigurations",
                "vpc-lattice:ListTagsForResource",
                "ec2:DescribeSubnets",
            ];
            if let Definition::Database { .. } = definition {
                rights.extend(["rds:DescribeDBClusters", "rds:DescribeDBInstances"]);
            }
            rights
        }
        Action::CreateResourceShare { .. } => vec![
            "ram:CreateResourceShare",
            "ram:AssociateResourceShare",
            "ram:TagResource",
            "vpc-lattice:PutResourcePolicy",
            "ram:GetResourceShares",
            "ram:GetResourceShareAssociations",
        ],
        Action::CreateReversePrivateEndpoint { .. } => vec![MANAGE_CLICKPIPES],
        Action::AwaitShareAcceptance { .. } => vec!["ram:GetResourceShareAssociations"],
        Action::UpdateGatewaySecurityGroups { .. } => UPDATE_GATEWAY.to_vec(),
        _ => unimplemented!("NOT WRITTEN YET"),
    }
}

/// What taking it back needs, the look at whether it is gone included.
pub fn to_undo(action: &Action) -> Vec<&'static str> {
    match action {
        Action::CreateResourceGateway { .. } => vec![
            "vpc-lattice:DeleteResourceGateway",
            "vpc-lattice:GetResourceGateway",
        ],
        Action::CreateResourceConfiguration { .. } => vec![
            "vpc-lattice:DeleteResourceConfiguration",
            "vpc-lattice:GetResourceConfiguration",
            "ram:GetResourceShareAssociations",
            "ram:GetResourceShares",
            "vpc-lattice:ListResourceEndpointAssociations",
            "vpc-lattice:DeleteResourceEndpointAssociation",
        ],
        Action::CreateResourceShare { .. } => {
            vec!["ram:DeleteResourceShare", "ram:GetResourceShares"]
        }
        Action::CreateReversePrivateEndpoint { .. } => vec![MANAGE_CLICKPIPES],
        Action::AwaitShareAcceptance { .. } => Vec::new(),
        Action::UpdateGatewaySecurityGroups { .. } => UPDATE_GATEWAY.to_vec(),
        _ => unimplemented!("NOT WRITTEN YET"),
    }
}
