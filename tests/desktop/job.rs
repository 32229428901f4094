//! The main job, by mouse: done, cut off and continued, undone; and that there is one window only.

use serde_json::Value;

use crate::window::{Home, Theme, Window, journey};

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn the_window_opens_with_its_page_and_follows_the_system_theme() {
    for theme in [Theme::Light, Theme::Dark] {
        let home = Home::new();
        let window = Window::open(&home, theme).await;
        window
            .expect_heading("AWS PrivateLink for ClickPipes")
            .await;
        assert!(
            window.title().await.contains("Pipelink"),
            "the title is {:?}",
            window.title().await
        );
        assert_eq!(window.prefers_dark().await, theme == Theme::Dark);
        window.expect_accessible("the first start").await;
        window.close().await;
    }
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn the_whole_job_ends_with_a_ready_endpoint_and_its_dns_name() {
    let home = Home::new();
    let window = Window::open(&home, Theme::Light).await;
    journey::enter_sandbox(&window).await;
    journey::begin(&window).await;
    journey::choose_source(&window).await;
    journey::choose_service(&window).await;
    journey::look_at_network(&window).await;
    journey::look_at_checks(&window).await;
    journey::review(&window).await;
    journey::create(&window).await;
    journey::arrive(&window).await;
    assert_eq!(
        made(&home),
        ALL,
        "what is in the account is what the page says"
    );
    window.close().await;
    no_log_holds_a_secret(&home);
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn a_run_cut_off_in_the_middle_is_shown_again_continued_and_undone() {
    let home = Home::new();
    let window = Window::open(&home, Theme::Light).await;
    journey::enter_sandbox(&window).await;
    journey::begin(&window).await;
    journey::choose_source(&window).await;
    journey::choose_service(&window).await;
    journey::look_at_network(&window).await;
    journey::look_at_checks(&window).await;
    journey::review(&window).await;
    journey::create(&window).await;
    window.expect_text("rgw-").await;
    window.kill();

    let window = Window::open(&home, Theme::Light).await;
    journey::return_to_runs(&window).await;
    window.click_button("Continue").await;
    window.click_link(journey::SOURCE).await;
    journey::arrive(&window).await;
    assert_eq!(made(&home), ALL, "nothing was made twice");

    window.click_button("Delete what this run made").await;
    journey::accept_the_unread(&window).await;
    window.click_button("Delete 4 resources").await;
    window.expect_text_within("Undone", journey::A_RUN).await;
    assert_eq!(
        made(&home),
        Vec::<String>::new(),
        "undoing leaves nothing of the run"
    );
    window.close().await;
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn a_second_start_leaves_the_first_window_to_it() {
    let home = Home::new();
    let window = Window::open(&home, Theme::Light).await;
    journey::enter_sandbox(&window).await;
    assert!(
        window.second_start_ends(&home),
        "a second program runs beside the first"
    );
    window.expect_heading("Endpoints").await;
    window.close().await;
}

/// Reads the log of the whole job for the secrets that it used.
fn no_log_holds_a_secret(home: &Home) {
    let data = home.path().join("data/app.pipelink.desktop");
    let connection = std::fs::read_to_string(data.join("sandbox/world.json.connection.json"))
        .or_else(|_| std::fs::read_to_string(data.join("sandbox/world.json")))
        .expect("the sandbox's own files");
    let secrets = secrets_in(&serde_json::from_str(&connection).expect("JSON"));
    assert!(!secrets.is_empty(), "the sandbox has secrets to look for");
    let logs: String = std::fs::read_dir(data.join("logs"))
        .expect("the log folder")
        .map(|entry| {
            std::fs::read_to_string(entry.expect("an entry").path()).expect("a log is text")
        })
        .collect();
    assert!(
        logs.contains("CreateResourceGateway"),
        "the log tells of the job"
    );
    for secret in secrets {
        assert!(!logs.contains(&secret), "a log holds a secret");
    }
}

/// The values of all members whose name tells a secret, at any depth.
fn secrets_in(value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, value)| match value {
                Value::String(text) if name.contains("secret") => vec![text.clone()],
                other => secrets_in(other),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(secrets_in).collect(),
        _ => Vec::new(),
    }
}

const ALL: [&str; 4] = ["gateway", "configuration", "share", "endpoint"];

/// What is in the sandbox's account for the source of the journey, each time it is there.
fn made(home: &Home) -> Vec<String> {
    let world = home.sandbox_world();
    let region = &world["regions"]["us-east-1"];
    let services = rows(&world["organization"]["services"]);
    let endpoints: Vec<Value> = services
        .iter()
        .flat_map(|service| rows(&service["endpoints"]))
        .cloned()
        .collect();
    let kinds = [
        ("gateway", rows(&region["resource_gateways"])),
        ("configuration", rows(&region["resource_configurations"])),
        ("share", rows(&region["resource_shares"])),
        ("endpoint", &endpoints),
    ];
    let ours =
        |row: &&Value| row.to_string().contains(journey::SOURCE) && row["status"] != "DELETED";
    kinds
        .iter()
        .flat_map(|(kind, rows)| rows.iter().filter(ours).map(|_| (*kind).to_owned()))
        .collect()
}

fn rows(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
