//! What pages show that are loading, empty, refused, offline, partly read, crowded, small, large, or turned round.

use std::time::Duration;

use super::go;
use crate::window::journey;
use crate::window::visit::Visit;

const LISTS: [(&str, &str); 2] = [
    ("rds", "DescribeDBClusters"),
    ("rds", "DescribeDBInstances"),
];
const ENDPOINTS: (&str, &str) = ("clickhouse", "ListReversePrivateEndpoints");
/// The sandbox's idle service alone.
const ONE_UNREAD: &str = "Services that could not be read (1)";
const SERVICES: (&str, &str) = ("clickhouse", "ListServices");

/// Before anything has answered; begins at the first start, with a sandbox that is held back.
pub async fn loading(visit: &Visit, world: &crate::window::World) {
    let window = &visit.window;
    world.fault(SERVICES, "hold_before").await;
    journey::enter_sandbox(window).await;
    window
        .expect_text("Reading the endpoints of every service for the first time")
        .await;
    visit.view("endpoints-loading").await;
    world.mend().await;
    window.expect_text("billing-mysql").await;

    for call in LISTS {
        world.fault(call, "hold_before").await;
    }
    go(window, "s", "Source and path").await;
    window.expect_text("Looking for databases").await;
    visit.view("sources-loading").await;
    world.mend().await;
    journey::choose_source(window).await;
    // The network is read ahead, as soon as the source is known.
    world
        .fault(("ec2", "DescribeSecurityGroups"), "hold_before")
        .await;
    journey::choose_service(window).await;
    journey::open_network(window).await;
    window
        .expect_text("Reading the subnets and security groups")
        .await;
    visit.view("network-loading").await;
    world.mend().await;
    window.expect("table", "Subnets").await;
    for call in LISTS {
        world.fault(call, "hold_before").await;
    }
    journey::open_checks(window).await;
    window
        .expect_text("Reading AWS and ClickHouse afresh, and checking")
        .await;
    visit.view("checks-loading").await;
    world.mend().await;
    journey::checked(window).await;
    leave_set_up(visit).await;
}

/// Without the rights: AWS refuses to list databases, ClickHouse refuses the key.
pub async fn refused(visit: &Visit) {
    let window = &visit.window;
    let world = visit.world().await;
    for call in LISTS {
        world.fault(call, "deny").await;
    }
    go(window, "s", "Source and path").await;
    window.expect_text("rds:DescribeDB").await;
    visit.page("sources-refused").await;
    world.mend().await;
    world.fault(("ec2", "DescribeSecurityGroups"), "deny").await;
    world
        .fault(("ec2", "DescribeNetworkInterfaces"), "deny")
        .await;
    go(window, "e", "Endpoints").await;
    go(window, "s", "Source and path").await;
    journey::choose_source(window).await;
    journey::choose_service(window).await;
    journey::open_network(window).await;
    window.expect("table", "Subnets").await;
    visit.page("network-refused").await;
    world.mend().await;
    leave_set_up(visit).await;

    world.fault(ENDPOINTS, "forbidden").await;
    window.click_button("Read the endpoints again").await;
    window
        .expect_heading("Services that could not be read…")
        .await;
    visit.page("endpoints-refused").await;
    world.mend().await;
    window.click_button("Read the endpoints again").await;
    window.expect_heading(ONE_UNREAD).await;
    // Whichever two are asked first: the idle one may be among them.
    world.faults(ENDPOINTS, "forbidden", 2).await;
    window.click_button("Read the endpoints again").await;
    window.expect_none("heading", ONE_UNREAD).await;
    window
        .expect_text("no right to ListReversePrivateEndpoints")
        .await;
    visit.page("endpoints-partly").await;
    world.mend().await;
    world.fault(SERVICES, "unauthorized").await;
    window.click_button("Read the endpoints again").await;
    window.expect_text("as they were seen last").await;
    visit.page("endpoints-key-refused").await;
    world.mend().await;
}

/// The network is gone.
pub async fn offline(visit: &Visit) {
    let window = &visit.window;
    let world = visit.world().await;
    for call in LISTS.into_iter().chain([
        SERVICES,
        ENDPOINTS,
        ("ec2", "DescribeSubnets"),
        ("ec2", "DescribeVpcs"),
        ("sts", "GetCallerIdentity"),
    ]) {
        world.fault(call, "reset").await;
    }
    go(window, "e", "Endpoints").await;
    window.click_button("Read the endpoints again").await;
    window.expect_text("as they were seen last").await;
    visit.page("endpoints-offline").await;
    go(window, "s", "Source and path").await;
    window.expect_text("No answer came from AWS").await;
    visit.page("sources-offline").await;
    world.mend().await;
    go(window, "e", "Endpoints").await;
}

/// An account in which nothing has been made yet.
pub async fn empty(visit: &Visit) {
    let window = &visit.window;
    journey::enter_sandbox(window).await;
    window.expect_text("No endpoints yet").await;
    visit.view("endpoints-empty").await;
    go(window, "r", "Runs").await;
    window.expect_text("No runs yet").await;
    visit.view("runs-empty").await;
    go(window, "s", "Source and path").await;
    window.expect_no_text("Looking for").await;
    visit.page("sources-empty").await;
}

/// 5,000 endpoints, and names as long as they may be.
pub async fn crowded(visit: &Visit) {
    let window = &visit.window;
    journey::enter_sandbox(window).await;
    window
        .expect_text_within("(5000)", Duration::from_mins(1))
        .await;
    visit.page("endpoints-crowded").await;
    window
        .type_into("Filter endpoints", "warehouse-frankfurt")
        .await;
    window.press(crate::window::Key::Enter).await;
    window.expect_text("(5 of 5000)").await;
    visit.page("endpoints-long-names").await;
    window.click_link("clickstream-0550…").await;
    window.expect_heading("clickstream-0550…").await;
    visit.page("endpoint-long-name").await;
    go(window, "s", "Source and path").await;
    window.choose_row("Sources", LONG_DATABASE).await;
    visit.page("source-long-name").await;
    journey::choose_service(window).await;
    visit.page("service-long-name").await;
    journey::look_at_network(window).await;
    visit.page("names-long").await;
    journey::look_at_checks(window).await;
    journey::review(window).await;
    visit.page("review-long-name").await;
    leave_set_up(visit).await;
}

const LONG_DATABASE: &str = "inventory-of-all-warehouses-and-shops-in-europe-production-main";

/// Other sizes of the window and of its text, and right to left: for pictures.
pub async fn sizes(visit: &Visit) {
    let window = &visit.window;
    let sizes = [("small", 1024, 700), ("large", 2560, 1440)];
    for (name, width, height) in sizes {
        window.resize(width, height).await;
        four_pages(visit, name).await;
    }
    window.resize(1280, 900).await;
    window.zoom_to_double().await;
    four_pages(visit, "double").await;
    window.zoom_back().await;
    window.set_direction("rtl").await;
    four_pages(visit, "right-to-left").await;
    window.set_direction("ltr").await;
}

/// The board, the wizard's widest page, a run's page, and the panel.
async fn four_pages(visit: &Visit, name: &str) {
    let window = &visit.window;
    go(window, "e", "Endpoints").await;
    window.expect_text("clickstream Kafka").await;
    visit.view(&format!("endpoints-{name}")).await;
    go(window, "r", "Runs").await;
    visit.view(&format!("runs-{name}")).await;
    window.click_link(journey::SOURCE).await;
    window.expect_heading("Connection to orders-postgres").await;
    visit.view(&format!("run-{name}")).await;
    go(window, "s", "Source and path").await;
    window.choose_row("Sources", "inventory-postgres").await;
    journey::choose_service(window).await;
    journey::open_network(window).await;
    window.expect_heading("Names").await;
    visit.view(&format!("network-{name}")).await;
    leave_set_up(visit).await;
    go(window, "b", "Sandbox").await;
    window.expect_heading("Exercises").await;
    visit.view(&format!("sandbox-{name}")).await;
}

async fn leave_set_up(visit: &Visit) {
    let window = &visit.window;
    window.click_button("Cancel").await;
    window.click_button("Discard").await;
    window.expect_heading("Endpoints").await;
}
