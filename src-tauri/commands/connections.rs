//! Connections that other accounts have to what the admin's account offers: to an endpoint service, and to an MSK
//! cluster.

use pipelink_plan::paths::endpoint_service::ConnectionRow;
use pipelink_plan::paths::msk_multi_vpc::{self, MskConnectionRow};
use pipelink_plan::problem::Problem;

use super::AppState;

/// The connections to an endpoint service, each with whose it is as far as AWS and ClickHouse together tell.
#[tauri::command]
#[specta::specta]
pub async fn endpoint_connections(
    app: AppState<'_>,
    service_id: String,
) -> Result<Vec<ConnectionRow>, Problem> {
    app.open().await?.endpoint_connections(&service_id).await
}

/// Accepts a connection. Refused unless ClickPipes' account owns the endpoint and ClickHouse reports it: both are
/// read once more before.
#[tauri::command]
#[specta::specta]
pub async fn accept_connection(
    app: AppState<'_>,
    service_id: String,
    vpc_endpoint_id: String,
) -> Result<(), Problem> {
    let open = app.open().await?;
    open.accept_connection(&service_id, &vpc_endpoint_id).await
}

/// Rejects a connection, whoever's it is.
#[tauri::command]
#[specta::specta]
pub async fn reject_connection(
    app: AppState<'_>,
    service_id: String,
    vpc_endpoint_id: String,
) -> Result<(), Problem> {
    let aws = &app.open().await?.session.aws;
    aws.reject_connection(&service_id, &vpc_endpoint_id).await
}

/// The connections to an MSK cluster from other VPCs, each with whether it can be rejected.
#[tauri::command]
#[specta::specta]
pub async fn msk_connections(
    app: AppState<'_>,
    cluster_arn: String,
) -> Result<Vec<MskConnectionRow>, Problem> {
    let aws = &app.open().await?.session.aws;
    let connections = aws.client_connections(&cluster_arn).await?;
    Ok(msk_multi_vpc::connection_rows(&connections))
}

/// Rejects a connection to an MSK cluster.
#[tauri::command]
#[specta::specta]
pub async fn reject_msk_connection(
    app: AppState<'_>,
    cluster_arn: String,
    connection_arn: String,
) -> Result<(), Problem> {
    let aws = &app.open().await?.session.aws;
    aws.reject_client_connection(&cluster_arn, &connection_arn)
        .await
}
