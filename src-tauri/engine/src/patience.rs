//! How often to look, how long to wait, and what to sit out. All in the account's time.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::step::{Action, ActionKind};

use crate::clock::Clock;

/// The pause after the first look at something.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
/// What was made may be missing from reads for that long (a new RAM share takes up to a minute).
pub(crate) const MAY_BE_MISSING: SignedDuration = SignedDuration::from_mins(2);
/// For how long to look for the result of a call that takes no token before saying that it is not known.
pub(crate) const LOOK_FOR: SignedDuration = SignedDuration::from_mins(10);
/// For how long throttling, silence and internal errors are sat out.
const SAT_OUT: SignedDuration = SignedDuration::from_mins(10);
/// The Cloud API counts ten requests in ten seconds of real time, whatever time the account lives in.
const CLOUD_API_FLOOR: Duration = Duration::from_secs(1);

/// How long a thing may take to become usable or to go. `None`: somebody is waited for, however long it takes.
/// Half an hour and ten minutes are what Terraform's AWS provider allows the gateway (being made, changed or
/// deleted) and the configuration, ten minutes its load balancer and endpoint service. Changing the connectivity of a
/// large MSK cluster takes hours (terraform-provider-aws #47279).
pub(crate) fn limit(action: &Action) -> Option<SignedDuration> {
    match action {
        Action::UpdateMskConnectivity { .. } => Some(SignedDuration::from_hours(24)),
        Action::CreateResourceGateway { .. }
        | Action::UpdateGatewaySecurityGroups { .. }
        | Action::CreateReversePrivateEndpoint { .. }
        | Action::AwaitEndpointReady { .. }
        | Action::ReadBootstrapBrokers { .. }
        | Action::VerifyPrivateDns { .. } => Some(SignedDuration::from_mins(30)),
        Action::CreateLoadBalancer { .. } | Action::CreateEndpointService { .. } => {
            Some(SignedDuration::from_mins(15))
        }
        Action::CreateResourceConfiguration { .. }
        | Action::CreateConfigurationGroup { .. }
        | Action::CreateChildConfiguration { .. }
        | Action::RegisterTargets { .. }
        | Action::AcceptEndpointConnection { .. } => Some(SignedDuration::from_mins(10)),
        Action::CreateResourceShare { .. }
        | Action::AllowInClusterPolicy { .. }
        | Action::CreateTargetGroup { .. }
        | Action::EnableCrossZone { .. }
        | Action::StopEnforcingInboundRules { .. }
        | Action::CreateListener { .. }
        | Action::AllowPrincipal { .. }
        | Action::AddSupportedRegion { .. } => Some(SignedDuration::from_mins(5)),
        Action::AwaitShareAcceptance { .. }
        | Action::AwaitMskConnection { .. }
        | Action::AwaitDnsRecord { .. }
        | Action::AwaitConnectionAcceptance { .. }
        | Action::AwaitEndpointConnection { .. } => None,
    }
}

/// How long a conflict on removing is sat out: what depends on the thing may still be on its way out.
///
/// A merge is taken back only from what it wrote. Found otherwise, somebody else has changed it, and that does
/// not pass: only a change of the same thing under way (AWS answers it with the same 409) is waited for. That of a
/// cluster's connectivity, which may be the very one to be taken back, takes hours.
pub(crate) fn conflict_limit(action: &Action) -> Option<SignedDuration> {
    match action.kind() {
        _ if matches!(action, Action::UpdateMskConnectivity { .. }) => limit(action),
        ActionKind::Write | ActionKind::Wait => limit(action),
        ActionKind::Merge => Some(SignedDuration::from_mins(2)),
    }
}

/// How many reads in a row must say "usable". VPC Lattice's reads are eventually consistent: Terraform's
/// provider wants two in a row for gateway and configuration.
pub(crate) fn usable_reads(action: &Action) -> u8 {
    match action {
        Action::CreateResourceGateway { .. }
        | Action::CreateResourceConfiguration { .. }
        | Action::CreateConfigurationGroup { .. }
        | Action::CreateChildConfiguration { .. }
        | Action::UpdateGatewaySecurityGroups { .. } => 2,
        _ => 1,
    }
}

/// How many reads in a row must say "gone" before the next thing is removed: one that is not found may be on its
/// way out still, and what it depends on would be refused.
pub(crate) const GONE_READS: u8 = 2;

/// How much of the time between two looks counts: a few pauses, and a call with its repetitions.
const BETWEEN_LOOKS: SignedDuration = SignedDuration::from_mins(2);
/// The same in a sandbox whose time runs fast: a moment in which this computer is busy is minutes there, and a limit
/// stands for many looks, not for one that came late.
const BETWEEN_FAST_LOOKS: SignedDuration = SignedDuration::from_secs(30);
/// The least of it in seconds of the system's time, where an hour passes while a call is under way.
const BETWEEN_LOOKS_IN_SYSTEM_TIME: f64 = 0.1;

/// For how long something was watched, which is what limits are about: while the computer sleeps nobody looks, and its
/// clock may be moved.
pub(crate) struct Watched {
    last: Timestamp,
    time: SignedDuration,
}

impl Watched {
    pub(crate) fn from_now(clock: &Clock) -> Self {
        Self {
            last: clock.now(),
            time: SignedDuration::ZERO,
        }
    }

    /// To be asked at every look.
    pub(crate) fn until_now(&mut self, clock: &Clock) -> SignedDuration {
        let longest = counts_at_most(clock.speed());
        let now = clock.now();
        let passed = now.duration_since(self.last);
        self.last = now;
        self.time = self
            .time
            .saturating_add(passed.clamp(SignedDuration::ZERO, longest));
        self.time
    }
}

fn counts_at_most(speed: f64) -> SignedDuration {
    if speed <= 1.0 {
        return BETWEEN_LOOKS;
    }
    let fast = SignedDuration::try_from_secs_f64(BETWEEN_LOOKS_IN_SYSTEM_TIME * speed);
    fast.map_or(BETWEEN_LOOKS, |fast| fast.max(BETWEEN_FAST_LOOKS))
}

/// The pause between two looks: short at first, growing.
pub(crate) struct Pace {
    next: Duration,
    longest: Duration,
    floor: Duration,
}

impl Pace {
    /// For looks at what an action made.
    pub(crate) fn of(action: &Action) -> Self {
        Self {
            next: FIRST_PAUSE,
            longest: match action.kind() {
                // Hours are not told in seconds.
                _ if matches!(action, Action::UpdateMskConnectivity { .. }) => {
                    Duration::from_mins(1)
                }
                ActionKind::Write | ActionKind::Merge => Duration::from_secs(10),
                ActionKind::Wait => Duration::from_secs(30),
            },
            floor: match action.party() {
                Party::ClickHouse => CLOUD_API_FLOOR,
                Party::Aws | Party::Computer => Duration::ZERO,
            },
        }
    }

    /// Before the second of two looks that must agree, however long the wait was.
    pub(crate) async fn pause_for_second_look(&self, clock: &Clock) {
        clock.sleep_at_least(FIRST_PAUSE, self.floor).await;
    }

    pub(crate) async fn pause(&mut self, clock: &Clock) {
        clock.sleep_at_least(self.next, self.floor).await;
        self.next = self.next.mul_f32(1.5).min(self.longest);
    }
}

/// Sits out what passes by itself, up to a limit in one stretch.
#[derive(Default)]
pub(crate) struct Patience {
    trouble: Option<Watched>,
    last: Option<Problem>,
}

impl Patience {
    /// Whether to try again after this problem; if not, it is given back.
    pub(crate) fn bears(&mut self, clock: &Clock, problem: Problem) -> Result<(), Problem> {
        if !passes_by_itself(&problem) {
            return Err(problem);
        }
        let trouble = self.trouble.get_or_insert_with(|| Watched::from_now(clock));
        if trouble.until_now(clock) > SAT_OUT {
            return Err(problem);
        }
        tracing::debug!(%problem, "sitting it out");
        self.last = Some(problem);
        Ok(())
    }

    /// Why a wait that took too long ends. Where trouble was being sat out it was for that, and not for the state
    /// last seen, which nobody could read any more.
    pub(crate) fn overdue(&self, resource: String, state: String) -> Problem {
        let still = Problem::StillWaiting { resource, state };
        self.last.clone().unwrap_or(still)
    }

    /// An answer came: the next stretch is a new one.
    pub(crate) fn rests(&mut self) {
        *self = Self::default();
    }
}

fn passes_by_itself(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::Throttled { .. }
            | Problem::Unreachable { .. }
            | Problem::NotConnected { .. }
            | Problem::ServerError { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_single_look_that_comes_late_ends_a_wait() {
        let shortest = SignedDuration::from_mins(5);
        // Real accounts, the sandbox as it starts, and as fast as tests run it.
        for (speed, looks) in [(1.0, 2), (60.0, 10), (300.0, 10)] {
            let all_late = counts_at_most(speed) * looks;
            assert!(all_late <= shortest, "{looks} looks at speed {speed}");
        }
        // A call takes a tenth of a second, whatever the speed: it counts.
        assert_eq!(counts_at_most(36_000.0), SignedDuration::from_hours(1));
    }
}
