//! What can be done with a run that has ended: other security groups for its gateway and the previous ones again, and
//! deleting what it made.

use super::{A_FAST_RUN, FAST, go};
use crate::window::journey;
use crate::window::visit::Visit;

/// Gives the gateway of the journey's run another group, and takes it back.
pub async fn change_groups(visit: &Visit) {
    let window = &visit.window;
    let world = visit.world().await;
    world.speed(FAST).await;
    go(window, "r", "Runs").await;
    window.click_link(journey::SOURCE).await;
    window.expect_heading("Connection to orders-postgres").await;
    window.click_button("Change security groups").await;
    window.choose_row("Security groups", "app-servers").await;
    window
        .expect_enabled("Change in 111122223333 (Sandbox)")
        .await;
    visit.view("change-groups").await;
    window
        .click_button("Change in 111122223333 (Sandbox)")
        .await;
    window
        .expect_heading("Security groups of the gateway for orders-postgres")
        .await;
    window
        .expect_text_within("1 of 1 step done", A_FAST_RUN)
        .await;
    visit.page("groups-changed").await;
    window.click_button("Set the previous groups again").await;
    window.expect_text("This call is made").await;
    window
        .type_into("To confirm, type \"confirm\"", "confirm")
        .await;
    visit.view("groups-back").await;
    window.click_button("Set the previous groups").await;
    window
        .expect_text_within(
            "The gateway has the security groups that it had before",
            A_FAST_RUN,
        )
        .await;
    visit.page("groups-set-back").await;
}

/// Deletes what the journey's run made: first with a reading that is refused, then with what would break named.
pub async fn delete(visit: &Visit) {
    let window = &visit.window;
    let world = visit.world().await;
    go(window, "r", "Runs").await;
    window.click_link(journey::SOURCE).await;
    window.expect_heading("Connection to orders-postgres").await;
    world
        .fault(("clickhouse", "ListClickPipes"), "forbidden")
        .await;
    open(visit).await;
    window
        .expect_text("Not everything could be read: more may break")
        .await;
    visit.view("delete-not-known").await;
    window.click_button("Not now").await;
    world.mend().await;

    open(visit).await;
    journey::accept_the_unread(window).await;
    window.expect_enabled("Delete 4 resources").await;
    visit.view("delete").await;
    world.speed(0.0).await;
    window.click_button("Delete 4 resources").await;
    window.expect_text("is being removed").await;
    visit.page("being-undone").await;
    world.speed(FAST).await;
    window
        .expect_text_within("Everything this run made is removed", A_FAST_RUN)
        .await;
    visit.page("undone").await;
}

async fn open(visit: &Visit) {
    visit.window.click_button("Delete what this run made").await;
    visit.window.expect_text("Deleted in this order").await;
}
