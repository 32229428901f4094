//! What others do to MSK clusters: a second writer of the cluster policy, upkeep that AWS does of its own
//! accord, and connections of other ClickHouse organizations.

use serde_json::{Value, json};

use super::deeds::Deed;
use super::{Offer, Refused};
use crate::world::msk::{ClusterKind, ClusterState, MskCluster, Scheme, takes};
use crate::world::organization::CLICKPIPES_ACCOUNT;
use crate::world::{Region, World};

/// What the statements of the other writer have before their number.
const OWN_SID: &str = "OtherTeam";
const OTHER_ACCOUNT: &str = "444455556666";

/// Upkeep with the state that shows it.
const UPKEEP: [(&str, &str, ClusterState); 3] = [
    (
        "reboot-msk",
        "Reboot a broker of",
        ClusterState::RebootingBroker,
    ),
    (
        "heal-msk",
        "Replace an unhealthy broker of",
        ClusterState::Healing,
    ),
    (
        "maintain-msk",
        "Patch the brokers of",
        ClusterState::Maintenance,
    ),
];

/// Something done to clusters that no operation of the sandbox does.
#[derive(Debug, Clone)]
pub(super) enum MskDeed {
    /// A state that ends by itself.
    Upkeep {
        region: String,
        cluster: String,
        state: ClusterState,
    },
    /// Another ClickHouse organization makes a connection.
    Connect {
        region: String,
        cluster: String,
        authentication: &'static str,
    },
    /// The owner of a connection removes it.
    Disconnect { connection: String },
}

/// What can be done to the clusters of a region.
pub(super) fn offers(world: &World, region_name: &str, region: &Region) -> Vec<Offer> {
    let mut offers = Vec::new();
    for cluster in &region.msk_clusters {
        let arn = cluster.arn(region_name, &world.account.id);
        write_policy(region_name, &arn, cluster, &mut offers);
        if cluster.kind == ClusterKind::Provisioned && cluster.state == ClusterState::Active {
            for (verb, words, state) in UPKEEP {
                let deed = MskDeed::Upkeep {
                    region: region_name.to_owned(),
                    cluster: arn.clone(),
                    state,
                };
                let title = format!("{words} MSK cluster {}", cluster.name);
                offers.push(super::offer(verb, &arn, title, Deed::Msk(deed)));
            }
        }
        connect(world, region_name, &arn, cluster, &mut offers);
        disconnect(world, cluster, &mut offers);
    }
    offers
}

/// The other writer reads the policy, changes it and writes it back, all at once.
fn write_policy(region: &str, arn: &str, cluster: &MskCluster, offers: &mut Vec<Offer>) {
    let name = &cluster.name;
    let document = cluster.policy.as_ref().map(|it| it.document.clone());
    let mut document =
        document.unwrap_or_else(|| json!({ "Version": "2012-10-17", "Statement": [] }));
    // One statement may stand without a list.
    let mut statements = match document["Statement"].take() {
        Value::Array(statements) => statements,
        single => vec![single],
    };
    let number =
        |it: &Value| -> Option<u32> { it["Sid"].as_str()?.strip_prefix(OWN_SID)?.parse().ok() };
    let newest = statements.iter().filter_map(number).max();
    let mut put = |statements: Vec<Value>| {
        document["Statement"] = statements.into();
        let version = cluster.policy.as_ref().map(|it| &it.version);
        let mut input = json!({ "ClusterArn": arn, "Policy": document.to_string() });
        if let Some(version) = version {
            input["CurrentVersion"] = json!(version);
        }
        aws(region, "PutClusterPolicy", input)
    };

    let mut more = statements.clone();
    more.push(json!({
        "Sid": format!("{OWN_SID}{}", newest.unwrap_or(0) + 1),
        "Effect": "Allow",
        "Principal": { "AWS": OTHER_ACCOUNT },
        "Action": ["kafka:DescribeCluster", "kafka:GetBootstrapBrokers"],
        "Resource": arn,
    }));
    let title = format!("Add a statement to the policy of MSK cluster {name}");
    offers.push(super::offer("add-statement", arn, title, put(more)));

    if newest.is_some() {
        statements.retain(|it| number(it) != newest);
        let deed = if statements.is_empty() {
            aws(region, "DeleteClusterPolicy", json!({ "ClusterArn": arn }))
        } else {
            put(statements)
        };
        let title = format!(
            "Take the other team's newest statement out of the policy of MSK cluster {name}"
        );
        offers.push(super::offer("remove-statement", arn, title, deed));
    }
    if cluster.policy.is_some() {
        let deed = aws(region, "DeleteClusterPolicy", json!({ "ClusterArn": arn }));
        let title = format!("Delete the policy of MSK cluster {name}");
        offers.push(super::offer("delete-policy", arn, title, deed));
    }
}

/// Where a connection of ClickPipes is possible, another organization can be first.
fn connect(world: &World, region: &str, arn: &str, cluster: &MskCluster, offers: &mut Vec<Offer>) {
    for scheme in [Scheme::Iam, Scheme::Scram] {
        let allowed = cluster.admits(scheme, CLICKPIPES_ACCOUNT, region, &world.account.id);
        if allowed.is_err() || cluster.held_by(CLICKPIPES_ACCOUNT, scheme) {
            continue;
        }
        let deed = MskDeed::Connect {
            region: region.to_owned(),
            cluster: arn.to_owned(),
            authentication: scheme.word(),
        };
        let title = format!(
            "Connect another ClickHouse organization to MSK cluster {} with {}",
            cluster.name,
            scheme.word()
        );
        let object = format!("{} {arn}", scheme.word());
        offers.push(super::offer("connect-msk", object, title, Deed::Msk(deed)));
    }
}

/// Connections of the organization's own endpoints end with their endpoint.
fn disconnect(world: &World, cluster: &MskCluster, offers: &mut Vec<Offer>) {
    let services = world.organization.services.iter();
    let own: Vec<&str> = services
        .flat_map(|service| &service.endpoints)
        .filter_map(|it| it.endpoint_id.as_deref())
        .collect();
    let connections = cluster.connections.iter();
    let foreign = connections.filter(|it| !it.state.ends() && !own.contains(&it.arn.as_str()));
    for connection in foreign {
        let deed = MskDeed::Disconnect {
            connection: connection.arn.clone(),
        };
        let title = format!(
            "Remove the {} connection of account {} to MSK cluster {}",
            connection.authentication.word(),
            connection.owner,
            cluster.name
        );
        let object = &connection.arn;
        offers.push(super::offer(
            "disconnect-msk",
            object,
            title,
            Deed::Msk(deed),
        ));
    }
}

fn aws(region: &str, operation: &'static str, input: Value) -> Deed {
    Deed::Aws {
        region: region.to_owned(),
        operation: ("kafka", operation),
        input,
    }
}

impl MskDeed {
    pub(super) fn perform(self, world: &mut World) -> Result<(), Refused> {
        let now = world.now();
        match self {
            Self::Upkeep {
                region,
                cluster,
                state,
            } => {
                let region = world.regions.get_mut(&region);
                if let Some(found) = region.and_then(|it| it.msk_cluster_mut(&cluster)) {
                    found.state = state;
                    found.due = Some(now + takes::UPKEEP);
                }
            }
            Self::Connect {
                region,
                cluster,
                authentication,
            } => {
                world.request_msk_connection(
                    &cluster,
                    authentication,
                    CLICKPIPES_ACCOUNT,
                    &region,
                    now,
                )?;
            }
            Self::Disconnect { connection } => world.remove_msk_connection(&connection, now),
        }
        Ok(())
    }
}
