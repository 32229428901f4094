//! The sandbox's panel: its time, its faults, another operator, and exercises. Refused for a real account.

use pipelink_plan::problem::Problem;
use serde::{Deserialize, Serialize};

use super::AppState;

/// The sandbox as its panel shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SandboxPanel {
    /// Its time.
    pub now: jiff::Timestamp,
    /// Sandbox seconds per second; 0 while it is stopped.
    pub speed: f64,
    /// When ClickHouse's grace period starts.
    pub grace_starts: GraceStart,
    /// What can go wrong, and with which calls.
    pub operations: Vec<SandboxOperation>,
    /// What is switched on.
    pub faults: Vec<SandboxFault>,
    /// What another operator can do now.
    pub operator: Vec<OperatorAct>,
    /// The prepared exercises.
    pub exercises: Vec<Exercise>,
}

/// When the grace period of an endpoint starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum GraceStart {
    /// When it enters its state.
    Entry,
    /// When it is created.
    Creation,
}

/// One call of AWS or ClickHouse that the sandbox answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SandboxOperation {
    /// `vpc-lattice`, `ram`, `ec2`, `rds`, `kafka`, `sts`, `clickhouse`, ...
    pub service: String,
    /// The API's name of the call.
    pub operation: String,
    /// Which faults can strike it, such as `throttle`.
    pub kinds: Vec<String>,
}

/// A fault to switch on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct NewFault {
    /// As in [`SandboxOperation`].
    pub service: String,
    /// As in [`SandboxOperation`].
    pub operation: String,
    /// One of the operation's kinds.
    pub kind: String,
    /// How often it strikes; 0 is until it is removed.
    pub times: u32,
    /// Milliseconds, for a slow answer.
    pub delay_ms: u32,
    /// The reason that a failed state gives.
    pub reason: Option<String>,
}

/// A fault that is switched on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SandboxFault {
    /// Its number.
    pub id: u32,
    /// What was asked for.
    pub fault: NewFault,
    /// How often it has struck.
    pub hits: u32,
}

/// Something that another operator can do to what is there now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OperatorAct {
    /// What to say to have it done.
    pub id: String,
    /// A verb phrase that names the thing, such as "Delete resource share orders-share".
    pub title: String,
}

/// A prepared exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Exercise {
    /// Which one.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What has happened, in one or two sentences.
    pub situation: String,
    /// What to reach, in one sentence.
    pub goal: String,
    /// What to try, one hint after the other.
    pub hints: Vec<String>,
    /// Where it stands.
    pub state: ExerciseState,
}

/// Where an exercise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ExerciseState {
    /// Not begun.
    Ready,
    /// Prepared: the goal is not reached yet.
    Begun,
    /// The goal is reached.
    Reached,
}

/// What the panel shows.
#[tauri::command]
#[specta::specta]
pub async fn sandbox_panel(app: AppState<'_>) -> Result<SandboxPanel, Problem> {
    app.sandbox_control().await?.panel().await
}

/// Moves the sandbox's clock on, or changes how fast it runs; 0 stops it.
#[tauri::command]
#[specta::specta]
pub async fn sandbox_clock(
    app: AppState<'_>,
    advance_seconds: Option<f64>,
    speed: Option<f64>,
) -> Result<SandboxPanel, Problem> {
    app.sandbox_clock(advance_seconds, speed).await
}

/// Says when ClickHouse's grace period starts.
#[tauri::command]
#[specta::specta]
pub async fn sandbox_grace(app: AppState<'_>, starts: GraceStart) -> Result<SandboxPanel, Problem> {
    app.sandbox_control().await?.grace(starts).await
}

/// Switches a fault on.
#[tauri::command]
#[specta::specta]
pub async fn sandbox_fault(app: AppState<'_>, fault: NewFault) -> Result<SandboxPanel, Problem> {
    app.sandbox_control().await?.fault(&fault).await
}

/// Switches a fault off, or without a number all of them.
#[tauri::command]
#[specta::specta]
pub async fn sandbox_clear_fault(
    app: AppState<'_>,
    id: Option<u32>,
) -> Result<SandboxPanel, Problem> {
    app.sandbox_control().await?.clear_fault(id).await
}

/// Has another operator do something.
#[tauri::command]
#[specta::specta]
pub async fn sandbox_operator(app: AppState<'_>, act: String) -> Result<SandboxPanel, Problem> {
    app.sandbox_control().await?.operator(&act).await
}

/// Prepares an exercise.
#[tauri::command]
#[specta::specta]
pub async fn sandbox_exercise(
    app: AppState<'_>,
    exercise: String,
) -> Result<SandboxPanel, Problem> {
    app.sandbox_control().await?.exercise(&exercise).await
}
