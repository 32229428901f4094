//! The tour: every page, dialog and state in the sandbox, with a picture of each in light and in dark. `cargo xtask
//! tour` runs it and lists the pictures; README's come from it.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

mod window;

use window::chapters::{
    PROFILES, advice, aftercare, balanced, by_hand, cluster, job, panel, sources, states, stops,
};
use window::visit::{Look, Visit};
use window::{Home, Theme, World};

/// A chapter, once in each theme.
macro_rules! chapter {
    ($name:ident) => {
        mod $name {
            use super::Theme;

            #[tokio::test(flavor = "multi_thread")]
            #[ignore = "opens a window; run by cargo xtask tour"]
            async fn light() {
                super::chapters::$name(Theme::Light).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            #[ignore = "opens a window; run by cargo xtask tour"]
            async fn dark() {
                super::chapters::$name(Theme::Dark).await;
            }
        }
    };
}

chapter!(the_job);
chapter!(other_sources);
chapter!(without_a_key);
chapter!(afterwards);
chapter!(runs_that_stand_still);
chapter!(the_sandbox);
chapter!(refused_and_offline);
chapter!(loading);
chapter!(empty);
chapter!(crowded);
chapter!(the_advice);
chapter!(msk);
chapter!(endpoint_services);
chapter!(brokers);

/// What is in each chapter; its pictures are numbered in the hundred of its number.
mod chapters {
    use super::{
        Home, Look, PROFILES, Theme, Visit, World, advice, aftercare, balanced, by_hand, cluster,
        job, panel, sources, states, stops,
    };
    use crate::window::journey;

    pub(super) async fn the_job(theme: Theme) {
        let home = Home::new();
        home.write(".aws/config", PROFILES);
        let visit = Visit::begin(home, theme, Look::Pictures, 1).await;
        job::first_start(&visit).await;
        job::job(&visit).await;
        states::sizes(&visit).await;
        visit.end().await;
    }

    pub(super) async fn other_sources(theme: Theme) {
        let visit = in_the_sandbox(theme, 2).await;
        sources::typed(&visit).await;
        sources::reuse(&visit).await;
        sources::failing(&visit).await;
        visit.end().await;
    }

    pub(super) async fn without_a_key(theme: Theme) {
        let visit = in_the_sandbox(theme, 3).await;
        by_hand::by_hand(&visit).await;
        visit.end().await;
    }

    pub(super) async fn afterwards(theme: Theme) {
        let visit = in_the_sandbox(theme, 4).await;
        journey::whole(&visit.window).await;
        aftercare::change_groups(&visit).await;
        aftercare::delete(&visit).await;
        visit.end().await;
    }

    pub(super) async fn runs_that_stand_still(theme: Theme) {
        let visit = in_the_sandbox(theme, 5).await;
        stops::stops(&visit).await;
        visit.end().await;
    }

    pub(super) async fn the_sandbox(theme: Theme) {
        let visit = in_the_sandbox(theme, 6).await;
        panel::panel(&visit).await;
        panel::a_day(&visit).await;
        visit.end().await;
    }

    pub(super) async fn refused_and_offline(theme: Theme) {
        let visit = in_the_sandbox(theme, 7).await;
        states::refused(&visit).await;
        states::offline(&visit).await;
        visit.end().await;
    }

    pub(super) async fn loading(theme: Theme) {
        let home = Home::new();
        let world = World::serve(&home, "default").await;
        let visit = Visit::begin(home, theme, Look::Pictures, 8).await;
        states::loading(&visit, &world).await;
        visit.end().await;
        world.stop().await;
    }

    pub(super) async fn empty(theme: Theme) {
        let home = Home::new();
        let world = World::serve(&home, "empty").await;
        let visit = Visit::begin(home, theme, Look::Pictures, 9).await;
        states::empty(&visit).await;
        visit.end().await;
        world.stop().await;
    }

    pub(super) async fn crowded(theme: Theme) {
        let home = Home::new();
        let world = World::serve(&home, "crowded").await;
        let visit = Visit::begin(home, theme, Look::Pictures, 10).await;
        states::crowded(&visit).await;
        visit.end().await;
        world.stop().await;
    }

    pub(super) async fn the_advice(theme: Theme) {
        let visit = in_the_sandbox(theme, 11).await;
        advice::hosts(&visit).await;
        advice::serverless(&visit).await;
        advice::across_regions(&visit).await;
        visit.end().await;
    }

    pub(super) async fn msk(theme: Theme) {
        let visit = in_the_sandbox(theme, 12).await;
        cluster::others(&visit).await;
        cluster::job(&visit).await;
        visit.end().await;
    }

    pub(super) async fn endpoint_services(theme: Theme) {
        let visit = in_the_sandbox(theme, 13).await;
        balanced::job(&visit).await;
        balanced::connections(&visit).await;
        visit.end().await;
    }

    pub(super) async fn brokers(theme: Theme) {
        let visit = in_the_sandbox(theme, 14).await;
        balanced::brokers(&visit).await;
        visit.end().await;
    }

    async fn in_the_sandbox(theme: Theme, chapter: u32) -> Visit {
        let visit = Visit::begin(Home::new(), theme, Look::Pictures, chapter).await;
        journey::enter_sandbox(&visit.window).await;
        visit.window.expect_text(journey::OTHER).await;
        visit
    }
}
