//! Runs: the list, one run live, and what can be done with it.

use pipelink_plan::facts::lattice::ResourceGateway;
use pipelink_plan::paths::vpc_resource::network::SecurityGroupRow;
use pipelink_plan::problem::Problem;
use pipelink_plan::readings::connect::ConnectSheet;
use pipelink_plan::readings::removal::Removal;
use pipelink_plan::readings::review::ReviewStep;
use pipelink_plan::readings::topology::Topology;
use pipelink_plan::run::{Run, RunId};
use pipelink_plan::step::StepId;
use serde::Serialize;

use super::AppState;

/// One run with every reading that its page shows.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RunPage {
    /// The run.
    pub run: Run,
    /// Its steps in words.
    pub review: Vec<ReviewStep>,
    /// Its picture, with the IDs made so far.
    pub topology: Topology,
    /// How to connect, as far as it is known.
    pub sheet: ConnectSheet,
    /// Now, by the account's clock: elapsed times count from here.
    pub now: jiff::Timestamp,
    /// How many seconds of the account's clock pass in one second.
    pub clock_speed: f64,
}

/// The security groups of a gateway that a run made, and those it could have instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GatewayGroupsPage {
    /// The gateway as it is now.
    pub gateway: ResourceGateway,
    /// The VPC's groups, those that fit best first.
    pub groups: Vec<SecurityGroupRow>,
}

/// All runs of the account's journal, newest first.
#[tauri::command]
#[specta::specta]
pub async fn runs(app: AppState<'_>) -> Result<Vec<Run>, Problem> {
    app.open().await?.engine.runs().await
}

/// One run.
#[tauri::command]
#[specta::specta]
pub async fn run_page(app: AppState<'_>, run: RunId) -> Result<RunPage, Problem> {
    app.run_page(&run).await
}

/// Carries on with a run that stands still.
#[tauri::command]
#[specta::specta]
pub async fn continue_run(app: AppState<'_>, run: RunId) -> Result<(), Problem> {
    app.continue_run(run).await
}

/// Stops a run after the step under way.
#[tauri::command]
#[specta::specta]
pub async fn cancel_run(app: AppState<'_>, run: RunId) -> Result<(), Problem> {
    app.open().await?.engine.cancel(&run).await
}

/// Removes what a run made, in reverse; what others may have come to use only in the steps named in `also`.
#[tauri::command]
#[specta::specta]
pub async fn undo_run(app: AppState<'_>, run: RunId, also: Vec<StepId>) -> Result<(), Problem> {
    app.undo_run(run, also).await
}

/// Leaves what a run made as it is.
#[tauri::command]
#[specta::specta]
pub async fn leave_run(app: AppState<'_>, run: RunId) -> Result<(), Problem> {
    app.open().await?.engine.leave(&run).await
}

/// Sends the call of a step again whose outcome is not known: only on the admin's word.
#[tauri::command]
#[specta::specta]
pub async fn send_again(app: AppState<'_>, run: RunId, step: StepId) -> Result<(), Problem> {
    app.send_again(run, step).await
}

/// What undoing a run deletes, in order, and what would break.
#[tauri::command]
#[specta::specta]
pub async fn removal(app: AppState<'_>, run: RunId) -> Result<Removal, Problem> {
    app.removal(&run).await
}

/// The security groups of the gateway that a run made or uses, read now.
#[tauri::command]
#[specta::specta]
pub async fn gateway_groups(app: AppState<'_>, run: RunId) -> Result<GatewayGroupsPage, Problem> {
    app.gateway_groups(&run).await
}

/// Begins a run that gives that gateway other security groups. Refused where it has no longer those that were
/// shown: somebody else's change is never overwritten unseen.
#[tauri::command]
#[specta::specta]
pub async fn change_gateway_groups(
    app: AppState<'_>,
    run: RunId,
    shown: Vec<String>,
    security_group_ids: Vec<String>,
) -> Result<RunId, Problem> {
    app.change_gateway_groups(&run, &shown, &security_group_ids)
        .await
}
