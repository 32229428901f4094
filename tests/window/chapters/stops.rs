//! Runs that stand still: refused by AWS, with an outcome that nobody knows, and stuck on the way back.

use super::{A_FAST_RUN, FAST, go};
use crate::window::journey;
use crate::window::visit::Visit;

/// Nothing may be written; then a right is missing half-way; it is granted, and then the answer about the endpoint gets
/// lost before it is made.
pub async fn stops(visit: &Visit) {
    let window = &visit.window;
    let world = visit.world().await;
    world.speed(FAST).await;
    world
        .fault(("vpc-lattice", "CreateResourceGateway"), "deny")
        .await;
    go(window, "s", "Source and path").await;
    journey::choose_source(window).await;
    journey::choose_service(window).await;
    journey::look_at_network(window).await;
    journey::look_at_checks(window).await;
    journey::review(window).await;
    journey::create(window).await;
    window
        .expect_text_within("The run stands still", A_FAST_RUN)
        .await;
    // AWS has no call that tells of the right to write before it is used: this is what reading rights alone look like.
    visit.page("read-only").await;
    world.mend().await;
    world.fault(("ram", "CreateResourceShare"), "deny").await;
    window.click_button("Continue").await;
    window
        .expect_text_within("You have no right to ram:CreateResourceShare", A_FAST_RUN)
        .await;
    visit.page("run-stopped").await;
    world.mend().await;
    world
        .faults(("clickhouse", "CreateReversePrivateEndpoint"), "reset", 1)
        .await;
    window.click_button("Continue").await;
    window
        .expect_text_within("looking again is safe", A_FAST_RUN)
        .await;
    visit.page("run-not-known").await;
    window.click_button("Send again").await;
    window.expect_heading("Send the call again?").await;
    visit.view("send-again").await;
    window.click_button("Not now").await;

    world
        .fault(("vpc-lattice", "DeleteResourceGateway"), "deny")
        .await;
    window.click_button("Undo").await;
    window.expect_text("Deleted in this order").await;
    journey::accept_the_unread(window).await;
    visit.view("undo").await;
    window.click_button("Delete…").await;
    window
        .expect_text_within("Removing stands still", A_FAST_RUN)
        .await;
    visit.page("undo-stopped").await;
    world.mend().await;
    window.click_button("Continue undoing").await;
    window
        .expect_text_within("Everything this run made is removed", A_FAST_RUN)
        .await;
}
