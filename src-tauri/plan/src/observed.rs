//! What a read came to: a value, or the reason why there is none.
//!
//! A refused call is a fact of its own ("no right to rds:DescribeDBClusters"), never an empty list: a check
//! that needed it answers *not known*.

use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// A value that was read, or why it could not be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum Observed<T> {
    /// The call answered.
    Known {
        /// What it answered.
        value: T,
    },
    /// The call did not answer, or was not made.
    Unknown {
        /// Why, with its remedy.
        problem: Problem,
    },
}

impl<T> Observed<T> {
    /// The value, where there is one.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known { value } => Some(value),
            Self::Unknown { .. } => None,
        }
    }

    /// Why there is no value.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Known { .. } => None,
            Self::Unknown { problem } => Some(problem),
        }
    }
}

impl<T> From<Result<T, Problem>> for Observed<T> {
    fn from(result: Result<T, Problem>) -> Self {
        match result {
            Ok(value) => Self::Known { value },
            Err(problem) => Self::Unknown { problem },
        }
    }
}
