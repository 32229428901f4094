//! Discovery: all reads that a set-up needs, at once, each with its own result.
//!
//! Owns only what runs beside what; the reads are in the services' files. A refused read leaves the others
//! alone and stands in the facts as the reason why there is no value. Nothing waits for what it does not
//! need: see each of them for its longest chain of dependent calls.

use pipelink_plan::facts::load_balancing::LoadBalancingFacts;
use pipelink_plan::facts::network::{CidrReservation, Subnet};
use pipelink_plan::facts::{Identity, RegionFacts, VpcFacts};
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::Problem;

use crate::load_balancing::Look;
use crate::session::Aws;

impl Aws {
    /// What the region holds. Never fails as a whole: each fact says by itself why it is not known.
    ///
    /// Takes as long as its longest chain of dependent calls: the pages of a list of gateways or
    /// configurations one after the other, and one more call that reads those of the last page in full; or the
    /// list of MSK clusters, and one more call for those that are serverless. Where each list fits on a page, and
    /// has no more to read than may be asked at once, that is two calls.
    pub async fn discover_region(&self, identity: Identity) -> RegionFacts {
        let (clusters, instances, msk_clusters, vpcs, gateways, configurations, shares, quotas) = tokio::join!(
            Box::pin(self.db_clusters()),
            Box::pin(self.db_instances()),
            Box::pin(self.msk_clusters()),
            Box::pin(self.vpcs()),
            Box::pin(self.gateways()),
            Box::pin(self.configurations()),
            Box::pin(self.shares()),
            Box::pin(self.quotas()),
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
            quotas: quotas.into(),
        }
    }

    /// What one VPC holds. Never fails as a whole: each fact says by itself why it is not known.
    ///
    /// `account_id` is the account that looks: of its own subnets alone the reservations can be read. The
    /// longest chain of dependent calls is the subnets and then their reservations, or the security groups and
    /// then their rules: two calls, where each list fits on a page.
    pub async fn discover_vpc(&self, vpc_id: &str, account_id: &str) -> VpcFacts {
        let ((subnets, reservations), security_groups, network_interfaces, network_acls) = tokio::join!(
            Box::pin(self.subnets_with_reservations(vpc_id, account_id)),
            Box::pin(self.security_groups(vpc_id)),
            Box::pin(self.network_interfaces(vpc_id)),
            Box::pin(self.network_acls(vpc_id)),
        );
        VpcFacts {
            vpc_id: vpc_id.to_owned(),
            subnets: subnets.into(),
            security_groups: security_groups.into(),
            network_interfaces: network_interfaces.into(),
            reservations,
            network_acls: network_acls.into(),
        }
    }

    /// What the region holds of Network Load Balancers and endpoint services, as far as the look goes. Never fails as
    /// a whole: each fact says by itself why it is not known, and what the look does not need is `NotAsked`.
    ///
    /// The longest chain of dependent calls is the list of load balancers, the listeners of one that is chosen, and
    /// their attributes: three calls, where each list fits on a page; two for a look around. The calls to Elastic
    /// Load Balancing keep within half of what AWS allows an account; a second look right after a first may have to
    /// wait for that, some seconds at most.
    pub async fn discover_load_balancing(&self, look: Look<'_>) -> LoadBalancingFacts {
        let (balancing, services) = tokio::join!(
            Box::pin(self.list_load_balancing()),
            Box::pin(self.list_endpoint_services()),
        );
        let behind = services.load_balancers_behind(look);
        let ((load_balancers, target_groups), endpoint_services) = tokio::join!(
            Box::pin(self.read_load_balancing(balancing, look, behind)),
            Box::pin(self.read_endpoint_services(services, look)),
        );
        LoadBalancingFacts {
            load_balancers,
            target_groups,
            endpoint_services,
        }
    }

    /// Reservations are asked for subnet by subnet, so the subnets come first. Those that another account
    /// shares are left out: their free blocks cannot be told anyway, and the refused call would hide the
    /// reservations of all others.
    async fn subnets_with_reservations(
        &self,
        vpc_id: &str,
        account_id: &str,
    ) -> (Result<Vec<Subnet>, Problem>, Observed<Vec<CidrReservation>>) {
        let subnets = self.subnets(vpc_id).await;
        let reservations = match &subnets {
            Ok(subnets) => {
                let own = subnets
                    .iter()
                    .filter(|subnet| subnet.owner_id == account_id)
                    .map(|subnet| subnet.id.clone())
                    .collect();
                self.reservations(own).await.into()
            }
            Err(_) => Observed::Unknown {
                problem: Problem::NotAsked {
                    reason: "the subnets could not be read".to_owned(),
                },
            },
        };
        (subnets, reservations)
    }
}
