//! The endpoint board.

use pipelink_plan::board::Board;
use pipelink_plan::problem::Problem;

use super::AppState;

/// The board as the journal remembers it: answers at once.
#[tauri::command]
#[specta::specta]
pub async fn board(app: AppState<'_>) -> Result<Board, Problem> {
    let open = app.open().await?;
    open.engine.board(&open.session.identity).await
}

/// Reads every endpoint again, within the API's request budget.
#[tauri::command]
#[specta::specta]
pub async fn refresh_board(app: AppState<'_>) -> Result<Board, Problem> {
    app.sweep().await
}

/// Wakes an idle service, which costs money: only on the admin's word.
#[tauri::command]
#[specta::specta]
pub async fn wake_service(
    app: AppState<'_>,
    organization_id: String,
    service_id: String,
) -> Result<(), Problem> {
    app.open()
        .await?
        .clickhouse()?
        .wake(&organization_id, &service_id)
        .await
}
