//! Every page, every dialog and every state, in light and in dark, against WCAG 2.2 AA; and that all of it finds room
//! in a small window with text twice as large. Each window also ends with no error and no violation of the content
//! security policy.

use crate::window::chapters::{
    PROFILES, advice, aftercare, balanced, by_hand, cluster, job, panel, sources, states, stops,
};
use crate::window::journey;
use crate::window::visit::{Look, Visit};
use crate::window::{Home, Theme, World};

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn every_page_and_dialog_is_accessible_in_light() {
    every_page(Theme::Light).await;
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn every_page_and_dialog_is_accessible_in_dark() {
    every_page(Theme::Dark).await;
}

async fn every_page(theme: Theme) {
    let visit = begin(theme, Look::Accessibility).await;
    job::first_start(&visit).await;
    job::job(&visit).await;
    sources::typed(&visit).await;
    sources::reuse(&visit).await;
    sources::failing(&visit).await;
    by_hand::by_hand(&visit).await;
    aftercare::change_groups(&visit).await;
    aftercare::delete(&visit).await;
    stops::stops(&visit).await;
    panel::panel(&visit).await;
    states::refused(&visit).await;
    states::offline(&visit).await;
    visit.end().await;
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn the_other_two_paths_are_accessible_in_light() {
    other_paths(Theme::Light).await;
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn the_other_two_paths_are_accessible_in_dark() {
    other_paths(Theme::Dark).await;
}

async fn other_paths(theme: Theme) {
    let visit = begin(theme, Look::Accessibility).await;
    journey::enter_sandbox(&visit.window).await;
    visit.window.expect_text(journey::OTHER).await;
    advice::hosts(&visit).await;
    advice::serverless(&visit).await;
    advice::across_regions(&visit).await;
    cluster::others(&visit).await;
    cluster::job(&visit).await;
    balanced::job(&visit).await;
    balanced::connections(&visit).await;
    balanced::brokers(&visit).await;
    visit.end().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window; run by cargo xtask test"]
async fn pages_that_load_are_empty_or_crowded_are_accessible() {
    let home = Home::new();
    let world = World::serve(&home, "default").await;
    let visit = Visit::begin(home, Theme::Dark, Look::Accessibility, 0).await;
    states::loading(&visit, &world).await;
    visit.end().await;
    world.stop().await;

    let home = Home::new();
    let world = World::serve(&home, "empty").await;
    let visit = Visit::begin(home, Theme::Light, Look::Accessibility, 0).await;
    states::empty(&visit).await;
    visit.end().await;
    world.stop().await;

    let home = Home::new();
    let world = World::serve(&home, "crowded").await;
    let visit = Visit::begin(home, Theme::Light, Look::Accessibility, 0).await;
    states::crowded(&visit).await;
    visit.end().await;
    world.stop().await;
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn a_small_window_with_text_twice_as_large_has_room_for_everything() {
    let visit = begin(Theme::Light, Look::Room).await;
    job::first_start(&visit).await;
    job::job(&visit).await;
    sources::reuse(&visit).await;
    sources::failing(&visit).await;
    aftercare::change_groups(&visit).await;
    aftercare::delete(&visit).await;
    panel::panel(&visit).await;
    visit.end().await;
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn the_other_two_paths_have_room_in_a_small_window_with_text_twice_as_large() {
    let visit = begin(Theme::Light, Look::Room).await;
    // The list of profiles comes a moment later, and moves the page.
    visit.window.expect_text("production").await;
    journey::enter_sandbox(&visit.window).await;
    visit.window.expect_text(journey::OTHER).await;
    advice::hosts(&visit).await;
    cluster::job(&visit).await;
    balanced::connections(&visit).await;
    visit.end().await;
}

async fn begin(theme: Theme, look: Look) -> Visit {
    let home = Home::new();
    home.write(".aws/config", PROFILES);
    Visit::begin(home, theme, look, 0).await
}
