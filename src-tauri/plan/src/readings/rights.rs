//! What each action needs: the IAM actions (or the ClickHouse permission) to carry it out and to undo it.
//!
//! The review shows them step by step. The policy is a reading of its own, with resources and conditions; a
//! test holds the two to each other.
//! Sources: AWS Service Authorization Reference; VPC Lattice, "API permissions"; RAM, "Error:
//! `AccessDeniedException`" (what sharing takes); AWS's `ElasticLoadBalancingFullAccess` (what a load balancer's
//! creation reads of EC2); `PrivateLink`, "Cross-Region access" (`vpce:AllowMultiRegion`); security scopes of the Cloud
//! API's specification.

use crate::step::{Action, Definition};

/// What creating and deleting in ClickHouse needs.
const MANAGE_CLICKPIPES: &str = "control-plane:service:manage-clickpipes";

/// What a service that endpoints of other regions may connect to needs with each change of it.
const MULTI_REGION: &str = "vpce:AllowMultiRegion";

const UPDATE_GATEWAY: &[&str] = &[
    "vpc-lattice:UpdateResourceGateway",
    "vpc-lattice:GetResourceGateway",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeNetworkInterfaces",
];

const UPDATE_CONNECTIVITY: &[&str] = &[
    "kafka:UpdateConnectivity",
    "kafka:DescribeClusterV2",
    "kafka:ListClusterOperationsV2",
    "kafka:DescribeClusterOperationV2",
    "ec2:DescribeSubnets",
    "ec2:DescribeRouteTables",
];

const CROSS_ZONE: &[&str] = &[
    "elasticloadbalancing:ModifyLoadBalancerAttributes",
    "elasticloadbalancing:DescribeLoadBalancerAttributes",
];

const INBOUND_RULES: &[&str] = &[
    "elasticloadbalancing:SetSecurityGroups",
    "elasticloadbalancing:DescribeLoadBalancers",
    "ec2:DescribeSecurityGroups",
];

const PRINCIPALS: &[&str] = &[
    "ec2:ModifyVpcEndpointServicePermissions",
    "ec2:DescribeVpcEndpointServicePermissions",
];

const SUPPORTED_REGIONS: &[&str] = &[
    "ec2:ModifyVpcEndpointServiceConfiguration",
    "ec2:DescribeVpcEndpointServiceConfigurations",
    MULTI_REGION,
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
        Action::CreateResourceConfiguration { definition, .. }
        | Action::CreateChildConfiguration { definition, .. } => {
            let mut rights = create_configuration();
            if let Definition::Database { .. } = definition {
                rights.extend(["rds:DescribeDBClusters", "rds:DescribeDBInstances"]);
            }
            rights
        }
        Action::CreateConfigurationGroup { .. } => create_configuration(),
        Action::CreateResourceShare { .. } => vec![
            "ram:CreateResourceShare",
            "ram:AssociateResourceShare",
            "ram:TagResource",
            "vpc-lattice:PutResourcePolicy",
            "ram:GetResourceShares",
            "ram:GetResourceShareAssociations",
        ],
        Action::UpdateGatewaySecurityGroups { .. } => UPDATE_GATEWAY.to_vec(),
        Action::AwaitShareAcceptance { .. } => vec!["ram:GetResourceShareAssociations"],

        Action::UpdateMskConnectivity { .. } => UPDATE_CONNECTIVITY.to_vec(),
        Action::AllowInClusterPolicy { .. } => {
            vec!["kafka:PutClusterPolicy", "kafka:GetClusterPolicy"]
        }
        Action::AwaitMskConnection { .. } => vec!["kafka:ListClientVpcConnections"],
        Action::ReadBootstrapBrokers { .. } => vec!["kafka:GetBootstrapBrokers"],

        Action::CreateTargetGroup { .. } => vec![
            "elasticloadbalancing:CreateTargetGroup",
            "elasticloadbalancing:AddTags",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTags",
        ],
        Action::CreateLoadBalancer { .. } => vec![
            "elasticloadbalancing:CreateLoadBalancer",
            "elasticloadbalancing:AddTags",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeTags",
            "ec2:DescribeVpcs",
            "ec2:DescribeSubnets",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeAccountAttributes",
            "ec2:DescribeAddresses",
            "ec2:DescribeInternetGateways",
            "iam:CreateServiceLinkedRole",
        ],
        Action::EnableCrossZone { .. } => CROSS_ZONE.to_vec(),
        Action::StopEnforcingInboundRules { .. } => INBOUND_RULES.to_vec(),
        Action::CreateListener { .. } => vec![
            "elasticloadbalancing:CreateListener",
            "elasticloadbalancing:AddTags",
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeTags",
        ],
        Action::RegisterTargets { .. } => vec![
            "elasticloadbalancing:RegisterTargets",
            "elasticloadbalancing:DescribeTargetHealth",
        ],
        Action::CreateEndpointService {
            supported_regions, ..
        } => {
            let mut rights = vec![
                "ec2:CreateVpcEndpointServiceConfiguration",
                "ec2:CreateTags",
                "ec2:DescribeVpcEndpointServiceConfigurations",
            ];
            rights.extend(multi_region(supported_regions));
            rights
        }
        Action::AllowPrincipal { .. } => PRINCIPALS.to_vec(),
        Action::AddSupportedRegion { .. } => SUPPORTED_REGIONS.to_vec(),
        Action::AwaitDnsRecord { .. } => Vec::new(),
        Action::VerifyPrivateDns { .. } => vec![
            "ec2:StartVpcEndpointServicePrivateDnsVerification",
            "ec2:DescribeVpcEndpointServiceConfigurations",
        ],
        Action::AcceptEndpointConnection { .. } => vec![
            "ec2:AcceptVpcEndpointConnections",
            "ec2:DescribeVpcEndpointConnections",
        ],
        Action::AwaitConnectionAcceptance { .. } | Action::AwaitEndpointConnection { .. } => {
            vec!["ec2:DescribeVpcEndpointConnections"]
        }

        Action::CreateReversePrivateEndpoint { .. } | Action::AwaitEndpointReady { .. } => {
            vec![MANAGE_CLICKPIPES]
        }
    }
}

/// What taking it back needs, the look at whether it is gone included.
pub fn to_undo(action: &Action) -> Vec<&'static str> {
    match action {
        Action::CreateResourceGateway { .. } => vec![
            "vpc-lattice:DeleteResourceGateway",
            "vpc-lattice:GetResourceGateway",
        ],
        Action::CreateResourceConfiguration { .. }
        | Action::CreateConfigurationGroup { .. }
        | Action::CreateChildConfiguration { .. } => vec![
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
        Action::UpdateGatewaySecurityGroups { .. } => UPDATE_GATEWAY.to_vec(),

        Action::UpdateMskConnectivity { .. } => UPDATE_CONNECTIVITY.to_vec(),
        Action::AllowInClusterPolicy { .. } => vec![
            "kafka:GetClusterPolicy",
            "kafka:PutClusterPolicy",
            "kafka:DeleteClusterPolicy",
        ],

        Action::CreateTargetGroup { .. } => vec![
            "elasticloadbalancing:DeleteTargetGroup",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTags",
        ],
        Action::CreateLoadBalancer { .. } => vec![
            "elasticloadbalancing:DeleteLoadBalancer",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeTags",
        ],
        Action::EnableCrossZone { .. } => CROSS_ZONE.to_vec(),
        Action::StopEnforcingInboundRules { .. } => INBOUND_RULES.to_vec(),
        Action::CreateListener { .. } => vec![
            "elasticloadbalancing:DeleteListener",
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeTags",
        ],
        Action::RegisterTargets { .. } => vec![
            "elasticloadbalancing:DeregisterTargets",
            "elasticloadbalancing:DescribeTargetHealth",
            "elasticloadbalancing:DescribeTags",
        ],
        Action::CreateEndpointService {
            supported_regions, ..
        } => {
            let mut rights = vec![
                "ec2:DeleteVpcEndpointServiceConfigurations",
                "ec2:DescribeVpcEndpointServiceConfigurations",
                "ec2:DescribeVpcEndpointConnections",
            ];
            rights.extend(multi_region(supported_regions));
            rights
        }
        Action::AllowPrincipal { .. } => PRINCIPALS.to_vec(),
        Action::AddSupportedRegion { .. } => SUPPORTED_REGIONS.to_vec(),

        Action::CreateReversePrivateEndpoint { .. } => vec![MANAGE_CLICKPIPES],

        Action::AwaitShareAcceptance { .. }
        | Action::AwaitMskConnection { .. }
        | Action::ReadBootstrapBrokers { .. }
        | Action::AwaitDnsRecord { .. }
        | Action::VerifyPrivateDns { .. }
        | Action::AcceptEndpointConnection { .. }
        | Action::AwaitConnectionAcceptance { .. }
        | Action::AwaitEndpointConnection { .. }
        | Action::AwaitEndpointReady { .. } => Vec::new(),
    }
}

fn create_configuration() -> Vec<&'static str> {
    vec![
        "vpc-lattice:CreateResourceConfiguration",
        "vpc-lattice:TagResource",
        "vpc-lattice:GetResourceConfiguration",
        "vpc-lattice:ListResourceConfigurations",
        "vpc-lattice:ListTagsForResource",
        "ec2:DescribeSubnets",
    ]
}

/// `vpce:AllowMultiRegion` is denied even to administrators unless it is named: only where it is needed.
fn multi_region(regions: &[String]) -> Option<&'static str> {
    (!regions.is_empty()).then_some(MULTI_REGION)
}
