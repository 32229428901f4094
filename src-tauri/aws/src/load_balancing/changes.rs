//! Two settings of a load balancer: cross-zone load balancing, and whether the inbound rules of its security groups
//! hold for traffic that comes over `PrivateLink`. Changed, and changed back.
//!
//! Neither call has a version. The first sets one attribute and nothing else. The second wants the security groups
//! sent again: other groups than those planned with are somebody else's change, a `Conflict`; and the way back sends
//! those that it finds.

use aws_sdk_elasticloadbalancingv2::types::{
    EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum as Enforced, LoadBalancer,
    LoadBalancerAttribute,
};
use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::run::Progress;
use pipelink_plan::step::{OutputName, Outputs};

use super::SERVICE;
use crate::lattice::{same, unless_gone, waiting};
use crate::session::Aws;

pub(super) const ATTRIBUTES: &str = "DescribeLoadBalancerAttributes";
const MODIFY: &str = "ModifyLoadBalancerAttributes";
const SET_GROUPS: &str = "SetSecurityGroups";
/// The attribute for sending to all zones from each of them.
const CROSS_ZONE: &str = "load_balancing.cross_zone.enabled";

/// A load balancer whose inbound rules shall not hold for `PrivateLink` traffic, and the groups it was planned with.
#[derive(Clone, Copy)]
pub(crate) struct InboundRules<'a> {
    pub(crate) load_balancer_arn: &'a str,
    pub(crate) security_group_ids: &'a [String],
}

impl Aws {
    /// Turns it on, unless it is: then there are no outputs.
    pub(crate) async fn enable_cross_zone(&self, arn: &str) -> Result<Outputs, Problem> {
        if self.cross_zone(arn).await? {
            return Ok(Outputs::default());
        }
        self.set_cross_zone(arn, true).await?;
        Ok(outputs(arn))
    }

    pub(crate) async fn find_cross_zone(&self, arn: &str) -> Result<Option<Outputs>, Problem> {
        let on = unless_gone(self.cross_zone(arn).await)?;
        Ok((on == Some(true)).then(|| outputs(arn)))
    }

    pub(crate) async fn cross_zone_progress(&self, arn: &str) -> Result<Progress, Problem> {
        Ok(match unless_gone(self.cross_zone(arn).await)? {
            None => Progress::Missing,
            Some(true) => usable(),
            Some(false) => waiting(format!("{CROSS_ZONE} false"), Turn::Aws),
        })
    }

    /// `NotFound` where there is no load balancer to turn it off at.
    pub(crate) async fn disable_cross_zone(&self, arn: &str) -> Result<(), Problem> {
        if self.cross_zone(arn).await? {
            self.set_cross_zone(arn, false).await?;
        }
        Ok(())
    }

    pub(crate) async fn cross_zone_disabled(&self, arn: &str) -> Result<bool, Problem> {
        Ok(unless_gone(self.cross_zone(arn).await)? != Some(true))
    }

    /// Whether it is on. AWS names each attribute; what it does not name is off, as is its default.
    pub(super) async fn cross_zone(&self, arn: &str) -> Result<bool, Problem> {
        let answer = self
            .session
            .elb
            .describe_load_balancer_attributes()
            .load_balancer_arn(arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, ATTRIBUTES))?;
        let attributes = answer.attributes.unwrap_or_default();
        Ok(attributes.iter().any(|attribute| {
            attribute.key.as_deref() == Some(CROSS_ZONE)
                && attribute.value.as_deref() == Some("true")
        }))
    }

    async fn set_cross_zone(&self, arn: &str, on: bool) -> Result<(), Problem> {
        let attribute = LoadBalancerAttribute::builder()
            .key(CROSS_ZONE)
            .value(on.to_string())
            .build();
        self.session
            .elb
            .modify_load_balancer_attributes()
            .load_balancer_arn(arn)
            .attributes(attribute)
            .send()
            .await
            .map_err(self.problem(SERVICE, MODIFY))
            .map(|_| ())
    }

    /// Stops enforcing them, unless that is so: then there are no outputs.
    pub(crate) async fn stop_enforcing(&self, rules: InboundRules<'_>) -> Result<Outputs, Problem> {
        let arn = rules.load_balancer_arn;
        let there = self.load_balancer(arn).await?;
        let balancer = there.ok_or_else(|| not_there(arn))?;
        if !enforces(&balancer) {
            return Ok(Outputs::default());
        }
        let groups = balancer.security_groups.unwrap_or_default();
        if !same(&groups, rules.security_group_ids) {
            return Err(Problem::Conflict {
                operation: SET_GROUPS.to_owned(),
                message: format!(
                    "the security groups of {arn} are {}, not {}: somebody else changed them",
                    groups.join(", "),
                    rules.security_group_ids.join(", "),
                ),
            });
        }
        self.set_enforced(arn, groups, Enforced::Off).await?;
        Ok(outputs(arn))
    }

    pub(crate) async fn find_not_enforcing(&self, arn: &str) -> Result<Option<Outputs>, Problem> {
        let balancer = self.load_balancer(arn).await?;
        let done = balancer.is_some_and(|balancer| !enforces(&balancer));
        Ok(done.then(|| outputs(arn)))
    }

    pub(crate) async fn not_enforcing_progress(&self, arn: &str) -> Result<Progress, Problem> {
        Ok(match self.load_balancer(arn).await? {
            None => Progress::Missing,
            Some(balancer) if enforces(&balancer) => waiting("on", Turn::Aws),
            Some(_) => usable(),
        })
    }

    /// Has them enforced again, with whatever groups the load balancer has. `NotFound` where there is none.
    pub(crate) async fn enforce_again(&self, arn: &str) -> Result<(), Problem> {
        let there = self.load_balancer(arn).await?;
        let balancer = there.ok_or_else(|| not_there(arn))?;
        let groups = balancer.security_groups.clone().unwrap_or_default();
        if enforces(&balancer) || groups.is_empty() {
            return Ok(());
        }
        self.set_enforced(arn, groups, Enforced::On).await
    }

    pub(crate) async fn enforces_again(&self, arn: &str) -> Result<bool, Problem> {
        let there = self.load_balancer(arn).await?;
        Ok(there.is_none_or(|balancer| {
            enforces(&balancer) || balancer.security_groups.unwrap_or_default().is_empty()
        }))
    }

    async fn set_enforced(
        &self,
        arn: &str,
        groups: Vec<String>,
        enforced: Enforced,
    ) -> Result<(), Problem> {
        self.session
            .elb
            .set_security_groups()
            .load_balancer_arn(arn)
            .set_security_groups(Some(groups))
            .enforce_security_group_inbound_rules_on_private_link_traffic(enforced)
            .send()
            .await
            .map_err(self.problem(SERVICE, SET_GROUPS))
            .map(|_| ())
    }
}

/// Whether the rules hold for `PrivateLink` traffic. AWS says nothing of it where there are no groups; where there
/// are, `on` is the default.
fn enforces(balancer: &LoadBalancer) -> bool {
    let groups = balancer.security_groups.as_deref().unwrap_or_default();
    !groups.is_empty() && enforced(balancer) != Some(false)
}

/// What AWS says of it, if anything.
pub(super) fn enforced(balancer: &LoadBalancer) -> Option<bool> {
    let word = balancer.enforce_security_group_inbound_rules_on_private_link_traffic();
    match word.map(Enforced::from)? {
        Enforced::On => Some(true),
        Enforced::Off => Some(false),
        _ => None,
    }
}

fn not_there(arn: &str) -> Problem {
    Problem::NotFound {
        party: Party::Aws,
        operation: SET_GROUPS.to_owned(),
        message: format!("{arn} is not there"),
    }
}

fn usable() -> Progress {
    Progress::Usable {
        outputs: Outputs::default(),
    }
}

fn outputs(arn: &str) -> Outputs {
    Outputs::default().with(OutputName::LoadBalancerArn, arn)
}
