//! Which sources there are and which path fits each, with the reason.

use serde::{Deserialize, Serialize};

use crate::step::{Engine, PathKind};

/// One source as the wizard's first page lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// What it is, such as "Aurora PostgreSQL cluster".
    pub what: String,
    /// What it speaks, where a ClickPipe can read it.
    pub engine: Option<Engine>,
    /// `available`, ...
    pub status: String,
    /// Its VPC, where known.
    pub vpc_id: Option<String>,
    /// Its port, where known.
    pub port: Option<u16>,
    /// The path that fits it; none where Pipelink has none for it.
    pub path: Option<PathKind>,
    /// Whether it can be set up now.
    pub eligible: bool,
    /// Why, or why not and what to do, in one sentence.
    pub reason: String,
}
