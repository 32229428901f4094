//! The sandbox's panel: its time, its faults, another operator, and an exercise from its beginning to its goal.

use super::go;
use crate::window::journey;
use crate::window::visit::Visit;

/// The panel as it is, with a fault that is switched on, and with an exercise begun.
pub async fn panel(visit: &Visit) {
    let window = &visit.window;
    go(window, "b", "Sandbox").await;
    window.expect_heading("Exercises").await;
    visit.page("sandbox").await;
    window.select("Call", "rds: DescribeDBInstances").await;
    window.select("What goes wrong", "Slow answer").await;
    window.select("How often", "Until it is removed").await;
    window.click_button("Switch on").await;
    window.expect_text("Has not struck yet").await;
    window.click_button("Begin: The share was used twice").await;
    window
        .expect("button", "Begin again: The share was used twice")
        .await;
    window
        .click_button("Show a hint: The share was used twice")
        .await;
    window
        .click_button("Show the next hint: The share was used twice")
        .await;
    visit.page("sandbox-in-use").await;
    visit.world().await.mend().await;
    go(window, "e", "Endpoints").await;
    window.click_button("Read the endpoints again").await;
    window
        .expect_text_within("practice-ledger", journey::A_SWEEP)
        .await;
    visit.page("endpoints-exercise").await;
}

/// Time: a day goes by, and with it what waited for a day.
pub async fn a_day(visit: &Visit) {
    let window = &visit.window;
    go(window, "b", "Sandbox").await;
    window.click_button("Move on by 1 day").await;
    window.expect_text("Moved on by 1 day").await;
    go(window, "e", "Endpoints").await;
    window.click_button("Read the endpoints again").await;
    window
        .expect_no_text_within("billing-mysql", journey::A_SWEEP)
        .await;
    window.expect_text(journey::OTHER).await;
    visit.page("endpoints-a-day-later").await;
}
