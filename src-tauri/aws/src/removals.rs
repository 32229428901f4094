//! Deletions that AWS refuses: what is gone already, or on its way out, needs no other one.
//!
//! Owns what a refusal comes to after one more look at the thing. A deletion under way is refused as a
//! conflict. And where a right is scoped by tag (`aws:ResourceTag`), what is gone has no tag left to match, so
//! that AWS answers with a missing right where it would otherwise say that nothing is there
//! (docs/ASSUMPTIONS.md).

use pipelink_plan::problem::Problem;

/// `Ok` where the look says that the thing is gone or on its way out, else the refusal.
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
