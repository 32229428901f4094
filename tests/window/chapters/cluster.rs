//! MSK multi-VPC connectivity: the job, clusters that are not as the one of the job, and undoing with the tick and
//! without.

use super::go;
use crate::window::journey::{self, cluster};
use crate::window::visit::Visit;

/// Of the sandbox's clock.
const USUAL: f64 = 60.0;

/// From the list to the brokers, and back.
pub async fn job(visit: &Visit) {
    let window = &visit.window;
    let world = visit.world().await;
    go(window, "s", "Source and path").await;
    window.expect_text(journey::SOURCE).await;
    cluster::choose_source(window).await;
    visit.page("source-msk").await;
    visit.narrow("source-msk").await;
    journey::choose_service(window).await;
    cluster::look_at_network(window).await;
    visit.page("network-msk").await;
    visit.narrow("network-msk").await;
    journey::look_at_checks(window).await;
    window.click_button("Passed…").await;
    visit.page("checks-msk").await;
    journey::review(window).await;
    visit.page("review-msk").await;
    visit.narrow("review-msk").await;
    cluster::create(window).await;
    // The run stands still while it is looked at.
    world.speed(0.0).await;
    visit.page("run-msk").await;
    visit.narrow("run-msk").await;
    world.speed(USUAL).await;
    cluster::arrive(window, &world).await;
    visit.page("connect-msk").await;
    visit.narrow("connect-msk").await;
    undo(visit).await;
}

/// What is left in place unless it is asked for.
async fn undo(visit: &Visit) {
    let window = &visit.window;
    window.click_button("Delete what this run made").await;
    window
        .expect_text("Also turn off multi-VPC connectivity")
        .await;
    visit.view("undo-msk").await;
    window.choose("Also turn off multi-VPC connectivity").await;
    window.expect("button", "Undo 3 steps").await;
    visit.view("undo-msk-all").await;
    window.choose("Also turn off multi-VPC connectivity").await;
    journey::accept_the_unread(window).await;
    window.click_button("Undo 2 steps").await;
    window
        .expect_text_within("Left in place, since others may use it", journey::A_RUN)
        .await;
    visit.page("undone-msk").await;
}

/// A policy that others wrote, and an authentication that is taken already.
pub async fn others(visit: &Visit) {
    let window = &visit.window;
    for (name, picture) in [
        ("telemetry", "network-policy"),
        ("payments", "network-taken"),
    ] {
        go(window, "s", "Source and path").await;
        window.expect_text(journey::SOURCE).await;
        journey::pick_source(window, name).await;
        journey::choose_service(window).await;
        journey::open_network(window).await;
        window.expect_heading(&format!("Cluster {name}")).await;
        window.expect_no_text("Reading the connections").await;
        visit.page(picture).await;
        window.click_button("Cancel").await;
        window.click_button("Discard").await;
        window.expect_heading("Endpoints").await;
    }
}
