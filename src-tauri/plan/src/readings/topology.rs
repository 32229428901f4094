//! The topology picture: what is there, what the plan adds, what ClickHouse has, as nodes and edges.

use serde::{Deserialize, Serialize};

use crate::step::StepId;

/// The picture as data: the page draws it, and reads it out as a list in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Topology {
    /// Left to right, top to bottom.
    pub nodes: Vec<Node>,
    /// Who talks to whom.
    pub edges: Vec<Edge>,
}

/// One thing in the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Node {
    /// Unique in the picture.
    pub id: String,
    /// Which of the three columns.
    pub lane: Lane,
    /// What it is, such as "Resource gateway".
    pub title: String,
    /// Its name.
    pub name: Option<String>,
    /// Its ID or ARN, to copy, once it has one.
    pub resource_id: Option<String>,
    /// The step that makes it; a node without one exists already.
    pub step: Option<StepId>,
}

/// The three columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Lane {
    /// The customer's account.
    Account,
    /// What the path adds.
    Added,
    /// `ClickHouse`'s side.
    ClickHouse,
}

/// A line between two nodes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Edge {
    /// A node's ID.
    pub from: String,
    /// A node's ID.
    pub to: String,
    /// What goes along it, such as "TCP 5432".
    pub label: Option<String>,
}
