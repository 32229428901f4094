//! Without a ClickHouse key: what cannot be asked is accepted, and the run ends with values to paste.

use super::{A_FAST_RUN, FAST, go};
use crate::window::journey;
use crate::window::visit::Visit;

pub async fn by_hand(visit: &Visit) {
    let window = &visit.window;
    visit.world().await.speed(FAST).await;
    go(window, "s", "Source and path").await;
    window.choose_row("Sources", "insights-postgres").await;
    journey::open_account(window).await;
    window
        .choose("I will create the endpoint in ClickHouse myself")
        .await;
    window
        .type_into("AWS region of the service", "us-east-1")
        .await;
    window
        .type_into("Day the service was created", "2026/05/01")
        .await;
    visit.page("account-by-hand").await;
    journey::look_at_network(window).await;
    journey::open_checks(window).await;
    window.expect_text("The tick is kept with the run").await;
    visit.page("checks-by-hand").await;
    journey::review(window).await;
    window
        .click_button("Create 3 resources in 111122223333 (Sandbox), us-east-1")
        .await;
    window
        .expect_text_within("Waiting for you (ASSOCIATING)", A_FAST_RUN)
        .await;
    visit.page("values-to-paste").await;
    go(window, "e", "Endpoints").await;
    window
        .expect_text("create the endpoint in ClickHouse")
        .await;
    visit.page("endpoints-share-waiting").await;
    go(window, "r", "Runs").await;
    window.expect_heading("Unfinished…").await;
    visit.page("runs-unfinished").await;
    // Somebody who will not wait for the acceptance.
    window.click_button("Stop waiting").await;
    window.click_button("Leave as it is").await;
    window
        .expect_text("This remains until somebody removes it")
        .await;
    window.expect_no_text("Reading what AWS bills").await;
    visit.view("leave-as-it-is").await;
    window.click_button("Not now").await;
}
