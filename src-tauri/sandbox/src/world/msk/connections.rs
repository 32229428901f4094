//! Client VPC connections: managed endpoints of other accounts at a cluster, one authentication each. The
//! other side makes and removes them; the cluster's owner can only reject them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ClusterKind, ClusterState, MskCluster, Scheme, takes};
use crate::world::World;
use crate::world::organization::CLICKPIPES_ACCOUNT;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct VpcConnection {
    pub(crate) arn: String,
    pub(crate) authentication: Scheme,
    /// The account that made it.
    pub(crate) owner: String,
    pub(crate) state: ConnectionState,
    #[serde(default)]
    pub(crate) due: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
}

/// AWS's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ConnectionState {
    Creating,
    Available,
    Inactive,
    Deactivating,
    Deleting,
    Failed,
    Rejected,
    Rejecting,
}

impl ConnectionState {
    /// Whether the connection holds its place: nobody gave it up, refused it, or cut it off.
    pub(crate) fn live(self) -> bool {
        matches!(self, Self::Creating | Self::Available)
    }

    /// Whether its owner is removing it.
    pub(crate) fn ends(self) -> bool {
        self == Self::Deleting
    }
}

/// Why MSK, or ClickPipes' limit of one connection per cluster and authentication, refuses a connection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ConnectionRefused {
    #[error("there is no cluster {arn} in {region}")]
    NoCluster { arn: String, region: String },
    #[error("MSK has no authentication {authentication} for VPC connections")]
    NoScheme { authentication: String },
    #[error("a serverless cluster has no multi-VPC connectivity")]
    Serverless,
    #[error("the cluster is not ACTIVE")]
    NotActive,
    #[error("multi-VPC connectivity is not turned on for {authentication}")]
    Off { authentication: &'static str },
    #[error("the cluster policy does not allow {action} to account {account}")]
    NotAllowed {
        action: &'static str,
        account: String,
    },
    #[error(
        "another ClickPipes endpoint holds the connection with {authentication}: there is one per cluster and authentication"
    )]
    Taken { authentication: &'static str },
}

impl World {
    /// An account of somebody else asks for a connection to a cluster, which comes up CREATING. `region` is
    /// where the asking side is: there are no connections across regions.
    pub(crate) fn request_msk_connection(
        &mut self,
        cluster_arn: &str,
        authentication: &str,
        owner: &str,
        region: &str,
        at: Timestamp,
    ) -> Result<String, ConnectionRefused> {
        let scheme =
            Scheme::of_word(authentication).ok_or_else(|| ConnectionRefused::NoScheme {
                authentication: authentication.to_owned(),
            })?;
        let no_cluster = || ConnectionRefused::NoCluster {
            arn: cluster_arn.to_owned(),
            region: region.to_owned(),
        };
        let account = self.account.id.clone();
        let cluster = self
            .regions
            .get_mut(region)
            .and_then(|it| it.msk_cluster_mut(cluster_arn))
            // The whole ARN: its region and account too.
            .filter(|it| it.arn(region, &account) == cluster_arn)
            .ok_or_else(no_cluster)?;
        cluster.admits(scheme, owner, region, &account)?;
        if owner == CLICKPIPES_ACCOUNT && cluster.held_by(owner, scheme) {
            return Err(ConnectionRefused::Taken {
                authentication: scheme.word(),
            });
        }
        // Connections are named after the account that has them, not after the cluster's.
        let arn = format!(
            "arn:aws:kafka:{region}:{owner}:vpc-connection/{account}/{}/{}",
            cluster.name,
            Uuid::new_v4()
        );
        cluster.connections.push(VpcConnection {
            arn: arn.clone(),
            authentication: scheme,
            owner: owner.to_owned(),
            state: ConnectionState::Creating,
            due: Some(at + takes::CONNECTION),
            created_at: at,
        });
        Ok(arn)
    }

    /// The state of a connection; None when it is gone.
    pub(crate) fn msk_connection_state(&self, arn: &str) -> Option<ConnectionState> {
        self.regions
            .values()
            .flat_map(|region| &region.msk_clusters)
            .flat_map(|cluster| &cluster.connections)
            .find(|it| it.arn == arn)
            .map(|it| it.state)
    }

    /// Its owner removes a connection: DELETING, then gone. Nothing happens where there is none.
    pub(crate) fn remove_msk_connection(&mut self, arn: &str, at: Timestamp) {
        if let Some(connection) = self.msk_connection_mut(arn)
            && connection.state != ConnectionState::Deleting
        {
            connection.state = ConnectionState::Deleting;
            connection.due = Some(at + takes::CONNECTION_DELETE);
        }
    }

    /// A connection's state in progress ends.
    pub(crate) fn msk_connection_arrives(
        &mut self,
        region: &str,
        cluster_arn: &str,
        arn: &str,
        failed: bool,
    ) {
        let account = &self.account.id;
        if let Some(it) = self.regions.get_mut(region)
            && let Some(cluster) = it.msk_cluster_mut(cluster_arn)
        {
            cluster.connection_arrives(arn, failed, region, account);
        }
    }

    pub(crate) fn msk_connection_mut(&mut self, arn: &str) -> Option<&mut VpcConnection> {
        self.regions
            .values_mut()
            .flat_map(|region| &mut region.msk_clusters)
            .flat_map(|cluster| &mut cluster.connections)
            .find(|it| it.arn == arn)
    }
}

impl MskCluster {
    /// Whether an account may have a connection with this authentication now.
    pub(crate) fn admits(
        &self,
        scheme: Scheme,
        owner: &str,
        region: &str,
        account: &str,
    ) -> Result<(), ConnectionRefused> {
        if self.kind == ClusterKind::Serverless {
            return Err(ConnectionRefused::Serverless);
        }
        if self.state != ClusterState::Active {
            return Err(ConnectionRefused::NotActive);
        }
        if !self.vpc_authentication.contains(&scheme) {
            return Err(ConnectionRefused::Off {
                authentication: scheme.word(),
            });
        }
        let arn = self.arn(region, account);
        match &self.policy {
            Some(policy) => policy.refuses(owner, &arn),
            None => Some(super::policy::CONNECT[0]),
        }
        .map_or(Ok(()), |action| {
            Err(ConnectionRefused::NotAllowed {
                action,
                account: owner.to_owned(),
            })
        })
    }

    /// Whether an account has a live connection with this authentication.
    pub(crate) fn held_by(&self, owner: &str, scheme: Scheme) -> bool {
        self.connections
            .iter()
            .any(|it| it.owner == owner && it.authentication == scheme && it.state.live())
    }

    fn connection_arrives(&mut self, arn: &str, failed: bool, region: &str, account: &str) {
        let Some(index) = self.connections.iter().position(|it| it.arn == arn) else {
            return;
        };
        let (state, scheme, owner) = {
            let it = &self.connections[index];
            (it.state, it.authentication, it.owner.clone())
        };
        let next = match state {
            // What was allowed when it was asked for may be so no longer.
            ConnectionState::Creating => {
                let admitted = match self.admits(scheme, &owner, region, account) {
                    Ok(()) | Err(ConnectionRefused::NotActive) => true,
                    Err(_) => false,
                };
                if failed || !admitted {
                    ConnectionState::Failed
                } else {
                    ConnectionState::Available
                }
            }
            ConnectionState::Rejecting => ConnectionState::Rejected,
            ConnectionState::Deactivating => ConnectionState::Inactive,
            ConnectionState::Deleting => {
                self.connections.remove(index);
                return;
            }
            other => other,
        };
        self.connections[index].state = next;
        self.connections[index].due = None;
    }
}
