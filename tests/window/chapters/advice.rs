//! What the first page recommends: for sources of the list, for several hosts, and across regions.

use super::go;
use crate::window::journey;
use crate::window::visit::Visit;

const SERVICE_QUESTION: &str = "Which ClickHouse service reads it";

/// Several hosts: Kafka brokers with their registry, up to what becomes of each; then a replica set's nodes, whose form
/// depends on the path.
pub async fn hosts(visit: &Visit) {
    let window = &visit.window;
    go(window, "s", "Source and path").await;
    window.expect_text(journey::SOURCE).await;
    window.choose("Several hosts…").await;
    window.choose("Hosts in a VPC, such as EC2 instances").await;
    // The next question moves what is below it.
    window.expect("select", SERVICE_QUESTION).await;
    window
        .type_into(
            "Hosts",
            "kafka-1.clickstream.example.com:9092\nkafka-2.clickstream.example.com:9092",
        )
        .await;
    window.select(SERVICE_QUESTION, "orders-analytics…").await;
    window.choose("Yes").await;
    window
        .expect_heading("Recommended: VPC endpoint service")
        .await;
    window
        .type_into("Private addresses of the names", "10.20.1.55\n10.20.2.73")
        .await;
    window.select("VPC", "prod…").await;
    visit.page("source-brokers").await;
    visit.narrow("source-brokers").await;
    journey::open_account(window).await;
    journey::open_network(window).await;
    window.expect("table", "Hosts").await;
    window.expect_text("Ask ClickHouse support first").await;
    visit.page("network-brokers").await;
    leave(visit).await;

    go(window, "s", "Source and path").await;
    window.choose("Several hosts…").await;
    window.choose("MongoDB…").await;
    window.choose("Hosts in a VPC, such as EC2 instances").await;
    // The next question moves what is below it.
    window.expect("select", SERVICE_QUESTION).await;
    window.type_into("Hosts", &NODES.join("\n")).await;
    window.choose("VPC resource…").await;
    window.select("VPC", "prod…").await;
    window.choose("The VPC's own resolver…").await;
    visit.page("source-nodes").await;
    journey::choose_service(window).await;
    journey::look_at_network(window).await;
    visit.page("network-nodes").await;
    window.choose("Yes, it is enabled").await;
    journey::look_at_checks(window).await;
    journey::review(window).await;
    visit.page("review-nodes").await;
    leave(visit).await;
}

/// The nodes of the sandbox's replica set.
const NODES: [&str; 3] = [
    "mongo-0.catalog.example.com:27017",
    "mongo-1.catalog.example.com:27017",
    "mongo-2.catalog.example.com:27017",
];

/// MSK Serverless, by a VPC resource.
pub async fn serverless(visit: &Visit) {
    let window = &visit.window;
    go(window, "s", "Source and path").await;
    journey::pick_source(window, "audit").await;
    window.expect_heading("Recommended: VPC resource").await;
    visit.page("source-serverless").await;
    journey::choose_service(window).await;
    journey::open_network(window).await;
    window.expect("table", "Subnets").await;
    visit.page("network-serverless").await;
    leave(visit).await;
}

/// A service whose ClickPipes are elsewhere, asked for before it is chosen.
pub async fn across_regions(visit: &Visit) {
    let window = &visit.window;
    go(window, "s", "Source and path").await;
    window.choose("An IP address…").await;
    window.type_into("Address", "10.20.2.90").await;
    window.choose("Hosts in a VPC, such as EC2 instances").await;
    // The next question moves what is below it.
    window.expect("select", SERVICE_QUESTION).await;
    window.select(SERVICE_QUESTION, "payments-reporting…").await;
    window
        .expect_heading("Recommended: VPC endpoint service")
        .await;
    window.expect_text("It does not cross regions").await;
    visit.page("source-across-regions").await;
    leave(visit).await;
}

async fn leave(visit: &Visit) {
    let window = &visit.window;
    window.click_button("Cancel").await;
    window.click_button("Discard").await;
    window.expect_heading("Endpoints").await;
}
