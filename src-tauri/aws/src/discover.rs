//! Discovery: all reads that a VPC resource set-up needs, at once, each with its own result.
//!
//! Owns only what runs beside what; the reads are in the services' files. A refused read leaves the others
//! alone and stands in the facts as the reason why there is no value.

use pipelink_plan::facts::network::Subnet;
use pipelink_plan::facts::{Identity, RegionFacts, VpcFacts};
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::Problem;

use crate::session::Aws;

impl Aws {
    /// What the region holds. Never fails as a whole: each fact says by itself why it is not known.
    pub async fn discover_region(&self, identity: Identity) -> RegionFacts {
        let (clusters, instances, msk_clusters, vpcs, gateways, configurations, shares) = tokio::join!(
            Box::pin(self.db_clusters()),
            Box::pin(self.db_instances()),
            Box::pin(self.msk_clusters()),
            Box::pin(self.vpcs()),
            Box::pin(self.gateways()),
            Box::pin(self.configurations()),
            Box::pin(self.shares()),
        );
        RegionFacts {
            identity,
            clusters: clusters.into(),
            instances: instances.into(),
            msk_clusters: msk_clusters.into(),
            vpcs: vpcs.into(),
            gateways: gateways.into(),
            configurations: configurations.into(),
            shares: shares.into(),
        }
    }

    /// What one VPC holds. Never fails as a whole: each fact says by itself why it is not known.
    pub async fn discover_vpc(&self, vpc_id: &str) -> VpcFacts {
        let ((subnets, reservations), security_groups, network_interfaces) = tokio::join!(
            Box::pin(self.subnets_with_reservations(vpc_id)),
            Box::pin(self.security_groups(vpc_id)),
            Box::pin(self.network_interfaces(vpc_id)),
        );
        VpcFacts {
            vpc_id: vpc_id.to_owned(),
            subnets: subnets.into(),
            security_groups: security_groups.into(),
            network_interfaces: network_interfaces.into(),
            reservations,
        }
    }

    /// Reservations are asked for subnet by subnet, so the subnets come first. Those that another account
    /// shares are left out: their free blocks cannot be told anyway, and the refused call would hide the
    /// reservations of all others.
    async fn subnets_with_reservations(
        &self,
        vpc_id: &str,
    ) -> (
        Result<Vec<Subnet>, Problem>,
        Observed<Vec<pipelink_plan::facts::network::CidrReservation>>,
    ) {
        let (subnets, identity) =
            tokio::join!(Box::pin(self.subnets(vpc_id)), Box::pin(self.identity()));
        let reservations = match (&subnets, identity) {
            (Ok(subnets), Ok(identity)) => {
                let own = subnets
                    .iter()
                    .filter(|subnet| subnet.owner_id == identity.account_id)
                    .map(|subnet| subnet.id.clone())
                    .collect();
                self.reservations(own).await.into()
            }
            (Err(_), _) => Observed::Unknown {
                problem: Problem::NotAsked {
                    reason: "the subnets could not be read".to_owned(),
                },
            },
            (Ok(_), Err(problem)) => Observed::Unknown { problem },
        };
        (subnets, reservations)
    }
}
