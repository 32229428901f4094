//! Whether a call of an earlier time may have made something that the journal does not know of, how long to look for
//! that, and whether what is found is the run's own.
//!
//! Decides from the journal alone; the looks themselves are `obtain`'s and `undo`'s.

use jiff::Timestamp;
use pipelink_plan::run::StepState;
use pipelink_plan::step::Action;

use crate::held::Held;
use crate::patience::{LOOK_FOR, MAY_BE_MISSING};

/// Looks for what AWS made before the call is repeated: with the pauses between them about a minute, the
/// longest that a new RAM share was seen to be missing (Terraform's provider retries as long).
const LOOKS: u32 = 9;
/// Looks for what AWS may have made before it refused: a second one for a list that lags behind.
const LOOKS_AFTER_REFUSAL: u32 = 2;
/// The fewest looks for what a call that takes no token made, however much time passes between them.
const LOOKS_WITHOUT_TOKEN: u32 = 3;

/// Whether the step's thing may be there although the journal has no ID of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// It was never called for, or the journal has its IDs.
    None,
    /// AWS refused the call. The SDK makes up to three attempts inside one call and tells the last answer
    /// alone: the first attempt may have taken effect with its answer lost, and a later one be throttled,
    /// find the credentials expired or the name taken. Most such things were never made, so the look is short.
    /// What it finds is the run's by its mark only: see [`Doubt::claims`].
    Refused,
    /// The call was not answered.
    Open,
}

impl Doubt {
    /// What is in doubt about the step at `position`.
    pub(crate) fn about(held: &mut Held, position: usize, action: &Action) -> Self {
        let sent = held.sending(position).token.is_some();
        let step = &held.run.steps[position];
        match step.state {
            StepState::Sent | StepState::NotKnown { .. } => Self::Open,
            // What takes no token is attempted once: its refusal is about that one attempt.
            StepState::Failed { .. }
                if sent && step.outputs.0.is_empty() && action.takes_token() =>
            {
                Self::Refused
            }
            StepState::Failed { .. }
            | StepState::Pending
            | StepState::Waiting { .. }
            | StepState::Done
            | StepState::Undoing
            | StepState::Undone
            | StepState::Kept => Self::None,
        }
    }

    /// Whether what is found, or found to be as wanted already, is the run's own.
    ///
    /// A setting that carries no mark and is as wanted after a refusal may have been changed by somebody else. It may
    /// also be the doing of a first attempt whose answer got lost inside the refused call: that is forgotten on
    /// purpose, since leaving something behind is better than taking back what is not ours. So it is also with the
    /// security groups of a gateway, although a third set of them is a conflict: the same set by another hand is not.
    pub(crate) fn claims(self, action: &Action) -> bool {
        self == Self::Open || action.is_marked()
    }

    /// What to look for before the call is made again. `None`: there is nothing to look for.
    pub(crate) fn before_calling(
        self,
        held: &mut Held,
        position: usize,
        action: &Action,
    ) -> Option<Enough> {
        let looks = match self {
            Self::None => return None,
            // The admin's word: one last look.
            Self::Refused | Self::Open if held.sending(position).send_again => 1,
            Self::Refused => LOOKS_AFTER_REFUSAL,
            Self::Open => return Some(Enough::of_open(held, action)),
        };
        let not_before = held.engine().clock.now();
        Some(Enough { looks, not_before })
    }

    /// The same before the step is told to have made nothing. A call made again is safe by its token; what is
    /// overlooked here stays behind. So no refusal is believed while what the call made may be missing from lists,
    /// and the admin's word to send again makes no look shorter.
    pub(crate) fn before_giving_up(
        self,
        held: &mut Held,
        position: usize,
        action: &Action,
    ) -> Option<Enough> {
        match self {
            Self::None => None,
            // Whatever a look would find is not the run's to take back.
            Self::Refused if !self.claims(action) => None,
            Self::Open => Some(Enough::of_open(held, action)),
            Self::Refused => {
                let now = held.engine().clock.now();
                let refused = held.run.steps[position].ended_at;
                Some(Enough {
                    looks: LOOKS_AFTER_REFUSAL,
                    // Not later than from now, should the clock have been set back.
                    not_before: refused.map_or(now, |at| at.min(now)) + MAY_BE_MISSING,
                })
            }
        }
    }
}

/// When looks that find nothing are enough.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Enough {
    looks: u32,
    not_before: Timestamp,
}

impl Enough {
    /// Whether that many looks are, the last of them begun at that time.
    pub(crate) fn is_reached(self, looks: u32, at: Timestamp) -> bool {
        looks >= self.looks && at >= self.not_before
    }

    /// For what an unanswered call may have made.
    fn of_open(held: &Held, action: &Action) -> Self {
        let now = held.engine().clock.now();
        if action.takes_token() {
            Self {
                looks: LOOKS,
                not_before: now,
            }
        } else {
            Self {
                looks: LOOKS_WITHOUT_TOKEN,
                not_before: now + LOOK_FOR,
            }
        }
    }
}
