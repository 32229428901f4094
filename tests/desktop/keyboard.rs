//! The whole job by keyboard alone: Tab, Shift and Tab, arrows, Enter and Space. Every stop shows that it has the
//! focus, and the focus is never lost. The advice is asked the same way.

use crate::window::{Home, Key, Theme, Window, World, journey};

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn the_whole_job_is_done_without_a_mouse() {
    let home = Home::new();
    let window = Window::open(&home, Theme::Light).await;
    window
        .expect_heading("AWS PrivateLink for ClickPipes")
        .await;
    window.enter("button", "Try it in the sandbox").await;
    window.expect_focus("heading", "Endpoints").await;
    window.expect_text("billing-mysql").await;
    World::of(&home).await.speed(300.0).await;

    set_up(&window).await;
    help_and_shortcuts(&window).await;
    window
        .expect_text_within("4 of 4 steps done", journey::A_RUN)
        .await;
    window.expect_some_focus().await;
    window.tab_to("button", "Copy DNS name").await;
    window.key(Key::Enter).await;
    window.expect_text("Copied").await;
    window.expect_focus("button", "Copy DNS name").await;
    undo(&window).await;
    window.close().await;
}

/// From the board to the run.
async fn set_up(window: &Window) {
    window.enter("button", "Set up a connection").await;
    window.expect_focus("heading", "Source and path").await;
    window.expect_text(journey::SOURCE).await;
    window.arrow_to(journey::SOURCE).await;
    next(window, "Account and region").await;
    window.arrow_to(journey::SERVICE).await;
    next(window, "Resource and network").await;

    window.expect("table", "Subnets").await;
    window
        .arrow_to("Use a resource gateway that is there…")
        .await;
    window.arrow_to("Make new ones…").await;
    window.tab_to("choice", SUBNET).await;
    window.key_space().await;
    window.expect_not_chosen(SUBNET).await;
    window.key_space().await;
    window.expect_chosen(SUBNET).await;
    next(window, "Checks").await;

    journey::checked(window).await;
    for tick in window.unticked("Go on all the same").await {
        window.tick(&tick).await;
    }
    next(window, "Review").await;
    window.tab_to("tab", "Steps (4)").await;
    window.key(Key::Right).await;
    window.expect_focus("tab", "AWS CLI").await;
    window.key(Key::Right).await;
    window.expect_focus("tab", "IAM policy").await;
    window.expect_heading("Policy document").await;
    window.enter("button", journey::CREATE).await;
    window
        .expect_focus("heading", "Connection to orders-postgres")
        .await;
}

#[tokio::test]
#[ignore = "opens a window; run by cargo xtask test"]
async fn the_questions_of_the_advice_are_answered_without_a_mouse() {
    let home = Home::new();
    let window = Window::open(&home, Theme::Light).await;
    window
        .expect_heading("AWS PrivateLink for ClickPipes")
        .await;
    window.enter("button", "Try it in the sandbox").await;
    window.expect_focus("heading", "Endpoints").await;
    window.expect_text("billing-mysql").await;
    window.enter("button", "Set up a connection").await;
    window.expect_focus("heading", "Source and path").await;
    window.expect_text(journey::SOURCE).await;

    window.arrow_to("A domain name…").await;
    window.tab_to("field", "Name").await;
    window.type_keys("kafka-1.clickstream.example.com").await;
    window.arrow_to("Kafka").await;
    window
        .arrow_to("Hosts in a VPC, such as EC2 instances")
        .await;
    window.pick(SERVICE_QUESTION, "payments-reporting").await;
    window
        .expect_heading("Recommended: VPC endpoint service")
        .await;
    window.expect_text("only path that crosses regions").await;

    window.pick(SERVICE_QUESTION, journey::SERVICE).await;
    window.expect_heading("No path is recommended yet").await;
    window.arrow_to("No").await;
    window.expect_heading("Recommended: VPC resource").await;
    window.arrow_to("Yes").await;
    window
        .expect_heading("Recommended: VPC endpoint service")
        .await;
    window
        .expect_text("once a TXT record in public DNS has proven that its domain is yours")
        .await;
    window.expect_some_focus().await;

    // Another one where it can work, and back; the third cannot.
    window.arrow_to("VPC resource…").await;
    window.expect_text("TCP 9092").await;
    window.arrow_to("VPC endpoint service (recommended)…").await;
    window.expect_some_focus().await;
    window.close().await;
}

const SERVICE_QUESTION: &str = "Which ClickHouse service reads it";
const SUBNET: &str = "prod-data-1b (subnet-0c31fffe36732be76)";

async fn next(window: &Window, heading: &str) {
    window.enter("button", "Next").await;
    window.expect_focus("heading", heading).await;
}

/// The panel and the list open over the page and give the focus back to where it was.
async fn help_and_shortcuts(window: &Window) {
    let heading = "Connection to orders-postgres";
    window.key(Key::F1).await;
    window.expect_focus("button", "Close help").await;
    window.key(Key::F1).await;
    window.expect_focus("heading", heading).await;
    window.type_keys("?").await;
    window.expect_heading("Keyboard shortcuts").await;
    window.expect_some_focus().await;
    window.key(Key::Escape).await;
    window.expect_no_text("What they do").await;
    window.expect_focus("heading", heading).await;
}

/// Backwards to the button, through its dialog, to a run that is undone.
async fn undo(window: &Window) {
    window
        .tab_back_to("button", "Delete what this run made")
        .await;
    window.key(Key::Enter).await;
    window.expect("button", "Delete 4 resources").await;
    window.expect_some_focus().await;
    window.enter("button", "Not now").await;
    window
        .expect_focus("button", "Delete what this run made")
        .await;
    window.key(Key::Enter).await;
    window.tick(journey::MAY_BREAK).await;
    window.enter("button", "Delete 4 resources").await;
    window
        .expect_text_within("Everything this run made is removed", journey::A_RUN)
        .await;
    window.expect_some_focus().await;
    window.type_keys("ge").await;
    window.expect_focus("heading", "Endpoints").await;
}
