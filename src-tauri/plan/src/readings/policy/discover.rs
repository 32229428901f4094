//! The reads: what the pages and checks look at before anything is written, and the waiting looks at.
//!
//! The list is that of the calls the AWS adapter makes to discover. AWS supports resources for a few of them only;
//! since they have to show what there is, they are all allowed on everything.

use super::Purpose;
use super::statement::Statement;
use crate::step::{Plan, Target};

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

pub(super) fn statements(plan: &Plan) -> Vec<Statement> {
    let databases = reading(
        "DiscoverDatabases",
        "To list the databases; VPC Lattice looks at them, too, when a configuration leads to one.",
        DATABASES,
    );
    vec![
        reading(
            "DiscoverNetwork",
            "To see where a gateway can go, and whether its traffic gets through.",
            NETWORK,
        ),
        reading(
            "DiscoverLattice",
            "To see what is there already, and whether what the run makes is usable yet.",
            LATTICE,
        ),
        match plan.source.target {
            Target::Database { .. } => databases,
            Target::DomainName { .. } | Target::IpAddress { .. } => databases.optional(),
            _ => unimplemented!("NOT WRITTEN YET"),
        },
        reading(
            "DiscoverMskClusters",
            "To list MSK clusters beside the databases.",
            &["kafka:ListClustersV2"],
        )
        .optional(),
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
    ]
}

fn reading(sid: &'static str, why: &'static str, actions: &'static [&'static str]) -> Statement {
    Statement::new(Purpose::Discover, sid, why, actions)
}
