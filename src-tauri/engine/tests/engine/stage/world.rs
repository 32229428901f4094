//! The sandbox from outside: its faults, its clock, what it holds, and what the admin does there by hand.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use pipelink_plan::run::{Run, RunId};
use pipelink_plan::step::OutputName;
use serde_json::{Value, json};

use super::{SPEED, Stage};

impl Stage {
    /// Switches a fault on; answers its ID.
    pub(crate) async fn fault(
        &self,
        service: &str,
        operation: &str,
        kind: &str,
        times: u32,
    ) -> String {
        let body =
            json!({"service": service, "operation": operation, "kind": kind, "times": times});
        let answer = self.post("faults", &body).await;
        name(&answer["id"])
    }

    pub(crate) async fn clear_faults(&self) {
        let url = self.control("faults");
        let answer = self.http.delete(url).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
    }

    /// Waits until a request is held by a fault.
    pub(crate) async fn until_held(&self) {
        self.until_holding(|_| true).await;
    }

    /// Waits until that fault holds a request, moves the clock on, and lets the request go.
    pub(crate) async fn release_later(&self, fault: &str, seconds: u64) {
        self.until_holding(|id| id == fault).await;
        self.advance(seconds).await;
        let url = self.control(&format!("faults/{fault}/release"));
        let answer = self.http.post(url).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
    }

    async fn until_holding(&self, which: impl Fn(&str) -> bool) {
        let began = Instant::now();
        loop {
            let faults = self.get("faults").await;
            let faults = faults
                .as_array()
                .or_else(|| faults["faults"].as_array())
                .unwrap();
            let holds = |fault: &Value| {
                which(&name(&fault["id"])) && fault["held"].as_u64().unwrap_or(0) > 0
            };
            if faults.iter().any(holds) {
                return;
            }
            assert!(began.elapsed() < Duration::from_mins(1), "nothing is held");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// How many calls of an operation reached the sandbox.
    pub(crate) async fn calls(&self, operation: &str) -> usize {
        let calls = self.get("calls").await;
        let calls = calls
            .as_array()
            .or_else(|| calls["calls"].as_array())
            .unwrap();
        calls
            .iter()
            .filter(|call| call["operation"] == operation)
            .count()
    }

    pub(crate) async fn world(&self) -> Value {
        self.get("world").await
    }

    /// What there is in the account and organization that a run can make, without times and tokens; shares
    /// that are deleted and still listed left out.
    pub(crate) async fn resources(&self) -> BTreeMap<String, Value> {
        let world = self.world().await;
        let mut all = BTreeMap::new();
        for (name, region) in world["regions"].as_object().unwrap() {
            for kind in [
                "resource_gateways",
                "resource_configurations",
                "endpoint_associations",
                "resource_shares",
                "network_interfaces",
            ] {
                let kept: Vec<Value> = region[kind]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|each| each["status"] != "DELETED")
                    .cloned()
                    .collect();
                all.insert(format!("{name} {kind}"), Value::Array(kept));
            }
        }
        for service in world["organization"]["services"].as_array().unwrap() {
            all.insert(
                format!("service {}", service["name"]),
                service["endpoints"].clone(),
            );
        }
        all
    }

    /// How many live objects carry the run's ID, by kind: gateways, configurations, shares, endpoints.
    pub(crate) async fn made_by(&self, run: &RunId) -> [usize; 4] {
        let resources = self.resources().await;
        let count = |kind: &str| {
            resources
                .iter()
                .filter(|(name, _)| name.contains(kind))
                .flat_map(|(_, all)| all.as_array().unwrap())
                .filter(|each| each.to_string().contains(&run.0))
                .count()
        };
        [
            count("resource_gateways"),
            count("resource_configurations"),
            count("resource_shares"),
            count("service "),
        ]
    }

    /// Creates the endpoint of a run by hand, as the admin would in ClickHouse's console.
    pub(crate) async fn create_endpoint_by_hand(&self, run: &Run) {
        let one = |name| run.steps.iter().find_map(|step| step.outputs.one(name));
        let url = format!(
            "{}/organizations/{}/services/{}/clickpipesReversePrivateEndpoints",
            self.connection.clickhouse_url,
            self.connection.organization_id,
            self.service("orders-analytics").await,
        );
        let answer = self
            .http
            .post(url)
            .basic_auth(
                &self.connection.clickhouse_key_id,
                Some(&self.connection.clickhouse_key_secret),
            )
            .json(&json!({
                "description": "made by hand",
                "type": "VPC_RESOURCE",
                "vpcResourceConfigurationId": one(OutputName::ConfigurationId).unwrap(),
                "vpcResourceShareArn": one(OutputName::ShareArn).unwrap(),
            }))
            .send()
            .await
            .unwrap();
        assert!(
            answer.status().is_success(),
            "{}",
            answer.text().await.unwrap()
        );
    }

    /// Starts, stops or wakes a service through the Cloud API.
    pub(crate) async fn command(&self, service: &str, command: &str) {
        let url = format!(
            "{}/organizations/{}/services/{}/state",
            self.connection.clickhouse_url,
            self.connection.organization_id,
            self.service(service).await,
        );
        let answer = self
            .http
            .patch(url)
            .basic_auth(
                &self.connection.clickhouse_key_id,
                Some(&self.connection.clickhouse_key_secret),
            )
            .json(&json!({"command": command}))
            .send()
            .await
            .unwrap();
        assert!(
            answer.status().is_success(),
            "{}",
            answer.text().await.unwrap()
        );
    }

    /// Moves the sandbox's clock on.
    pub(crate) async fn advance(&self, seconds: u64) -> Timestamp {
        let answer = self
            .post("clock", &json!({"advance_seconds": seconds}))
            .await;
        answer["now"].as_str().unwrap().parse().unwrap()
    }

    /// Has the sandbox's clock run at the usual speed from now on.
    pub(crate) async fn speed_up(&self) {
        self.post("clock", &json!({"speed": SPEED})).await;
    }

    async fn get(&self, what: &str) -> Value {
        let answer = self.http.get(self.control(what)).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
        answer.json().await.unwrap()
    }

    async fn post(&self, what: &str, body: &Value) -> Value {
        let url = self.control(what);
        let answer = self.http.post(url).json(body).send().await.unwrap();
        assert!(
            answer.status().is_success(),
            "{}",
            answer.text().await.unwrap()
        );
        answer.json().await.unwrap()
    }

    fn control(&self, what: &str) -> String {
        let base = self.connection.aws_endpoint_url.trim_end_matches('/');
        format!("{base}/_sandbox/{what}")
    }
}

/// An ID as text, whether it is one or a number.
fn name(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}
