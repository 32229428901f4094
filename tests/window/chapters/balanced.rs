//! VPC endpoint services: the job with a private DNS name, what is there already, a connection that is accepted by hand
//! beside a foreign one that is rejected, and brokers that each get everything of their own.

use std::time::Duration;

use super::{FAST, go};
use crate::window::journey::{self, balanced};
use crate::window::visit::Visit;

/// A run for three brokers.
const THIRTY_STEPS: Duration = Duration::from_mins(5);
const PRIVATE_NAME: &str = "orders.db.example.com";

/// From the list to Ready, with a name of its own whose TXT record somebody publishes in the sandbox, and back.
pub async fn job(visit: &Visit) {
    let window = &visit.window;
    go(window, "s", "Source and path").await;
    window.expect_text(journey::SOURCE).await;
    balanced::choose_source(window).await;
    visit.page("source-balanced").await;
    journey::choose_service(window).await;
    existing(visit).await;
    balanced::make_everything(window).await;
    window
        .type_into("Private DNS name - optional", PRIVATE_NAME)
        .await;
    visit.page("network-balanced").await;
    visit.narrow("network-balanced").await;
    journey::look_at_checks(window).await;
    window.click_button("Passed…").await;
    visit.page("checks-balanced").await;
    journey::review(window).await;
    visit.page("review-balanced").await;
    balanced::create(window).await;
    window
        .expect_text_within("Your turn: publish a TXT record", journey::A_RUN)
        .await;
    visit.page("run-txt-record").await;
    visit.narrow("run-txt-record").await;
    publish(visit).await;
    balanced::arrive(window, 13, journey::A_RUN).await;
    visit.page("connect-balanced").await;
    visit.narrow("connect-balanced").await;
    window.click_button("Delete what this run made").await;
    journey::accept_the_unread(window).await;
    visit.view("undo-balanced").await;
    window.click_button("Undo…").await;
    window
        .expect_text_within("Everything this run made is removed", journey::A_RUN)
        .await;
    visit.page("undone-balanced").await;
}

/// The load balancers and services that are there; the wizard is left where everything is made.
async fn existing(visit: &Visit) {
    let window = &visit.window;
    journey::open_network(window).await;
    window.expect("table", "Hosts").await;
    window.choose("Use a load balancer that is there…").await;
    window.expect("table", "Load balancers").await;
    visit.page("network-load-balancers").await;
    window
        .choose("Use an endpoint service that is there…")
        .await;
    window.expect("table", "Endpoint services").await;
    visit.page("network-services").await;
}

/// Whoever keeps the public DNS in the sandbox publishes the record.
async fn publish(visit: &Visit) {
    let window = &visit.window;
    go(window, "b", "Sandbox").await;
    window.expect_heading("Another operator").await;
    window.type_into("Find an act", PRIVATE_NAME).await;
    window
        .click_button(&format!("Do it: Publish the TXT record of {PRIVATE_NAME}…"))
        .await;
    window.expect_text("Done by the other operator").await;
    visit.page("sandbox-published").await;
    go(window, "r", "Runs").await;
    window.click_link(journey::SOURCE).await;
}

/// One connection to be accepted, one that is not ClickHouse's.
pub async fn connections(visit: &Visit) {
    let window = &visit.window;
    go(window, "e", "Endpoints").await;
    let ours = balanced::until_by_hand(window).await;
    window.expect("button", &format!("Accept {ours}")).await;
    visit.page("run-accept").await;
    visit.narrow("run-accept").await;
    window
        .click_button(&format!("Reject {}", balanced::FOREIGN))
        .await;
    window.expect_heading("Reject the connection?").await;
    visit.view("reject").await;
    window.click_button("Reject the connection").await;
    window
        .expect_text(&format!("Rejected {}", balanced::FOREIGN))
        .await;
    window
        .expect_none("button", &format!("Reject {}", balanced::FOREIGN))
        .await;
    visit.page("run-rejected").await;
    window.click_button(&format!("Accept {ours}")).await;
    window
        .expect_heading(&format!("Accept the connection of {ours}?"))
        .await;
    visit.view("accept").await;
    window.click_button("Accept in 111122223333").await;
    window
        .expect_text_within("3 of 3 steps done", journey::A_RUN)
        .await;
    visit.page("connect-accepted").await;
}

/// MSK Express: a load balancer, a service and an endpoint for each broker.
pub async fn brokers(visit: &Visit) {
    let window = &visit.window;
    go(window, "s", "Source and path").await;
    window.expect_text(journey::SOURCE).await;
    journey::pick_source(window, "sessions").await;
    window
        .expect_heading("Recommended: VPC endpoint service")
        .await;
    visit.page("source-express").await;
    journey::choose_service(window).await;
    journey::open_network(window).await;
    window.expect("table", "Hosts").await;
    window.choose("Make new ones for each host…").await;
    window.choose("Yes, it is enabled").await;
    visit.page("network-express").await;
    journey::look_at_checks(window).await;
    journey::review(window).await;
    visit.page("review-express").await;
    visit.narrow("review-express").await;
    window.click_button("Create…").await;
    window.expect_heading("Connection to sessions").await;
    window.expect_text("vpce-svc-").await;
    visit.page("run-express").await;
    visit.world().await.speed(FAST).await;
    window
        .expect_text_within("Next in ClickHouse", THIRTY_STEPS)
        .await;
    visit.page("connect-express").await;
    visit.narrow("connect-express").await;
}
