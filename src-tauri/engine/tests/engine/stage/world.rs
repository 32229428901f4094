//! The sandbox from outside: its faults, its clock, what it holds, and what the admin does there by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use pipelink_plan::run::RunId;
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
        let mut body =
            json!({"service": service, "operation": operation, "kind": kind, "times": times});
        if kind == "delay" {
            body["delay_ms"] = json!(50);
        }
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
        self.until_held_by(fault).await;
        self.advance(seconds).await;
        self.release(fault).await;
    }

    async fn until_holding(&self, which: impl Fn(&str) -> bool) {
        let began = Instant::now();
        loop {
            if self.holds(&which).await {
                return;
            }
            assert!(began.elapsed() < Duration::from_mins(1), "nothing is held");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Whether that fault holds a request now.
    pub(crate) async fn is_holding(&self, fault: &str) -> bool {
        self.holds(|id| id == fault).await
    }

    async fn holds(&self, which: impl Fn(&str) -> bool) -> bool {
        let holds =
            |fault: &Value| which(&name(&fault["id"])) && fault["held"].as_u64().unwrap_or(0) > 0;
        self.faults().await.iter().any(holds)
    }

    /// How often that fault has struck.
    pub(crate) async fn hits(&self, fault: &str) -> u64 {
        let faults = self.faults().await;
        let own = faults.iter().find(|each| name(&each["id"]) == fault);
        own.unwrap()["hits"].as_u64().unwrap()
    }

    /// How often the faults that are switched on have struck.
    pub(crate) async fn all_hits(&self) -> u64 {
        let faults = self.faults().await;
        faults
            .iter()
            .map(|each| each["hits"].as_u64().unwrap())
            .sum()
    }

    async fn faults(&self) -> Vec<Value> {
        self.get("faults").await.as_array().unwrap().clone()
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

    /// What the window's sandbox panel shows.
    pub(crate) async fn panel(&self) -> Value {
        self.get("panel").await
    }

    /// What the sandbox says can strike each call, by service and operation.
    pub(crate) async fn kinds(&self) -> BTreeMap<(String, String), Vec<String>> {
        let panel = self.panel().await;
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        let operations = panel["operations"].as_array().unwrap();
        operations
            .iter()
            .map(|each| {
                let kinds = each["kinds"].as_array().unwrap().iter().map(word).collect();
                ((word(&each["service"]), word(&each["operation"])), kinds)
            })
            .collect()
    }

    /// A second operator does one of the things that can be done now, counted round. Answers the IDs of what
    /// they made: what is new since, and not the run's. `None`: nothing was done.
    pub(crate) async fn meddle(&self, place: usize, run: &RunId) -> Option<BTreeSet<String>> {
        let panel = self.panel().await;
        let acts = panel["operator"].as_array().unwrap();
        let act = acts.get(place % acts.len().max(1))?;
        let before = self.things().await;
        // It may have become impossible in between, which is an answer too.
        let url = self.control("operator");
        let answer = self.http.post(url).json(&json!({"act": act["id"]}));
        if !answer.send().await.unwrap().status().is_success() {
            return None;
        }
        let after = self.things().await;
        let theirs = after
            .into_iter()
            .filter(|(id, thing)| !before.contains_key(id) && !thing.to_string().contains(&run.0))
            .map(|(id, _)| id);
        Some(theirs.collect())
    }

    /// A second operator does that, as the sandbox names it.
    pub(crate) async fn act(&self, act: &str) {
        self.post("operator", &json!({ "act": act })).await;
    }

    /// The same, if it can be done now; says whether it was.
    pub(crate) async fn try_act(&self, act: &str) -> bool {
        let url = self.control("operator");
        let answer = self.http.post(url).json(&json!({ "act": act }));
        answer.send().await.unwrap().status().is_success()
    }

    /// Lets a held request go on.
    pub(crate) async fn release(&self, fault: &str) {
        let url = self.control(&format!("faults/{fault}/release"));
        let answer = self.http.post(url).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
    }

    /// Waits until that fault holds a request.
    pub(crate) async fn until_held_by(&self, fault: &str) {
        self.until_holding(|id| id == fault).await;
    }

    /// Whether a pipe gets through an endpoint to a host and port, where `source` is.
    pub(crate) async fn reach(
        &self,
        endpoint: &str,
        host: &str,
        port: u16,
        source: Option<&str>,
    ) -> Value {
        let source = source.map_or_else(String::new, |name| format!("?source={name}"));
        let what = format!("reach/{endpoint}/{host}/{port}{source}");
        self.get(&what).await
    }

    /// Whether what comes through a resource configuration arrives.
    pub(crate) async fn reach_of_configuration(&self, configuration: &str) -> Value {
        self.get(&format!("reach/{configuration}")).await
    }

    /// Gives or takes the right to `vpce:AllowMultiRegion`.
    pub(crate) async fn allow_multi_region(&self, given: bool) {
        let body = json!({ "allow_multi_region": given });
        self.post("rights", &body).await;
    }

    /// ClickHouse's support switches the preview of custom private DNS names on for the service of that name.
    pub(crate) async fn switch_custom_dns_on(&self, service: &str) {
        let what = format!("services/{}", self.service(service).await);
        self.post(&what, &json!({ "custom_private_dns": true }))
            .await;
    }

    /// The IAM calls that reached the sandbox, by service and operation.
    pub(crate) async fn call_log(&self) -> Vec<Value> {
        let calls = self.get("calls").await;
        calls.as_array().unwrap().clone()
    }

    /// Wakes a service that fell idle, and waits until it runs.
    pub(crate) async fn wake_if_idle(&self, name: &str) {
        let world = self.world().await;
        let services = world["organization"]["services"].as_array().unwrap();
        let service = services.iter().find(|service| service["name"] == name);
        if service.unwrap()["state"] != "running" {
            self.command(name, "start").await;
            self.advance(600).await;
        }
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
                "load_balancers",
                "target_groups",
                "listeners",
                "endpoint_services",
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
            let clusters = region["msk_clusters"].as_array().unwrap();
            let shared = clusters.iter().map(shared_part).collect();
            all.insert(format!("{name} msk_clusters"), Value::Array(shared));
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

    /// Has the grace period of endpoints start at their "entry" into a state or at their "creation".
    pub(crate) async fn grace_starts_at(&self, start: &str) {
        self.post("grace", &json!({"starts_at": start})).await;
    }

    /// Puts an endpoint into a state, as ClickHouse might.
    pub(crate) async fn put_endpoint(&self, id: &str, status: &str) {
        let what = format!("endpoints/{id}");
        self.post(&what, &json!({"status": status})).await;
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
        self.run_at(SPEED).await;
    }

    /// Has the sandbox's clock run at that speed from now on; 0 stops it.
    pub(crate) async fn run_at(&self, speed: f64) {
        self.post("clock", &json!({"speed": speed})).await;
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

/// What of an MSK cluster a run can change: whom its policy lets in, how other VPCs may come, and who is connected.
/// Versions count up with each change, and operations stay listed.
fn shared_part(cluster: &Value) -> Value {
    let connections = cluster["connections"].as_array().into_iter().flatten();
    let live: Vec<&Value> = connections.filter(|it| it["state"] != "DELETING").collect();
    json!({
        "id": format!("msk {}", cluster["name"].as_str().unwrap()),
        "policy": cluster["policy"]["document"],
        "on": cluster["vpc_authentication"],
        "connections": live,
    })
}

/// An ID as text, whether it is one or a number.
fn name(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}
