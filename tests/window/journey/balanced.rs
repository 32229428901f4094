//! A VPC endpoint service in front of a database, page by page: with a load balancer of its own, to Ready.

use std::time::Duration;

use crate::window::Window;

use super::{SOURCE, begun, open_network};

/// What is written on the button that begins the run.
pub const CREATE: &str = "Create 5 resources in 111122223333 (Sandbox), us-east-1";

/// A group that the database lets in.
pub const GROUP: &str = "clickpipes-gateway";

/// Source and path: picks the database, and the path that is not the one recommended for it.
pub async fn choose_source(window: &Window) {
    super::choose_source(window).await;
    window.expect_heading("Recommended: VPC resource").await;
    choose_path(window).await;
}

/// Source and path: takes an endpoint service.
pub async fn choose_path(window: &Window) {
    window.choose("VPC endpoint service…").await;
    window.expect_chosen("VPC endpoint service…").await;
    window.expect_text("How it connects").await;
}

/// Resource and network: everything new, with a group that the database lets in.
pub async fn look_at_network(window: &Window) {
    open_network(window).await;
    window.expect("table", "Hosts").await;
    make_everything(window).await;
}

/// The same, with the page open already.
pub async fn make_everything(window: &Window) {
    window.choose("Make new ones…").await;
    window.expect("table", "Subnets").await;
    window.tick_all(GROUP).await;
    window
        .expect_text("Security groups, optional (1 chosen)")
        .await;
}

/// Begins the run.
pub async fn create(window: &Window) {
    begun(window, CREATE, SOURCE).await;
}

/// Waits until the endpoint is Ready, with its DNS name.
pub async fn arrive(window: &Window, steps: u32, patience: Duration) {
    window
        .expect_text_within(&format!("{steps} of {steps} steps done"), patience)
        .await;
    window.expect_heading("Connect").await;
    window.expect_text(".us-east-1.vpce.amazonaws.com").await;
}

/// The connection of somebody else to the service that is there.
pub const FOREIGN: &str = "vpce-0c218fdacbc38e741";

/// From the board to a run upon a service that is there, which waits for its connection to be accepted by hand. Says
/// which endpoint it is.
pub async fn until_by_hand(window: &Window) -> String {
    super::begin_by_button(window).await;
    super::pick_source(window, "billing-mysql").await;
    choose_path(window).await;
    super::choose_service(window).await;
    open_network(window).await;
    window
        .choose("Use an endpoint service that is there…")
        .await;
    window
        .choose_row("Endpoint services", "billing-mysql")
        .await;
    window.choose("I accept it myself…").await;
    super::look_at_checks(window).await;
    super::review(window).await;
    begun(
        window,
        "Create 1 resource in 111122223333 (Sandbox), us-east-1",
        "billing-mysql",
    )
    .await;
    window
        .expect_text_within("Your turn: accept the connection", super::A_RUN)
        .await;
    window.word_after("ClickHouse reports this endpoint:").await
}
