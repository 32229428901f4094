//! The reads: what the pages and checks look at before anything is written, and the waiting looks at.
//!
//! The list is that of the calls the AWS adapter makes to discover. AWS supports resources for a few of them only;
//! since they have to show what there is, they are all allowed on everything.

use super::Purpose;
use super::statement::Statement;
use crate::step::{Engine, PathKind, Plan, Target};

const NETWORK: &[&str] = &[
    "ec2:DescribeRegions",
    "ec2:DescribeVpcs",
    "ec2:DescribeSubnets",
    "ec2:GetSubnetCidrReservations",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSecurityGroupRules",
    "ec2:DescribeNetworkAcls",
];
const LATTICE: &[&str] = &[
    "vpc-lattice:ListResourceGateways",
    "vpc-lattice:GetResourceGateway",
    "vpc-lattice:ListResourceConfigurations",
    "vpc-lattice:GetResourceConfiguration",
    "vpc-lattice:ListResourceEndpointAssociations",
    "ram:GetResourceShares",
    "ram:GetResourceShareAssociations",
];
const DATABASES: &[&str] = &["rds:DescribeDBClusters", "rds:DescribeDBInstances"];
/// What a load balancer's health checks need to know of MySQL.
const PARAMETERS: &[&str] = &[
    "rds:DescribeDBParameters",
    "rds:DescribeDBClusterParameters",
];
/// What lists the clusters beside the databases.
const MSK_CLUSTERS: &[&str] = &["kafka:ListClustersV2", "kafka:GetBootstrapBrokers"];
/// What looks into the one that is the source.
const MSK_CLUSTER: &[&str] = &[
    "kafka:DescribeClusterV2",
    "kafka:GetClusterPolicy",
    "kafka:ListClientVpcConnections",
    "kafka:ListClusterOperationsV2",
    "kafka:DescribeClusterOperationV2",
    "kafka:DescribeConfigurationRevision",
    "kafka:ListNodes",
    "ec2:DescribeRouteTables",
];
/// AWS's `ElasticLoadBalancingFullAccess` has the last three beside the reads of the network: what AWS looks at, in the
/// caller's name, when a load balancer is created.
const LOAD_BALANCING: &[&str] = &[
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeLoadBalancerAttributes",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeListenerAttributes",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetGroupAttributes",
    "elasticloadbalancing:DescribeTargetHealth",
    "elasticloadbalancing:DescribeTags",
    "ec2:DescribeAccountAttributes",
    "ec2:DescribeAddresses",
    "ec2:DescribeInternetGateways",
];
const ENDPOINT_SERVICES: &[&str] = &[
    "ec2:DescribeVpcEndpointServiceConfigurations",
    "ec2:DescribeVpcEndpointServicePermissions",
    "ec2:DescribeVpcEndpointConnections",
];

pub(super) fn statements(plan: &Plan) -> Vec<Statement> {
    let mut statements = vec![reading(
        "DiscoverNetwork",
        "To see where a gateway or a load balancer can go, and whether its traffic gets through.",
        NETWORK,
    )];
    let lattice = reading(
        "DiscoverLattice",
        "To see what is there already, and whether what the run makes is usable yet.",
        LATTICE,
    );
    match plan.path {
        PathKind::VpcResource => statements.push(lattice),
        PathKind::MskMultiVpc => statements.push(lattice.optional()),
        PathKind::EndpointService => statements.extend([
            reading(
                "DiscoverLoadBalancing",
                "To see load balancers, their listeners and the health of their targets.",
                LOAD_BALANCING,
            ),
            reading(
                "DiscoverEndpointServices",
                "To see endpoint services, who may connect and who is connected.",
                ENDPOINT_SERVICES,
            ),
            lattice.optional(),
        ]),
    }
    let databases = reading(
        "DiscoverDatabases",
        "To list the databases; VPC Lattice looks at them, too, when a configuration leads to one.",
        DATABASES,
    );
    let clusters = reading(
        "DiscoverMskClusters",
        "To list MSK clusters beside the databases.",
        MSK_CLUSTERS,
    );
    match plan.source.target {
        Target::Database { .. } => {
            statements.push(databases);
            if plan.path == PathKind::EndpointService && plan.source.engine == Engine::Mysql {
                statements.push(
                    reading(
                        "DiscoverParameters",
                        "To see skip_name_resolve; without it that check is not known.",
                        PARAMETERS,
                    )
                    .optional(),
                );
            }
            statements.push(clusters.optional());
        }
        Target::DomainName { .. } | Target::IpAddress { .. } | Target::Hosts { .. } => {
            statements.extend([databases.optional(), clusters.optional()]);
        }
        Target::MskCluster { .. } => statements.extend([
            databases.optional(),
            clusters,
            reading(
                "DiscoverMskCluster",
                "To see what decides whether ClickPipes can connect to the cluster, and how far a change of it is.",
                MSK_CLUSTER,
            ),
        ]),
    }
    statements.extend([
        reading(
            "DiscoverQuotas",
            "To check that the account's quotas leave room; without it that check is not known.",
            &["servicequotas:ListServiceQuotas"],
        )
        .optional(),
        reading(
            "DiscoverPrices",
            "To show AWS's price of what it bills; without it the price is not known.",
            &["pricing:GetProducts"],
        )
        .optional(),
    ]);
    statements
}

fn reading(sid: &'static str, why: &'static str, actions: &'static [&'static str]) -> Statement {
    Statement::new(Purpose::Discover, sid, why, actions)
}
