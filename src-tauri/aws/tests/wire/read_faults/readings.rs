//! What there is to discover: the adapter's functions that do, which calls each of them makes, and which fact
//! rests on which call.

use std::collections::BTreeMap;

use pipelink_plan::facts::Identity;
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::Problem;
use serde::Serialize;
use serde_json::{Value, json};

use crate::nested::take_apart;
use crate::support::{ACCOUNT, VPC, World};

const GATEWAY: &str = "rgw-071d6d2fbb25f2237";
/// Inside of each serverless cluster.
const BOOTSTRAP: &str = "bootstrap";
const CONFIGURATION: &str = "rcfg-0d02e8c4441233466";

/// A function of the adapter that discovers something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reading {
    Identity,
    Region,
    Vpc,
    Prices,
    Gateway,
    Associations,
}

/// One call of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Read {
    pub(super) of: Reading,
    pub(super) service: &'static str,
    pub(super) operation: &'static str,
    /// The fact that rests on it.
    pub(super) fact: &'static str,
    /// One that cannot be asked for without that fact.
    pub(super) then: Option<&'static str>,
}

impl Reading {
    pub(super) const ALL: [Self; 6] = [
        Self::Identity,
        Self::Region,
        Self::Vpc,
        Self::Prices,
        Self::Gateway,
        Self::Associations,
    ];

    pub(super) fn reads(self) -> Vec<Read> {
        let one = |service, operation, fact| Read {
            of: self,
            service,
            operation,
            fact,
            then: None,
        };
        match self {
            Self::Identity => vec![one("sts", "GetCallerIdentity", "identity")],
            Self::Region => vec![
                one("rds", "DescribeDBClusters", "clusters"),
                one("rds", "DescribeDBInstances", "instances"),
                Read {
                    then: Some(BOOTSTRAP),
                    ..one("kafka", "ListClustersV2", "mskClusters")
                },
                one("kafka", "GetBootstrapBrokers", BOOTSTRAP),
                one("ec2", "DescribeVpcs", "vpcs"),
                one("vpc-lattice", "ListResourceGateways", "gateways"),
                one("vpc-lattice", "GetResourceGateway", "gateways"),
                one(
                    "vpc-lattice",
                    "ListResourceConfigurations",
                    "configurations",
                ),
                one("vpc-lattice", "GetResourceConfiguration", "configurations"),
                one("ram", "GetResourceShares", "shares"),
                one("ram", "GetResourceShareAssociations", "shares"),
                one("servicequotas", "ListServiceQuotas", "quotas"),
            ],
            Self::Vpc => vec![
                Read {
                    then: Some("reservations"),
                    ..one("ec2", "DescribeSubnets", "subnets")
                },
                one("ec2", "GetSubnetCidrReservations", "reservations"),
                one("ec2", "DescribeSecurityGroups", "securityGroups"),
                one("ec2", "DescribeSecurityGroupRules", "securityGroups"),
                one("ec2", "DescribeNetworkInterfaces", "networkInterfaces"),
                one("ec2", "DescribeNetworkAcls", "networkAcls"),
            ],
            Self::Prices => vec![one("pricing", "GetProducts", "prices")],
            Self::Gateway => vec![one("vpc-lattice", "GetResourceGateway", "gateway")],
            Self::Associations => vec![one(
                "vpc-lattice",
                "ListResourceEndpointAssociations",
                "associations",
            )],
        }
    }

    /// Its facts, by name.
    pub(super) async fn look(self, world: &World) -> Facts {
        let aws = &world.aws;
        match self {
            Self::Identity => {
                let answer = aws.identity().await;
                // The one address that differs from world to world.
                one(
                    "identity",
                    answer.map(|it| Identity {
                        endpoint_override: None,
                        ..it
                    }),
                )
            }
            Self::Region => {
                let identity = Identity {
                    account_id: ACCOUNT.to_owned(),
                    arn: format!("arn:aws:iam::{ACCOUNT}:user/test"),
                    partition: "aws".to_owned(),
                    region: world.sandbox.connection().region.clone(),
                    endpoint_override: None,
                };
                let mut facts = several(&aws.discover_region(identity).await);
                // Of no cluster there is nothing to ask.
                facts.entry(BOOTSTRAP.to_owned()).or_insert_with(
                    || json!({ "state": "unknown", "problem": { "code": "notAsked" } }),
                );
                facts
            }
            Self::Vpc => several(&aws.discover_vpc(VPC, ACCOUNT).await),
            Self::Prices => one("prices", aws.prices().await),
            Self::Gateway => one("gateway", aws.gateway(GATEWAY).await),
            Self::Associations => one(
                "associations",
                aws.endpoint_associations(CONFIGURATION).await,
            ),
        }
    }
}

/// What a reading came to, by each fact's name.
pub(super) type Facts = BTreeMap<String, Value>;

fn one<T: Serialize>(name: &str, answer: Result<T, Problem>) -> Facts {
    let fact = serde_json::to_value(Observed::from(answer)).unwrap();
    Facts::from([(name.to_owned(), fact)])
}

/// Facts inside of others stand beside them: known only if every holder of one knows it.
fn several(facts: &impl Serialize) -> Facts {
    let mut found = crate::nested::Facts::new();
    take_apart("", serde_json::to_value(facts).unwrap(), &mut found);
    let together = |all: Vec<Value>| {
        let unknown = all.iter().find(|fact| fact["state"] == "unknown");
        match (unknown, all.as_slice()) {
            (Some(unknown), _) => unknown.clone(),
            (None, [one]) => one.clone(),
            (None, several) => json!({ "state": "known", "value": several }),
        }
    };
    found
        .into_iter()
        .map(|(name, all)| (name, together(all)))
        .collect()
}
