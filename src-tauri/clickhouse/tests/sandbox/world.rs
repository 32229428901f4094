//! A sandbox of a test's own, and what tests do to it past the crate under test.

use std::time::Duration;

use pipelink_clickhouse::{ApiKey, ClickHouse};
use pipelink_plan::endpoint::{EndpointKind, EndpointStatus, Turn};
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{Action, EndpointTarget, Input, Outputs};
use pipelink_sandbox::{Config, Connection, Sandbox};
use secrecy::SecretString;
use serde_json::{Value, json};

/// The run that every test's step belongs to.
pub(crate) const RUN: &str = "01990a2b-3c4d-7e5f-8a6b-7c8d9e0f1a2b";

/// A sandbox of a test's own. The scenario's names are what the tests refer to; IDs are looked up.
pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: ClickHouse,
    pub(crate) organization: String,
}

impl World {
    pub(crate) async fn start(speed: f64) -> Self {
        let sandbox = Sandbox::start(Config {
            speed,
            ..Config::default()
        })
        .await
        .unwrap();
        let connection = sandbox.connection();
        let client = ClickHouse::new(&connection.clickhouse_url, key(connection)).unwrap();
        let organization = connection.organization_id.clone();
        Self {
            sandbox,
            client,
            organization,
        }
    }

    pub(crate) async fn service(&self, name: &str) -> String {
        let services = self.client.services(&self.organization).await.unwrap();
        let found = services.rows.into_iter().find(|one| one.name == name);
        found.expect("a service of the scenario").id
    }

    pub(crate) async fn control(&self, path: &str, body: Option<Value>) -> Value {
        let url = format!(
            "{}/_sandbox/{path}",
            self.sandbox.connection().aws_endpoint_url
        );
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = match body {
            Some(body) => http.post(url).json(&body),
            None => http.get(url),
        };
        let answer = request.send().await.unwrap().error_for_status().unwrap();
        answer.json().await.unwrap()
    }

    pub(crate) async fn fault(&self, operation: &str, kind: &str, times: u32) {
        let fault = json!({
            "service": "clickhouse", "operation": operation, "kind": kind, "times": times
        });
        self.control("faults", Some(fault)).await;
    }

    /// How often an operation was called so far.
    pub(crate) async fn calls(&self, operation: &str) -> usize {
        let calls = self.control("calls", None).await;
        let calls = calls.as_array().expect("a list of calls").iter();
        calls.filter(|call| call["operation"] == operation).count()
    }

    /// Shares the scenario's own configuration anew, as a run would have done by now; a share serves one
    /// endpoint only.
    pub(crate) async fn share(&self, configuration: &str) -> String {
        let connection = self.sandbox.connection();
        let scope = format!(
            "AWS4-HMAC-SHA256 Credential={}/20260101/{}/ram/aws4_request, SignedHeaders=host, Signature=00",
            connection.access_key_id, connection.region
        );
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = http
            .post(format!(
                "{}/createresourceshare",
                connection.aws_endpoint_url
            ))
            .header("authorization", scope)
            .json(&json!({
                "name": "orders-postgres-clickpipes",
                "resourceArns": [format!(
                    "arn:aws:vpc-lattice:{}:111122223333:resourceconfiguration/{configuration}",
                    connection.region
                )],
                "principals": ["072088201116"],
                "allowExternalPrincipals": true
            }))
            .send()
            .await
            .unwrap();
        let status = answer.status();
        let answer: Value = answer.json().await.unwrap();
        assert!(status.is_success(), "{answer}");
        let arn = answer["resourceShare"]["resourceShareArn"].as_str();
        arn.expect("the share's ARN").to_owned()
    }

    /// The action of a run that reuses the configuration of the scenario's Ready endpoint.
    pub(crate) async fn action(&self) -> Action {
        let service_id = self.service("orders-analytics").await;
        let endpoints = self.client.endpoints(&self.organization, &service_id).await;
        let ready = endpoints.unwrap().rows.into_iter().find(|endpoint| {
            endpoint.status == EndpointStatus::Ready && endpoint.kind == EndpointKind::VpcResource
        });
        let configuration = ready.unwrap().resource_configuration_id.unwrap();
        let share = self.share(&configuration).await;
        Action::CreateReversePrivateEndpoint {
            organization_id: self.organization.clone(),
            service_id,
            description: "orders-postgres".to_owned(),
            to: EndpointTarget::VpcResource {
                configuration: Input::literal(configuration),
                share: Input::literal(share),
            },
            private_dns: Vec::new(),
        }
    }

    /// Polls until the endpoint stops waiting; answers every state seen on the way.
    pub(crate) async fn settle(
        &self,
        action: &Action,
        outputs: &Outputs,
    ) -> (Vec<String>, Progress) {
        let mut states: Vec<String> = Vec::new();
        for _ in 0..60 {
            match self.client.progress(action, outputs).await.unwrap() {
                Progress::Waiting { seen, turn } => {
                    assert_eq!(turn, Turn::ClickHouse);
                    if states.last() != Some(&seen) {
                        states.push(seen);
                    }
                }
                settled => return (states, settled),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        unreachable!("the endpoint still waits: {states:?}");
    }
}

pub(crate) fn key(connection: &Connection) -> ApiKey {
    ApiKey::new(
        connection.clickhouse_key_id.clone(),
        SecretString::from(connection.clickhouse_key_secret.clone()),
    )
}

pub(crate) fn run() -> RunId {
    RunId(RUN.to_owned())
}
