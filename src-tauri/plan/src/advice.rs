//! Which sources there are, and which path fits each, with the reason.
//!
//! [`sources()`] lists what was found in a region; [`recommend()`] answers for any source, from a few answers of the
//! admin's, and says why the other paths do not fit; [`advise()`] holds that to what is known of a source of the list.

mod answers;
mod fits;
mod listed;
mod recommend;
mod sources;

pub use answers::{Answers, Question, RunsOn, SourceKind, answers_of};
pub use fits::{Fit, PathFit};
pub use listed::advise;
pub use recommend::{Advice, recommend};
pub use sources::{Source, sources};
