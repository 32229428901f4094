//! The call that tells, without making anything, whether another region may be let connect: the one that the run would
//! make, since the rights to one say nothing of the other.

use super::choices::Choices;
use super::facts::Facts;
use super::planning::other_region;
use super::standing::{Standing, supported};

/// What the right `vpce:AllowMultiRegion` can be asked with in a dry run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DryRun {
    /// `ec2:CreateVpcEndpointServiceConfiguration`: the service is made on a load balancer that is there.
    Create {
        /// The load balancer's ARN.
        load_balancer_arn: String,
        /// The region.
        region: String,
    },
    /// `ec2:ModifyVpcEndpointServiceConfiguration`: the region is added to a service that is there.
    Modify {
        /// `vpce-svc-...`.
        service_id: String,
        /// The region.
        region: String,
    },
}

/// What to ask with; `None` where the run lets no other region connect, or nothing is there yet to ask with.
pub fn dry_run(facts: &Facts<'_>, choices: &Choices) -> Option<DryRun> {
    let region = other_region(facts, choices)?;
    match Standing::find(facts, &choices.extent).ok()? {
        Standing::Nothing => None,
        Standing::LoadBalancer(it) => Some(DryRun::Create {
            load_balancer_arn: it.arn.clone(),
            region,
        }),
        Standing::Service(it, _) => supported(it, &region).is_none().then(|| DryRun::Modify {
            service_id: it.id.clone(),
            region,
        }),
    }
}
