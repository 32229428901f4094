//! Deletions that AWS refuses although they are under way: what is on its way out needs no other one.
//!
//! Owns what a refusal comes to after a look at the thing. One that is not found settles nothing: it may be gone,
//! or so new that it is not shown yet, and only time tells the two apart. That is the engine's, which has a clock.

use pipelink_plan::problem::Problem;

/// `Ok` where the look shows the thing on its way out, else the refusal.
///
/// A missing right is told also where the look did not succeed: it is what has to be cured first. Of any other
/// refusal nothing is known then, and the look's own problem is told.
pub(crate) fn settled(refused: Problem, going: Result<bool, Problem>) -> Result<(), Problem> {
    match (refused, going) {
        (_, Ok(true)) => Ok(()),
        (refused, Ok(false)) | (refused @ Problem::AccessDenied { .. }, Err(_)) => Err(refused),
        (_, Err(unread)) => Err(unread),
    }
}
