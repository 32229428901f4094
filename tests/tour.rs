//! The tour: the whole main job in the sandbox, with a picture of every page in light and in dark.
//! `cargo xtask tour` runs it and lists the pictures; README's come from it.

#![cfg(target_os = "linux")]

mod window;

use window::{Home, Theme, Window, journey};

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask tour"]
async fn light() {
    tour(Theme::Light).await;
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask tour"]
async fn dark() {
    tour(Theme::Dark).await;
}

async fn tour(theme: Theme) {
    let home = Home::new();
    home.write(".aws/config", PROFILES);
    let window = Window::open(&home, theme).await;
    window
        .expect_heading("AWS PrivateLink for ClickPipes")
        .await;
    window.expect_text("production").await;
    window.picture("first-start").await;
    journey::enter_sandbox(&window).await;
    window.expect_text("billing-mysql").await;
    window.tall_picture("endpoints").await;
    journey::begin(&window).await;
    journey::choose_source(&window).await;
    window.tall_picture("source-and-path").await;
    journey::choose_service(&window).await;
    window.expect_no_text("Looking for an endpoint").await;
    window.tall_picture("account-and-region").await;
    journey::look_at_network(&window).await;
    window.tall_picture("resource-and-network").await;
    journey::look_at_checks(&window).await;
    window.click_button("Passed…").await;
    window.tall_picture("checks").await;
    journey::review(&window).await;
    window.tall_picture("review").await;
    journey::create(&window).await;
    window.picture("run").await;
    journey::arrive(&window).await;
    window.tall_picture("connect").await;
    window.click_link("Runs").await;
    window.expect_heading("Finished…").await;
    window.picture("runs").await;
    window.click_link("Endpoints").await;
    window.expect_text(journey::SOURCE).await;
    window.tall_picture("endpoints-after").await;
    window.resize(1024, 700).await;
    window.picture("endpoints-small").await;
    window.resize(1280, 900).await;
    window.click_link("Settings").await;
    window.expect_heading("Settings").await;
    window.tall_picture("settings").await;
    window.click_link("Endpoints").await;
    window.click_link("clickstream Kafka").await;
    window.expect_heading("clickstream Kafka").await;
    window.tall_picture("endpoint").await;

    // What does not go: the endpoint that is there already, and a service whose ClickPipes are elsewhere.
    journey::begin(&window).await;
    journey::choose_source(&window).await;
    journey::choose_service(&window).await;
    window.expect_text("reaches").await;
    window.expect_no_text("Looking for an endpoint").await;
    window.tall_picture("endpoint-offered").await;
    window
        .choose_row("ClickHouse services", "payments-reporting")
        .await;
    journey::look_at_network(&window).await;
    journey::open_checks(&window).await;
    window
        .expect_text("Going on is not possible while a check fails")
        .await;
    window.tall_picture("checks-failing").await;

    // Without a ClickHouse key: what cannot be asked is accepted, and the run ends with values to paste.
    window.click_button("Change the service").await;
    window.expect_heading("Account and region").await;
    window
        .choose("I will create the endpoint in ClickHouse myself")
        .await;
    window
        .type_into("AWS region of the service", "us-east-1")
        .await;
    window
        .type_into("Day the service was created", "2026/05/01")
        .await;
    journey::look_at_network(&window).await;
    journey::open_checks(&window).await;
    window.expect_text("The tick is kept with the run").await;
    window.tall_picture("checks-by-hand").await;
    journey::review(&window).await;
    window
        .click_button("Create 3 resources in 111122223333 (sandbox), us-east-1")
        .await;
    window
        .expect_text_within("Waiting for you (ASSOCIATING)", journey::A_RUN)
        .await;
    window.tall_picture("values-to-paste").await;
    window.close().await;
}

/// Profiles as an admin may have them: one that can be used, one whose kind is not supported yet.
const PROFILES: &str = "\
[profile production]
sso_session = company
sso_account_id = 111122223333
sso_role_name = CloudAdmin
region = us-east-1

[profile staging-mfa]
role_arn = arn:aws:iam::444455556666:role/CloudAdmin
source_profile = production
mfa_serial = arn:aws:iam::444455556666:mfa/phone
region = eu-central-1

[sso-session company]
sso_start_url = https://example.awsapps.com/start
sso_region = us-east-1
";
