//! The targets of a target group: registered, watched until they are healthy, deregistered.

use aws_sdk_elasticloadbalancingv2::types::{
    TargetDescription, TargetHealthDescription, TargetHealthReasonEnum, TargetHealthStateEnum,
};
use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{OutputName, Outputs, TargetAddress};

use super::SERVICE;
use crate::lattice::{unless_gone, waiting};
use crate::session::Aws;

const REGISTER: &str = "RegisterTargets";
const DEREGISTER: &str = "DeregisterTargets";
pub(super) const HEALTH: &str = "DescribeTargetHealth";
/// The zone of an address that lies in none of the load balancer's VPC (API reference, `TargetDescription`).
const ALL_ZONES: &str = "all";

impl Aws {
    /// Registering what is registered already changes nothing.
    pub(crate) async fn register_targets(
        &self,
        target_group_arn: &str,
        targets: &[TargetAddress],
    ) -> Result<Outputs, Problem> {
        self.session
            .elb
            .register_targets()
            .target_group_arn(target_group_arn)
            .set_targets(Some(targets.iter().map(described).collect()))
            .send()
            .await
            .map_err(self.problem(SERVICE, REGISTER))?;
        Ok(outputs(target_group_arn))
    }

    /// Found where the group has all of them: targets carry no tags.
    pub(crate) async fn find_targets(
        &self,
        target_group_arn: &str,
        targets: &[TargetAddress],
    ) -> Result<Option<Outputs>, Problem> {
        let listed = unless_gone(self.target_health(target_group_arn).await)?.unwrap_or_default();
        let all = targets
            .iter()
            .all(|target| listed.iter().any(|it| is(it, target) && !leaving(it)));
        Ok(all.then(|| outputs(target_group_arn)))
    }

    /// Usable once all are healthy. One that fails its health checks is not over: it gets healthy once the way to it
    /// is open, which is the admin's to do.
    pub(crate) async fn targets_progress(
        &self,
        target_group_arn: &str,
        targets: &[TargetAddress],
    ) -> Result<Progress, Problem> {
        let Some(listed) = unless_gone(self.target_health(target_group_arn).await)? else {
            return Ok(Progress::Missing);
        };
        let mut under_way = None;
        for target in targets {
            let Some(found) = listed.iter().find(|it| is(it, target)) else {
                return Ok(Progress::Missing);
            };
            match progress(target, found) {
                Progress::Usable { .. } => {}
                ended @ Progress::Ended { .. } => return Ok(ended),
                other => under_way = under_way.or(Some(other)),
            }
        }
        Ok(under_way.unwrap_or_else(|| Progress::Usable {
            outputs: Outputs::default(),
        }))
    }

    /// Takes them out of the group, if that is the run's.
    pub(crate) async fn deregister_targets(
        &self,
        target_group_arn: &str,
        targets: &[TargetAddress],
        run: &RunId,
    ) -> Result<(), Problem> {
        let arn = target_group_arn;
        if !self.balancing_may_go(DEREGISTER, arn, run).await? {
            return Ok(());
        }
        if self.targets_removed(arn, targets).await? {
            return Ok(());
        }
        let answer = self
            .session
            .elb
            .deregister_targets()
            .target_group_arn(arn)
            .set_targets(Some(targets.iter().map(described).collect()))
            .send()
            .await
            .map_err(self.problem(SERVICE, DEREGISTER));
        unless_gone(answer).map(|_| ())
    }

    /// Whether none of them gets new connections any more. One that drains serves those it has for some minutes,
    /// and keeps nothing else from being removed.
    pub(crate) async fn targets_removed(
        &self,
        target_group_arn: &str,
        targets: &[TargetAddress],
    ) -> Result<bool, Problem> {
        let listed = unless_gone(self.target_health(target_group_arn).await)?.unwrap_or_default();
        Ok(!targets
            .iter()
            .any(|target| listed.iter().any(|it| is(it, target) && !leaving(it))))
    }

    /// All targets of a group. This call has no pages.
    pub(super) async fn target_health(
        &self,
        target_group_arn: &str,
    ) -> Result<Vec<TargetHealthDescription>, Problem> {
        let answer = self
            .session
            .elb
            .describe_target_health()
            .target_group_arn(target_group_arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, HEALTH))?;
        Ok(answer.target_health_descriptions.unwrap_or_default())
    }
}

fn described(target: &TargetAddress) -> TargetDescription {
    TargetDescription::builder()
        .id(target.address.to_string())
        .port(i32::from(target.port))
        .set_availability_zone(target.outside_vpc.then(|| ALL_ZONES.to_owned()))
        .build()
}

fn is(listed: &TargetHealthDescription, target: &TargetAddress) -> bool {
    let Some(described) = &listed.target else {
        return false;
    };
    described.id.as_deref() == Some(target.address.to_string().as_str())
        && described.port == Some(i32::from(target.port))
}

fn state(listed: &TargetHealthDescription) -> Option<&TargetHealthStateEnum> {
    listed.target_health.as_ref()?.state.as_ref()
}

fn leaving(listed: &TargetHealthDescription) -> bool {
    matches!(
        state(listed),
        Some(TargetHealthStateEnum::Draining | TargetHealthStateEnum::UnhealthyDraining)
    )
}

/// Why a target is in its state, in AWS's words.
pub(super) fn reason(listed: &TargetHealthDescription) -> Option<String> {
    let health = listed.target_health.as_ref()?;
    let code = || health.reason.as_ref().map(|it| it.as_str().to_owned());
    health.description.clone().or_else(code)
}

fn progress(target: &TargetAddress, listed: &TargetHealthDescription) -> Progress {
    let state = state(listed);
    let word = state.map_or("unknown", TargetHealthStateEnum::as_str);
    let seen = format!("{word} ({}:{})", target.address, target.port);
    let reason = reason(listed);
    let with_reason = match &reason {
        Some(reason) => format!("{seen}: {reason}"),
        None => seen.clone(),
    };
    match state {
        Some(TargetHealthStateEnum::Healthy) => Progress::Usable {
            outputs: Outputs::default(),
        },
        Some(TargetHealthStateEnum::Initial) => waiting(seen, Turn::Aws),
        // Its group has no listener yet, or the load balancer is not in its zone: one code for both.
        Some(TargetHealthStateEnum::Unused) if is_not_in_use(listed) => {
            waiting(with_reason, Turn::NotKnown)
        }
        Some(TargetHealthStateEnum::Unhealthy | TargetHealthStateEnum::Unused) => {
            waiting(with_reason, Turn::You)
        }
        Some(TargetHealthStateEnum::Draining | TargetHealthStateEnum::UnhealthyDraining) => {
            Progress::Ended { seen, reason }
        }
        _ => waiting(with_reason, Turn::NotKnown),
    }
}

fn is_not_in_use(listed: &TargetHealthDescription) -> bool {
    let reason = listed
        .target_health
        .as_ref()
        .and_then(|it| it.reason.as_ref());
    matches!(reason, Some(TargetHealthReasonEnum::NotInUse))
}

fn outputs(target_group_arn: &str) -> Outputs {
    Outputs::default().with(OutputName::TargetGroupArn, target_group_arn)
}
