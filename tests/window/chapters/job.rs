//! The first start, the main job, and the pages around it.

use super::{A_FAST_RUN, FAST, go};
use crate::window::Key;
use crate::window::journey;
use crate::window::visit::Visit;

/// Before any account is open.
pub async fn first_start(visit: &Visit) {
    let window = &visit.window;
    window
        .expect_heading("AWS PrivateLink for ClickPipes")
        .await;
    window.expect_text("production").await;
    visit.page("first-start").await;
    window
        .click_button("Other region, profile development")
        .await;
    window
        .expect_heading("Region for profile development")
        .await;
    window.expect_text("The regions could not be listed").await;
    visit.view("region").await;
    window.click_button("Cancel").await;
}

/// The job from the board to the endpoint that is Ready.
pub async fn job(visit: &Visit) {
    let window = &visit.window;
    journey::enter_sandbox(window).await;
    let world = visit.world().await;
    window.expect_text("billing-mysql").await;
    visit.page("endpoints").await;
    help_and_shortcuts(visit).await;

    journey::begin_by_button(window).await;
    journey::choose_source(window).await;
    visit.page("source-and-path").await;
    journey::choose_service(window).await;
    window.expect_no_text("Looking for an endpoint").await;
    visit.page("account-and-region").await;
    journey::look_at_network(window).await;
    visit.page("resource-and-network").await;
    journey::look_at_checks(window).await;
    window.click_button("Passed…").await;
    visit.page("checks").await;
    journey::review(window).await;
    visit.page("review").await;
    window.click_tab("AWS CLI").await;
    window
        .expect_text("aws vpc-lattice create-resource-gateway")
        .await;
    visit.page("review-commands").await;
    window.click_tab("IAM policy").await;
    window.expect_heading("Policy document").await;
    visit.page("review-policy").await;
    window.click_button("Cancel").await;
    window.expect_heading("Discard your choices?").await;
    visit.view("discard").await;
    window.click_button("Keep choosing").await;

    journey::create(window).await;
    window.expect_text("rgw-").await;
    // The run stands still while it is looked at.
    world.speed(0.0).await;
    visit.page("run").await;
    world.speed(FAST).await;
    journey::arrive_within(window, A_FAST_RUN).await;
    visit.page("connect").await;
    around(visit).await;
}

/// Help beside a page, and the list of shortcuts over it.
async fn help_and_shortcuts(visit: &Visit) {
    let window = &visit.window;
    window.key(Key::F1).await;
    window.expect("button", "Close help").await;
    visit.view("help").await;
    window.key(Key::F1).await;
    window.expect_none("button", "Close help").await;
    window.type_keys("?").await;
    window.expect_heading("Keyboard shortcuts").await;
    visit.view("shortcuts").await;
    window.key(Key::Escape).await;
    window.expect_no_text("What they do").await;
}

/// What surrounds the job.
async fn around(visit: &Visit) {
    let window = &visit.window;
    go(window, "r", "Runs").await;
    window.expect_heading("Finished…").await;
    visit.page("runs").await;
    go(window, "e", "Endpoints").await;
    window.expect_text(journey::SOURCE).await;
    visit.page("endpoints-after").await;
    window.click_link("clickstream Kafka").await;
    window.expect_heading("clickstream Kafka").await;
    visit.page("endpoint").await;
    go(window, "e", "Endpoints").await;
    window
        .click_button("Show what to do about billing-mysql")
        .await;
    window.expect_heading("billing-mysql").await;
    visit.page("endpoint-waiting").await;
    go(window, ",", "Settings").await;
    visit.page("settings").await;
    go(window, "a", "Accounts").await;
    visit.page("accounts").await;
}
