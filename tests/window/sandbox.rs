//! The sandbox behind the window, at its own interface: what a test switches on, and which world the window finds.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use pipelink_sandbox::{Config, Sandbox};
use serde_json::{Value, json};

use super::{Home, SOON};

/// The sandbox that a window uses.
pub struct World {
    http: reqwest::Client,
    base: String,
    /// Where the test serves it; the window's own process does otherwise.
    served: Option<Sandbox>,
}

impl World {
    /// Waits until the window in this home has opened its sandbox.
    pub async fn of(home: &Home) -> Self {
        let begun = Instant::now();
        loop {
            if let Some(connection) = pipelink_sandbox::running(&home.world()) {
                return Self::at(&connection.aws_endpoint_url, None);
            }
            assert!(begun.elapsed() < SOON, "the window opened no sandbox");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Serves the world of another scenario; a window that is opened in this home uses it.
    pub async fn serve(home: &Home, scenario: &str) -> Self {
        let config = Config {
            scenario: scenario.to_owned(),
            world: Some(home.world()),
            ..Config::default()
        };
        let sandbox = Sandbox::start(config).await.expect("the sandbox starts");
        let base = sandbox.connection().aws_endpoint_url.clone();
        Self::at(&base, Some(sandbox))
    }

    fn at(endpoint_url: &str, served: Option<Sandbox>) -> Self {
        let http = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a client");
        Self {
            http,
            base: format!("{}/_sandbox", endpoint_url.trim_end_matches('/')),
            served,
        }
    }

    /// Ends a sandbox that the test serves.
    pub async fn stop(self) {
        if let Some(sandbox) = self.served {
            sandbox.stop().await;
        }
    }

    /// Switches a fault on until it is removed: `("rds", "DescribeDBInstances")`, `"deny"`.
    pub async fn fault(&self, call: (&str, &str), kind: &str) {
        self.faults(call, kind, 0).await;
    }

    /// Switches a fault on for so many calls; 0 is until it is removed.
    pub async fn faults(&self, (service, operation): (&str, &str), kind: &str, times: u32) {
        let fault = json!({
            "service": service,
            "operation": operation,
            "kind": kind,
            "times": times,
        });
        self.post("faults", &fault).await;
    }

    /// Removes all faults; what they held goes on.
    pub async fn mend(&self) {
        let faults = self
            .send(self.http.get(format!("{}/faults", self.base)))
            .await;
        for fault in faults.as_array().into_iter().flatten() {
            let address = format!("{}/faults/{}", self.base, fault["id"]);
            self.send(self.http.delete(address)).await;
        }
    }

    /// Moves its clock on.
    pub async fn advance(&self, by: Duration) {
        self.post("clock", &json!({ "advance_seconds": by.as_secs_f64() }))
            .await;
    }

    /// Lets its clock run so fast; 0 stops it.
    pub async fn speed(&self, speed: f64) {
        self.post("clock", &json!({ "speed": speed })).await;
    }

    /// What its panel shows.
    pub async fn panel(&self) -> Value {
        self.send(self.http.get(format!("{}/panel", self.base)))
            .await
    }

    async fn post(&self, path: &str, body: &Value) {
        let address = format!("{}/{path}", self.base);
        self.send(self.http.post(address).json(body)).await;
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Value {
        let answer = request.send().await.expect("the sandbox answers");
        let status = answer.status();
        let text = answer.text().await.expect("an answer");
        assert!(status.is_success(), "the sandbox refused: {status} {text}");
        serde_json::from_str(&text).expect("JSON")
    }
}

impl Home {
    /// The file of the sandbox's world.
    pub(super) fn world(&self) -> PathBuf {
        self.path()
            .join("data/app.pipelink.desktop/sandbox/world.json")
    }

    /// The sandbox's world as it was kept before its last answer.
    pub fn sandbox_world(&self) -> Value {
        let text = std::fs::read_to_string(self.world()).expect("the sandbox has a world");
        serde_json::from_str(&text).expect("the world is JSON")
    }
}
