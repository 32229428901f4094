//! The main job, page by page: from the first start to an endpoint that is Ready, with the sandbox's
//! account and the wizard's own defaults. The tests say what has to be seen in between.

//!
//! - `cluster`: the same for an MSK cluster
//! - `balanced`: the same through a load balancer and an endpoint service

pub mod balanced;
pub mod cluster;

use std::time::Duration;

use super::Window;

/// The Aurora cluster that the job connects, and the ClickHouse service that it is for.
pub const SOURCE: &str = "orders-postgres";
pub const SERVICE: &str = "orders-analytics";
/// An endpoint that works from the beginning.
pub const OTHER: &str = "inventory-postgres";

/// For what the next reading of the endpoints brings, also where one that began before has to end first.
pub const A_SWEEP: Duration = Duration::from_secs(90);

/// The run takes minutes of the sandbox's clock, which runs 60 times faster; a slow machine is slower.
pub const A_RUN: Duration = Duration::from_mins(2);

/// First start: into the sandbox, to its endpoints.
pub async fn enter_sandbox(window: &Window) {
    window
        .expect_heading("AWS PrivateLink for ClickPipes")
        .await;
    window.click_button("Try it in the sandbox").await;
    window.expect_heading("Endpoints").await;
}

/// Opens the wizard from the side.
pub async fn begin(window: &Window) {
    window.click_link("Set up a connection").await;
    window.expect_heading("Source and path").await;
    window.expect_text(SOURCE).await;
}

/// Opens the wizard from the page.
pub async fn begin_by_button(window: &Window) {
    window.click_button("Set up a connection").await;
    window.expect_heading("Source and path").await;
    window.expect_text(SOURCE).await;
}

/// Source and path: picks the cluster.
pub async fn choose_source(window: &Window) {
    window.choose_row("Sources", SOURCE).await;
}

/// Source and path: finds a source of this name in the long list.
pub async fn pick_source(window: &Window, name: &str) {
    window.type_into("Filter: Sources", name).await;
    window.choose_row("Sources", name).await;
}

/// Account and region: opens the page.
pub async fn open_account(window: &Window) {
    next(window, "Account and region").await;
}

/// Account and region: picks the service.
pub async fn choose_service(window: &Window) {
    open_account(window).await;
    window.choose_row("ClickHouse services", SERVICE).await;
}

/// Resource and network: opens the page.
pub async fn open_network(window: &Window) {
    next(window, "Resource and network").await;
}

/// Resource and network: everything is filled in already.
pub async fn look_at_network(window: &Window) {
    open_network(window).await;
    window.expect("table", "Subnets").await;
    window.expect("table", "Security groups").await;
}

/// Checks: opens their page.
pub async fn open_checks(window: &Window) {
    next(window, "Checks").await;
}

/// Checks: waits for them, whatever they say.
pub async fn checked(window: &Window) {
    window.expect_text("passed").await;
    window.expect_no_text("afresh, and checking").await;
}

/// Checks: waits for them, and none fails.
pub async fn look_at_checks(window: &Window) {
    open_checks(window).await;
    checked(window).await;
    window
        .expect_no_text("Going on is not possible while a check fails")
        .await;
}

/// Review: what will be created, and where.
pub async fn review(window: &Window) {
    window.tick_all("Go on all the same").await;
    next(window, "Review").await;
    window.expect_text("In this order.").await;
}

/// Begins the run; the button names the account.
pub async fn create(window: &Window) {
    begun(window, CREATE, SOURCE).await;
}

/// Presses the button that begins a run, and waits for the run's page.
pub async fn begun(window: &Window, button: &str, source: &str) {
    window.click_button(button).await;
    window
        .expect_heading(&format!("Connection to {source}"))
        .await;
}

/// What is written on the button that begins the run.
pub const CREATE: &str = "Create 4 resources in 111122223333 (Sandbox), us-east-1";

/// Waits until the run has come to its end: the endpoint is Ready, with its DNS name.
pub async fn arrive(window: &Window) {
    arrive_within(window, A_RUN).await;
}

/// The same, in a sandbox whose clock runs faster.
pub async fn arrive_within(window: &Window, patience: Duration) {
    window
        .expect_text_within("4 of 4 steps done", patience)
        .await;
    window.expect_heading("Connect").await;
    window.expect_text("vpc-lattice-rsc.us-east-1.on.aws").await;
    window.expect_text("5432").await;
}

/// All of it, from the board on.
pub async fn whole(window: &Window) {
    begin_by_button(window).await;
    choose_source(window).await;
    choose_service(window).await;
    look_at_network(window).await;
    look_at_checks(window).await;
    review(window).await;
    create(window).await;
    arrive(window).await;
}

/// Takes back all that the run made, and nothing else.
pub async fn undo(window: &Window, button: &str) {
    window.click_button("Delete what this run made").await;
    accept_the_unread(window).await;
    window.click_button(button).await;
}

/// Before anything is deleted: one service of the sandbox is idle, so what uses the resources is not all known.
pub async fn accept_the_unread(window: &Window) {
    window.choose(MAY_BREAK).await;
    window.expect_chosen(MAY_BREAK).await;
}

/// What is written beside the box that has to be ticked for it.
pub const MAY_BREAK: &str = "I know that something may break which could not be read";

/// After a start anew: into the sandbox if it is not open, and to its runs.
pub async fn return_to_runs(window: &Window) {
    window.expect("link", "Runs").await;
    window.click_link("Runs").await;
    window.expect_heading("Unfinished…").await;
}

async fn next(window: &Window, heading: &str) {
    window.click_button("Next").await;
    window.expect_heading(heading).await;
}
