//! A running sandbox, its control endpoints, and what the tests ask of them.

use std::path::Path;
use std::time::{Duration, Instant};

use pipelink_aws::Aws;
use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{Action, Definition, DnsResolution, Input, OutputName, Outputs};
use pipelink_sandbox::{Config, Sandbox};
use serde_json::{Value, json};

pub(crate) const ACCOUNT: &str = "111122223333";
pub(crate) const VPC: &str = "vpc-0e79ac9aca8d7f7d3";
pub(crate) const SUBNET_A: &str = "subnet-0e9f0009c2ffa9424";
pub(crate) const SUBNET_B: &str = "subnet-0c31fffe36732be76";
pub(crate) const GROUP: &str = "sg-05a32a34d6db06e24";
pub(crate) const DATABASE: &str = "arn:aws:rds:us-east-1:111122223333:cluster:orders-postgres";

/// A fresh sandbox of the default scenario, and a session in it.
pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) aws: Aws,
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::serve(Config::default()).await
    }

    /// One whose world is a file, which a test may change while it is stopped.
    pub(crate) async fn kept(file: &Path) -> Self {
        Self::serve(Config {
            world: Some(file.to_owned()),
            ..Config::default()
        })
        .await
    }

    /// Stops, has the world's file changed, and goes on at the same address.
    pub(crate) async fn changed(self, file: &Path, change: impl FnOnce(&mut Value)) -> Self {
        let url = self.sandbox.connection().aws_endpoint_url.clone();
        self.sandbox.stop().await;
        let mut world = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        change(&mut world);
        std::fs::write(file, world.to_string()).unwrap();
        Self::serve(Config {
            listen: url.strip_prefix("http://").unwrap().parse().unwrap(),
            world: Some(file.to_owned()),
            ..Config::default()
        })
        .await
    }

    async fn serve(config: Config) -> Self {
        let config = Config {
            speed: 600.0,
            ..config
        };
        let sandbox = Sandbox::start(config).await.unwrap();
        let found = sandbox.connection();
        let aws = Aws::open_sandbox(
            &found.aws_endpoint_url,
            &found.region,
            &found.access_key_id,
            &found.secret_access_key,
        );
        Self { sandbox, aws }
    }

    /// Switches a fault on; `times` 0 keeps it on.
    pub(crate) async fn fault(&self, service: &str, operation: &str, kind: &str, times: u32) {
        self.switch_on(json!({
            "service": service, "operation": operation, "kind": kind, "times": times,
        }))
        .await;
    }

    /// Switches a fault on with all that the control endpoint takes.
    pub(crate) async fn switch_on(&self, fault: Value) {
        let url = self.control("faults");
        let answer = client().post(url).json(&fault).send().await.unwrap();
        assert!(
            answer.status().is_success(),
            "{}",
            answer.text().await.unwrap()
        );
    }

    pub(crate) async fn clear_faults(&self) {
        client()
            .delete(self.control("faults"))
            .send()
            .await
            .unwrap();
    }

    /// Moves the sandbox's clock.
    pub(crate) async fn advance(&self, by: Duration) {
        self.set_clock(json!({ "advance_seconds": by.as_secs() }))
            .await;
    }

    /// Lets the sandbox's clock run that many times as fast; 0 stops it.
    pub(crate) async fn run_clock(&self, speed: f64) {
        self.set_clock(json!({ "speed": speed })).await;
    }

    async fn set_clock(&self, change: Value) {
        let answer = client()
            .post(self.control("clock"))
            .json(&change)
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success());
    }

    /// Waits until so many requests are held back by faults.
    pub(crate) async fn until_held(&self, count: u64) {
        let begun = Instant::now();
        loop {
            let faults = self.seen("faults").await;
            let held = faults.as_array().unwrap().iter();
            if held.filter_map(|it| it["held"].as_u64()).sum::<u64>() == count {
                return;
            }
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "not held: {faults}"
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Lets go what is held back; the faults stay on.
    pub(crate) async fn release(&self) {
        for fault in self.seen("faults").await.as_array().unwrap() {
            let url = self.control(&format!("faults/{}/release", fault["id"]));
            let answer = client().post(url).send().await.unwrap();
            assert!(answer.status().is_success());
        }
    }

    /// How often an operation was called since the start.
    pub(crate) async fn calls(&self, operation: &str) -> usize {
        let calls = self.seen("calls").await;
        calls
            .as_array()
            .unwrap()
            .iter()
            .filter(|call| call["operation"] == operation)
            .count()
    }

    /// What one of the sandbox's control endpoints shows.
    pub(crate) async fn seen(&self, page: &str) -> Value {
        let answer = client().get(self.control(page)).send().await.unwrap();
        answer.json().await.unwrap()
    }

    /// Has another operator do one of the things that the sandbox offers now.
    pub(crate) async fn act(&self, act: &str) {
        let url = self.control("operator");
        let answer = client().post(url).json(&json!({ "act": act })).send();
        let answer = answer.await.unwrap();
        assert!(
            answer.status().is_success(),
            "{act}: {}",
            answer.text().await.unwrap()
        );
    }

    /// As [`Self::act`], by the verb and what it is done to.
    pub(crate) async fn act_on(&self, verb: &str, object: &str) {
        self.act(&format!("{verb} {object}")).await;
    }

    fn control(&self, page: &str) -> String {
        format!(
            "{}/_sandbox/{page}",
            self.sandbox.connection().aws_endpoint_url
        )
    }

    /// Makes something and waits until it can be used.
    pub(crate) async fn make(&self, action: &Action, run: &RunId) -> Outputs {
        let outputs = self.aws.perform(action, run, &token()).await.unwrap();
        self.until_usable(action, outputs).await
    }

    pub(crate) async fn until_usable(&self, action: &Action, mut outputs: Outputs) -> Outputs {
        let begun = Instant::now();
        loop {
            match self.aws.progress(action, &outputs).await.unwrap() {
                Progress::Usable { outputs: more } => {
                    outputs.0.extend(more.0);
                    return outputs;
                }
                Progress::Ended { seen, reason } => panic!("{action:?} ended {seen}: {reason:?}"),
                Progress::Waiting { .. } | Progress::Missing => {}
            }
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "{action:?} takes too long"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Removes what the first run made, and waits until it is gone.
    pub(crate) async fn remove(&self, action: &Action, outputs: &Outputs) {
        self.aws.remove(action, &run(1), outputs).await.unwrap();
        // Already on its way out: asking again changes nothing.
        self.aws.remove(action, &run(1), outputs).await.unwrap();
        let begun = Instant::now();
        while !self.aws.removed(action, outputs).await.unwrap() {
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "{action:?} does not go"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // Gone: asking again is still fine.
        self.aws.remove(action, &run(1), outputs).await.unwrap();
        assert!(self.aws.removed(action, outputs).await.unwrap());
    }
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

pub(crate) fn run(number: u8) -> RunId {
    RunId(format!("0197a1b2-0000-7000-8000-0000000000{number:02x}"))
}

/// A token that no other call of the test uses.
pub(crate) fn token() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("test-token-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

pub(crate) fn gateway(name: &str) -> Action {
    gateway_looking_up(name, DnsResolution::Public)
}

pub(crate) fn gateway_looking_up(name: &str, dns_resolution: DnsResolution) -> Action {
    Action::CreateResourceGateway {
        name: name.to_owned(),
        vpc_id: VPC.to_owned(),
        subnet_ids: vec![SUBNET_A.to_owned(), SUBNET_B.to_owned()],
        security_group_ids: vec![GROUP.to_owned()],
        dns_resolution,
    }
}

pub(crate) fn configuration(name: &str, gateway: &Outputs) -> Action {
    let database = Definition::Database {
        arn: DATABASE.to_owned(),
    };
    configuration_of(name, gateway, database)
}

pub(crate) fn configuration_of(name: &str, gateway: &Outputs, definition: Definition) -> Action {
    Action::CreateResourceConfiguration {
        name: name.to_owned(),
        gateway: Input::literal(gateway.one(OutputName::GatewayId).unwrap()),
        definition,
    }
}

/// A change of the security groups of a gateway that was there before.
pub(crate) fn group_change(gateway_id: &str, from: &[&str], to: &[&str]) -> Action {
    let owned = |groups: &[&str]| groups.iter().map(ToString::to_string).collect();
    Action::UpdateGatewaySecurityGroups {
        gateway_id: gateway_id.to_owned(),
        security_group_ids: owned(to),
        previous_security_group_ids: owned(from),
    }
}

pub(crate) fn share(name: &str, configuration: &Outputs) -> Action {
    Action::CreateResourceShare {
        name: name.to_owned(),
        resource: Input::literal(configuration.one(OutputName::ConfigurationArn).unwrap()),
        principal: CLICKPIPES_ACCOUNT.to_owned(),
    }
}

pub(crate) fn acceptance(configuration: &Outputs, share: &Outputs) -> Action {
    Action::AwaitShareAcceptance {
        configuration: Input::literal(configuration.one(OutputName::ConfigurationId).unwrap()),
        share: Input::literal(share.one(OutputName::ShareArn).unwrap()),
        principal: CLICKPIPES_ACCOUNT.to_owned(),
        private_dns: Vec::new(),
    }
}
