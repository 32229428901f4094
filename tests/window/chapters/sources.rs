//! Other sources, what is there already and used again, and what does not go.

use super::go;
use crate::window::journey;
use crate::window::visit::Visit;

/// A name and an address instead of a database; the sandbox is open.
pub async fn typed(visit: &Visit) {
    let window = &visit.window;
    go(window, "s", "Source and path").await;
    window.expect_text(journey::SOURCE).await;
    window.choose("A domain name…").await;
    window.click_button("Next").await;
    window
        .expect_text("Choose the VPC from which the source is reached")
        .await;
    visit.page("source-refused").await;
    window.type_into("Name", "orders.internal.example").await;
    window.type_into("Ports", "5432").await;
    window.select("VPC", "prod…").await;
    window.choose("The VPC's own resolver…").await;
    window.choose("VPC resource…").await;
    visit.page("source-domain-name").await;
    journey::choose_service(window).await;
    journey::look_at_network(window).await;
    journey::open_checks(window).await;
    journey::checked(window).await;
    visit.page("checks-domain-name").await;
    window.click_button("Cancel").await;
    window.click_button("Discard").await;
    window.expect_heading("Endpoints").await;

    go(window, "s", "Source and path").await;
    window.choose("An IP address…").await;
    window.type_into("Address", "10.20.2.90").await;
    window.type_into("Ports", "5432").await;
    window.select("VPC", "prod…").await;
    visit.page("source-address").await;
    window.click_button("Cancel").await;
    window.click_button("Discard").await;
    window.expect_heading("Endpoints").await;
}

/// A gateway that is there, and a configuration that is.
pub async fn reuse(visit: &Visit) {
    let window = &visit.window;
    go(window, "s", "Source and path").await;
    journey::choose_source(window).await;
    journey::choose_service(window).await;
    journey::open_network(window).await;
    window.choose("Use a resource gateway that is there…").await;
    window.expect("table", "Resource gateways").await;
    visit.page("reuse-gateway").await;
    journey::look_at_checks(window).await;
    journey::review(window).await;
    visit.page("review-reuse").await;
    window.click_button("Cancel").await;
    window.click_button("Discard").await;
    window.expect_heading("Endpoints").await;

    go(window, "s", "Source and path").await;
    window.choose_row("Sources", "inventory-postgres").await;
    journey::choose_service(window).await;
    window.expect_text("reaches").await;
    window.expect_no_text("Looking for an endpoint").await;
    visit.page("endpoint-offered").await;
    journey::open_network(window).await;
    window
        .choose("Use a resource configuration that is there…")
        .await;
    window.expect("table", "Resource configurations").await;
    visit.page("reuse-configuration").await;
    window.click_button("Cancel").await;
    window.click_button("Discard").await;
    window.expect_heading("Endpoints").await;
}

/// A service whose ClickPipes are elsewhere.
pub async fn failing(visit: &Visit) {
    let window = &visit.window;
    go(window, "s", "Source and path").await;
    journey::choose_source(window).await;
    journey::open_account(window).await;
    window
        .choose_row("ClickHouse services", "payments-reporting")
        .await;
    journey::look_at_network(window).await;
    journey::open_checks(window).await;
    window
        .expect_text("Going on is not possible while a check fails")
        .await;
    visit.page("checks-failing").await;
    window.click_button("Next").await;
    window.expect_heading("Checks").await;
    visit.view("checks-refused").await;
    window.click_button("Cancel").await;
    window.click_button("Discard").await;
    window.expect_heading("Endpoints").await;
}
