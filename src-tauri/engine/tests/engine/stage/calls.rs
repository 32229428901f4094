//! The calls that carry an action out, look at what it made and take it back, by the sandbox's names: what faults can
//! strike.

use pipelink_plan::step::Action;

/// The calls of one action, all of one service.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calls {
    pub(crate) service: &'static str,
    /// `None` for a wait.
    pub(crate) make: Option<&'static str>,
    /// What its progress is read with; `None` for what is no call.
    pub(crate) read: Option<&'static str>,
    /// What is read to find it again after a lost answer.
    pub(crate) look: &'static [&'static str],
    /// `None` where there is nothing to take back.
    pub(crate) remove: Option<&'static str>,
}

const LATTICE: &str = "vpc-lattice";
const KAFKA: &str = "kafka";
const BALANCING: &str = "elasticloadbalancing";
const EC2: &str = "ec2";
const CLICKHOUSE: &str = "clickhouse";

const fn write(
    service: &'static str,
    [make, read, remove]: [&'static str; 3],
    look: &'static [&'static str],
) -> Calls {
    Calls {
        service,
        make: Some(make),
        read: Some(read),
        look,
        remove: Some(remove),
    }
}

const fn wait(service: &'static str, read: &'static str) -> Calls {
    Calls {
        service,
        make: None,
        read: Some(read),
        look: &[],
        remove: None,
    }
}

impl Calls {
    const fn for_good(self) -> Self {
        Self {
            remove: None,
            ..self
        }
    }

    pub(crate) fn of(action: &Action) -> Self {
        match action {
            Action::CreateResourceGateway { .. } => write(
                LATTICE,
                [
                    "CreateResourceGateway",
                    "GetResourceGateway",
                    "DeleteResourceGateway",
                ],
                &["ListResourceGateways", "ListTagsForResource"],
            ),
            Action::CreateResourceConfiguration { .. }
            | Action::CreateConfigurationGroup { .. }
            | Action::CreateChildConfiguration { .. } => write(
                LATTICE,
                [
                    "CreateResourceConfiguration",
                    "GetResourceConfiguration",
                    "DeleteResourceConfiguration",
                ],
                &["ListResourceConfigurations", "ListTagsForResource"],
            ),
            Action::CreateResourceShare { .. } => write(
                "ram",
                [
                    "CreateResourceShare",
                    "GetResourceShares",
                    "DeleteResourceShare",
                ],
                &["GetResourceShares"],
            ),
            Action::AwaitShareAcceptance { .. } => wait("ram", "GetResourceShareAssociations"),
            Action::UpdateGatewaySecurityGroups { .. } => write(
                LATTICE,
                [
                    "UpdateResourceGateway",
                    "GetResourceGateway",
                    "UpdateResourceGateway",
                ],
                &["GetResourceGateway"],
            ),

            Action::UpdateMskConnectivity { .. } => write(
                KAFKA,
                [
                    "UpdateConnectivity",
                    "DescribeClusterV2",
                    "UpdateConnectivity",
                ],
                &["DescribeClusterV2", "ListClusterOperationsV2"],
            ),
            Action::AllowInClusterPolicy { .. } => write(
                KAFKA,
                ["PutClusterPolicy", "GetClusterPolicy", "PutClusterPolicy"],
                &["GetClusterPolicy"],
            ),
            Action::AwaitMskConnection { .. } => wait(KAFKA, "ListClientVpcConnections"),
            Action::ReadBootstrapBrokers { .. } => wait(KAFKA, "GetBootstrapBrokers"),

            Action::CreateTargetGroup { .. } => write(
                BALANCING,
                [
                    "CreateTargetGroup",
                    "DescribeTargetGroups",
                    "DeleteTargetGroup",
                ],
                &["DescribeTargetGroups", "DescribeTags"],
            ),
            Action::CreateLoadBalancer { .. } => write(
                BALANCING,
                [
                    "CreateLoadBalancer",
                    "DescribeLoadBalancers",
                    "DeleteLoadBalancer",
                ],
                &["DescribeLoadBalancers", "DescribeTags"],
            ),
            Action::EnableCrossZone { .. } => write(
                BALANCING,
                [
                    "ModifyLoadBalancerAttributes",
                    "DescribeLoadBalancerAttributes",
                    "ModifyLoadBalancerAttributes",
                ],
                &["DescribeLoadBalancerAttributes"],
            ),
            Action::StopEnforcingInboundRules { .. } => write(
                BALANCING,
                [
                    "SetSecurityGroups",
                    "DescribeLoadBalancers",
                    "SetSecurityGroups",
                ],
                &["DescribeLoadBalancers"],
            ),
            Action::CreateListener { .. } => write(
                BALANCING,
                ["CreateListener", "DescribeListeners", "DeleteListener"],
                &["DescribeListeners", "DescribeTags"],
            ),
            Action::RegisterTargets { .. } => write(
                BALANCING,
                [
                    "RegisterTargets",
                    "DescribeTargetHealth",
                    "DeregisterTargets",
                ],
                &["DescribeTargetHealth"],
            ),

            Action::CreateEndpointService { .. } => write(
                EC2,
                [
                    "CreateVpcEndpointServiceConfiguration",
                    "DescribeVpcEndpointServiceConfigurations",
                    "DeleteVpcEndpointServiceConfigurations",
                ],
                &["DescribeVpcEndpointServiceConfigurations"],
            ),
            Action::AllowPrincipal { .. } => write(
                EC2,
                [
                    "ModifyVpcEndpointServicePermissions",
                    "DescribeVpcEndpointServicePermissions",
                    "ModifyVpcEndpointServicePermissions",
                ],
                &["DescribeVpcEndpointServicePermissions"],
            ),
            Action::AddSupportedRegion { .. } => write(
                EC2,
                [
                    "ModifyVpcEndpointServiceConfiguration",
                    "DescribeVpcEndpointServiceConfigurations",
                    "ModifyVpcEndpointServiceConfiguration",
                ],
                &["DescribeVpcEndpointServiceConfigurations"],
            ),
            // Public DNS is asked, which no fault strikes.
            Action::AwaitDnsRecord { .. } => Self {
                read: None,
                ..wait("dns", "")
            },
            Action::VerifyPrivateDns { .. } => write(
                EC2,
                [
                    "StartVpcEndpointServicePrivateDnsVerification",
                    "DescribeVpcEndpointServiceConfigurations",
                    "",
                ],
                &["DescribeVpcEndpointServiceConfigurations"],
            )
            .for_good(),
            Action::AcceptEndpointConnection { .. } => write(
                EC2,
                [
                    "AcceptVpcEndpointConnections",
                    "DescribeVpcEndpointConnections",
                    "",
                ],
                &["DescribeVpcEndpointConnections"],
            )
            .for_good(),
            Action::AwaitConnectionAcceptance { .. } | Action::AwaitEndpointConnection { .. } => {
                wait(EC2, "DescribeVpcEndpointConnections")
            }

            Action::CreateReversePrivateEndpoint { .. } => write(
                CLICKHOUSE,
                [
                    "CreateReversePrivateEndpoint",
                    "GetReversePrivateEndpoint",
                    "DeleteReversePrivateEndpoint",
                ],
                &["ListReversePrivateEndpoints"],
            ),
            Action::AwaitEndpointReady { .. } => wait(CLICKHOUSE, "GetReversePrivateEndpoint"),
        }
    }
}
