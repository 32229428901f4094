//! The wizard: sources, network, checks, review, start.

use pipelink_plan::advice::{Advice, Answers, Source};
use pipelink_plan::check::{Check, CheckId};
use pipelink_plan::facts::billing::Price;
use pipelink_plan::facts::clickhouse::{ReversePrivateEndpoint, Service};
use pipelink_plan::facts::network::Vpc;
use pipelink_plan::names::FieldError;
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::choices::Choices;
use pipelink_plan::paths::endpoint_service::page::EndpointServicePage;
use pipelink_plan::paths::msk_multi_vpc::page::MskPage;
use pipelink_plan::paths::vpc_resource::network::NetworkPage;
use pipelink_plan::paths::{self, endpoint_service, vpc_resource};
use pipelink_plan::problem::Problem;
use pipelink_plan::readings::policy::Policy;
use pipelink_plan::readings::review::ReviewStep;
use pipelink_plan::readings::topology::Topology;
use pipelink_plan::region::ClickPipesRegion;
use pipelink_plan::run::RunId;
use pipelink_plan::step::Plan;
use serde::Serialize;

use super::AppState;

/// The wizard's first pages: what can be connected, and to which service.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SourcesPage {
    /// Databases and clusters of the region.
    pub sources: Vec<Source>,
    /// VPCs from which a domain name or an address can be reached.
    pub vpcs: Vec<Vpc>,
    /// What could not be read.
    pub unread: Vec<Problem>,
    /// The organization's services, each with the region its ClickPipes run in.
    pub services: Observed<Vec<ServiceRow>>,
}

/// One ClickHouse service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ServiceRow {
    /// The service.
    pub service: Service,
    /// Where its ClickPipes run.
    pub clickpipes_region: ClickPipesRegion,
}

/// The checks page.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ChecksPage {
    /// Failures first.
    pub checks: Vec<Check>,
    /// A Ready endpoint of the service that already reaches the source: offered first.
    pub existing: Option<ReversePrivateEndpoint>,
}

/// The review page.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReviewPage {
    /// The plan itself.
    pub plan: Plan,
    /// Its steps in words.
    pub steps: Vec<ReviewStep>,
    /// Its picture.
    pub topology: Topology,
    /// The least-privilege IAM policy for all of it.
    pub policy: Policy,
}

/// Reads the region's databases and the organization's services.
#[tauri::command]
#[specta::specta]
pub async fn sources(app: AppState<'_>) -> Result<SourcesPage, Problem> {
    app.open().await?.wizard.sources().await
}

/// Which path fits, and why the others do not, from what is answered so far. `picked` is the ARN of a source out of
/// the list, which answers some of the questions by itself.
#[tauri::command]
#[specta::specta]
pub async fn advise(
    app: AppState<'_>,
    picked: Option<String>,
    answers: Answers,
) -> Result<Advice, Problem> {
    let wizard = &app.open().await?.wizard;
    Ok(wizard.advise(picked.as_deref(), &answers).await)
}

/// Reads the source's VPC, and picks the defaults: for a VPC resource.
#[tauri::command]
#[specta::specta]
pub async fn network(
    app: AppState<'_>,
    source: vpc_resource::choices::SourceChoice,
) -> Result<NetworkPage, Problem> {
    app.open().await?.wizard.network(&source).await
}

/// Reads an MSK cluster with everything around it: for MSK multi-VPC connectivity.
#[tauri::command]
#[specta::specta]
pub async fn msk_cluster(app: AppState<'_>, cluster_arn: String) -> Result<MskPage, Problem> {
    app.open().await?.wizard.msk_cluster(&cluster_arn).await
}

/// Reads load balancers, endpoint services and the source's VPC, and picks the defaults: for a VPC endpoint service.
#[tauri::command]
#[specta::specta]
pub async fn load_balancing(
    app: AppState<'_>,
    source: endpoint_service::choices::SourceChoice,
) -> Result<EndpointServicePage, Problem> {
    app.open().await?.wizard.load_balancing(&source).await
}

/// A Ready endpoint of the chosen service that already reaches the chosen source: offered before anything else is
/// asked. The rest of the choices may still be empty.
#[tauri::command]
#[specta::specta]
pub async fn existing_endpoint(
    app: AppState<'_>,
    choices: Choices,
) -> Result<Option<ReversePrivateEndpoint>, Problem> {
    app.open().await?.wizard.existing(&choices).await
}

/// Which fields break which rule; empty when all are good. Answers from memory.
#[tauri::command]
#[specta::specta]
pub async fn validate(choices: Choices) -> Result<Vec<FieldError>, Problem> {
    Ok(paths::field_errors(&choices))
}

/// Reads afresh what the checks look at, and checks.
#[tauri::command]
#[specta::specta]
pub async fn checks(app: AppState<'_>, choices: Choices) -> Result<ChecksPage, Problem> {
    app.open().await?.wizard.checks(&choices).await
}

/// The plan for these choices and its readings.
#[tauri::command]
#[specta::specta]
pub async fn review(app: AppState<'_>, choices: Choices) -> Result<ReviewPage, Problem> {
    app.open().await?.wizard.review(&choices).await
}

/// What AWS bills for what a plan makes, at its own list price in the region.
#[tauri::command]
#[specta::specta]
pub async fn prices(app: AppState<'_>) -> Result<Vec<Price>, Problem> {
    app.open().await?.session.aws.prices().await
}

/// Begins the run. Refused while a check fails, or while a warning or an unanswered check is not accepted.
#[tauri::command]
#[specta::specta]
pub async fn start_run(
    app: AppState<'_>,
    choices: Choices,
    accepted: Vec<CheckId>,
) -> Result<RunId, Problem> {
    app.start_run(&choices, accepted).await
}
