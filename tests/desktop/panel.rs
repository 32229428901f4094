//! The sandbox's panel in the window: what is switched on there strikes a run, what the exercise asks for is reached,
//! and time that is moved shows on the board.

use crate::window::{Home, Theme, Window, World, journey};

/// Of the sandbox's clock, where no run is watched.
const FAST: f64 = 240.0;

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn a_fault_from_the_panel_stops_a_run_until_it_is_removed() {
    let home = Home::new();
    let window = Window::open(&home, Theme::Light).await;
    journey::enter_sandbox(&window).await;
    open_panel(&window).await;
    window.select("Call", "ram: CreateResourceShare").await;
    window.select("What goes wrong", "Access denied").await;
    window.select("How often", "Until it is removed").await;
    window.click_button("Switch on").await;
    window.expect_text("Has not struck yet").await;

    World::of(&home).await.speed(FAST).await;
    job(&window).await;
    window
        .expect_text_within("The run stands still", journey::A_RUN)
        .await;
    window.expect_text("ram:CreateResourceShare").await;

    open_panel(&window).await;
    window.expect_text("Has struck once").await;
    window.click_button("Remove all").await;
    window.expect_text("Nothing is switched on").await;
    journey::return_to_runs(&window).await;
    window.click_button("Continue").await;
    window.click_link(journey::SOURCE).await;
    journey::arrive(&window).await;
    window.close().await;
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn the_exercise_of_the_lost_answer_is_played_to_its_goal() {
    let home = Home::new();
    let window = Window::open(&home, Theme::Light).await;
    journey::enter_sandbox(&window).await;
    open_panel(&window).await;
    window.click_button("Begin: The answer got lost").await;
    window
        .expect("button", "Begin again: The answer got lost")
        .await;
    World::of(&home).await.speed(FAST).await;
    job(&window).await;
    // Both answers get lost; the run finds by its own ID what was made all the same.
    journey::arrive(&window).await;
    window.expect_text("found by the run's ID").await;
    open_panel(&window).await;
    window.expect_text("Goal reached").await;
    window.close().await;
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn a_day_later_the_endpoint_that_nobody_accepted_is_gone() {
    let home = Home::new();
    let window = Window::open(&home, Theme::Light).await;
    journey::enter_sandbox(&window).await;
    window.expect_text("billing-mysql").await;
    window.expect_text("crm-postgres").await;
    open_panel(&window).await;
    window.click_button("Move on by 1 day").await;
    window.expect_text("Moved on by 1 day").await;
    window.click_link("Endpoints…").await;
    window.expect_heading("Endpoints").await;
    window.click_button("Read the endpoints again").await;
    // Pending Acceptance has a day, Failed has seven.
    window
        .expect_no_text_within("billing-mysql", journey::A_SWEEP)
        .await;
    window.expect_text("crm-postgres").await;
    window.close().await;
}

async fn open_panel(window: &Window) {
    window.click_link("Sandbox").await;
    window.expect_heading("Exercises").await;
}

/// From the board to the run's page.
async fn job(window: &Window) {
    journey::begin(window).await;
    journey::choose_source(window).await;
    journey::choose_service(window).await;
    journey::look_at_network(window).await;
    journey::look_at_checks(window).await;
    journey::review(window).await;
    journey::create(window).await;
}
