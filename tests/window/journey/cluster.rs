//! MSK multi-VPC connectivity, page by page: from the cluster in the list to its brokers' own names for ClickPipes, and
//! back.

use crate::window::{Window, World};

use super::{A_RUN, begun, open_network, pick_source};

/// A cluster that has no multi-VPC connectivity yet, and no policy.
pub const CLUSTER: &str = "events";

/// What is written on the button that begins the run.
pub const CREATE: &str =
    "Create 1 resource and make 2 changes in 111122223333 (Sandbox), us-east-1";

/// Longer than AWS takes to change a cluster of three brokers.
const HOURS: std::time::Duration = std::time::Duration::from_hours(2);

/// Source and path: picks the cluster; its path is recommended by itself.
pub async fn choose_source(window: &Window) {
    pick_source(window, CLUSTER).await;
    window
        .expect_heading("Recommended: MSK multi-VPC connectivity")
        .await;
    window
        .expect_chosen("MSK multi-VPC connectivity (recommended)…")
        .await;
}

/// Resource and network: how ClickPipes prove who they are, and what becomes of the cluster.
pub async fn look_at_network(window: &Window) {
    open_network(window).await;
    window.expect_heading("Cluster events").await;
    window.choose("IAM access control (SASL/IAM)…").await;
    window
        .expect_text("Multi-VPC connectivity is turned on first")
        .await;
    window
        .expect_text("No connection from another VPC yet")
        .await;
}

/// Begins the run; AWS then changes the whole cluster for it.
pub async fn create(window: &Window) {
    begun(window, CREATE, CLUSTER).await;
    window
        .expect_text_within("AWS is changing the cluster: this takes long", A_RUN)
        .await;
}

/// Lets the hours go by in the sandbox, until the brokers' names for ClickPipes are there.
pub async fn arrive(window: &Window, world: &World) {
    world.advance(HOURS).await;
    window.expect_text_within("4 of 4 steps done", A_RUN).await;
    window.expect_heading("Connect").await;
    window.expect_text(":14001").await;
}

/// After an undo that left multi-VPC connectivity on: turns it off, which changes the whole cluster again.
pub async fn turn_off(window: &Window, world: &World) {
    window.click_button("Turn off multi-VPC connectivity").await;
    window
        .expect_text("Everybody who connects to the cluster from another VPC is cut off")
        .await;
    super::accept_the_unread(window).await;
    window.click_button("Turn it off").await;
    window.expect_enabled("Stop undoing").await;
    world.advance(HOURS).await;
}
