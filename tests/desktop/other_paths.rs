//! The other two paths, by mouse: MSK multi-VPC connectivity and VPC endpoint services, from the list of sources to
//! names that ClickPipes can use, and back; and whose connections may be accepted.

use serde_json::Value;

use crate::window::journey::{self, balanced, cluster};
use crate::window::{Home, Theme, Window, World};

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn an_msk_cluster_is_connected_and_its_connectivity_stays_until_it_is_asked_for() {
    let home = Home::new();
    let window = Window::open(&home, Theme::Light).await;
    journey::enter_sandbox(&window).await;
    let world = World::of(&home).await;
    journey::begin(&window).await;
    cluster::choose_source(&window).await;
    journey::choose_service(&window).await;
    cluster::look_at_network(&window).await;
    journey::look_at_checks(&window).await;
    journey::review(&window).await;
    cluster::create(&window).await;
    cluster::arrive(&window, &world).await;
    let (connectivity, policy) = msk(&home, cluster::CLUSTER);
    assert_eq!(connectivity, ["IAM"]);
    assert!(policy.contains("072088201116"), "{policy}");

    window.click_button("Delete what this run made").await;
    window
        .expect_not_chosen("Also turn off multi-VPC connectivity")
        .await;
    journey::accept_the_unread(&window).await;
    window.click_button("Undo 2 steps").await;
    window
        .expect_text_within("Left in place, since others may use it", journey::A_RUN)
        .await;
    let (connectivity, policy) = msk(&home, cluster::CLUSTER);
    assert_eq!(connectivity, ["IAM"], "it was not asked to be turned off");
    assert!(!policy.contains("072088201116"), "{policy}");

    cluster::turn_off(&window, &world).await;
    window
        .expect_text_within("Everything this run made is removed", journey::A_RUN)
        .await;
    let (connectivity, _) = msk(&home, cluster::CLUSTER);
    assert!(connectivity.is_empty(), "asked for: {connectivity:?}");
    window.close().await;
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn a_connection_to_an_msk_cluster_is_rejected() {
    const HOLDER: &str = "vpc-connection/111122223333/payments/";
    let home = Home::new();
    let window = Window::open(&home, Theme::Light).await;
    journey::enter_sandbox(&window).await;
    assert_eq!(msk_connections(&home, "payments"), ["AVAILABLE"]);
    journey::begin(&window).await;
    journey::pick_source(&window, "payments").await;
    journey::choose_service(&window).await;
    journey::open_network(&window).await;
    window.expect_heading("Cluster payments").await;
    window
        .click_button("Reject arn:aws:kafka:us-east-1:…")
        .await;
    window.expect_heading("Reject the connection?").await;
    window.expect_text(HOLDER).await;
    window.type_into("reject", "reject").await;
    window.click_button("Reject the connection").await;
    window.expect_text("Rejected arn:aws:kafka").await;
    window
        .expect_none("button", "Reject arn:aws:kafka:us-east-1:…")
        .await;
    let after = msk_connections(&home, "payments").concat();
    assert!(
        ["REJECTING", "REJECTED"].contains(&after.as_str()),
        "{after}"
    );
    window.close().await;
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn a_database_is_reached_through_an_endpoint_service_and_all_of_it_goes() {
    let home = Home::new();
    let window = Window::open(&home, Theme::Light).await;
    journey::enter_sandbox(&window).await;
    let before = load_balancing(&home);
    journey::begin(&window).await;
    balanced::choose_source(&window).await;
    journey::choose_service(&window).await;
    balanced::look_at_network(&window).await;
    window
        .expect_chosen("Pipelink accepts it after comparing owner and endpoint ID…")
        .await;
    journey::look_at_checks(&window).await;
    journey::review(&window).await;
    balanced::create(&window).await;
    balanced::arrive(&window, 11, journey::A_RUN).await;
    window.expect_text("5432").await;
    assert_eq!(
        load_balancing(&home).len(),
        before.len() + 3,
        "a load balancer, a target group and a service"
    );

    journey::undo(&window, "Undo…").await;
    window
        .expect_text_within("Everything this run made is removed", journey::A_RUN)
        .await;
    assert_eq!(load_balancing(&home), before, "nothing of the run stays");
    window.close().await;
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn only_the_connection_that_clickhouse_reports_is_offered_for_acceptance() {
    let home = Home::new();
    let window = Window::open(&home, Theme::Light).await;
    journey::enter_sandbox(&window).await;
    let ours = balanced::until_by_hand(&window).await;
    window
        .expect("button", &format!("Reject {}", balanced::FOREIGN))
        .await;
    window
        .expect_none("button", &format!("Accept {}", balanced::FOREIGN))
        .await;

    window
        .click_button(&format!("Reject {}", balanced::FOREIGN))
        .await;
    window.expect_heading("Reject the connection?").await;
    window.click_button("Reject the connection").await;
    window
        .expect_text(&format!("Rejected {}", balanced::FOREIGN))
        .await;
    window
        .expect_none("button", &format!("Reject {}", balanced::FOREIGN))
        .await;
    window.click_button(&format!("Accept {ours}")).await;
    window
        .expect_heading(&format!("Accept the connection of {ours}?"))
        .await;
    window.click_button("Accept in 111122223333").await;
    window
        .expect_text_within("3 of 3 steps done", journey::A_RUN)
        .await;
    let states = connections(&home);
    let state = |id: &str| states.iter().find(|(found, _)| found == id).cloned();
    let is = |id: &str, state: &str| Some((id.to_owned(), state.to_owned()));
    assert_eq!(state(&ours), is(&ours, "available"));
    assert_eq!(state(balanced::FOREIGN), is(balanced::FOREIGN, "rejected"));
    window.close().await;
}

/// A cluster's connectivity and its policy, as the sandbox has them.
fn msk(home: &Home, name: &str) -> (Vec<String>, String) {
    let cluster = msk_cluster(home, name);
    let schemes = cluster["vpc_authentication"].as_array();
    let schemes = schemes.into_iter().flatten().filter_map(Value::as_str);
    (
        schemes.map(str::to_owned).collect(),
        cluster["policy"].to_string(),
    )
}

/// The states of its connections from other VPCs.
fn msk_connections(home: &Home, name: &str) -> Vec<String> {
    let cluster = msk_cluster(home, name);
    let rows = cluster["connections"].as_array().into_iter().flatten();
    rows.filter_map(|row| row["state"].as_str())
        .map(str::to_owned)
        .collect()
}

fn msk_cluster(home: &Home, name: &str) -> Value {
    let world = home.sandbox_world();
    let clusters = world["regions"]["us-east-1"]["msk_clusters"].as_array();
    let mut clusters = clusters.into_iter().flatten();
    clusters
        .find(|it| it["name"] == name)
        .expect("the cluster")
        .clone()
}

/// All load balancers, target groups and endpoint services of the account that are there.
fn load_balancing(home: &Home) -> Vec<String> {
    let world = home.sandbox_world();
    let region = &world["regions"]["us-east-1"];
    ["load_balancers", "target_groups", "endpoint_services"]
        .iter()
        .flat_map(|kind| region[kind].as_array().into_iter().flatten())
        .filter(|row| row["state"] != "Deleted" && row["state"] != "deleted")
        .filter_map(|row| row["arn"].as_str().or(row["id"].as_str()))
        .map(str::to_owned)
        .collect()
}

/// Each connection to an endpoint service by its endpoint's ID, with its state.
fn connections(home: &Home) -> Vec<(String, String)> {
    let world = home.sandbox_world();
    let services = world["regions"]["us-east-1"]["endpoint_services"].as_array();
    let rows = services
        .into_iter()
        .flatten()
        .flat_map(|service| service["connections"].as_array().into_iter().flatten());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    rows.map(|row| (text(&row["endpoint_id"]), text(&row["state"])))
        .collect()
}
