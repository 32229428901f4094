//! A raw HTTP client of the sandbox: what is tested is the wire, so no SDK stands between.

use pipelink_sandbox::{Config, Connection, Sandbox};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};

/// ClickPipes' AWS account.
pub(crate) const CLICKPIPES: &str = "072088201116";
/// Objects of the default scenario.
pub(crate) const ORDERS_CLUSTER: &str =
    "arn:aws:rds:us-east-1:111122223333:cluster:orders-postgres";
pub(crate) const ORDERS_SERVICE: &str = "d3b1f0a4-5c2e-4a7b-9e61-2f8c7d6a5b01";
pub(crate) const PAYMENTS_SERVICE: &str = "a8c2e4f6-7b1d-4f3a-8c59-1e2d3c4b5a02";
pub(crate) const IDLE_SERVICE: &str = "6e5d4c3b-2a19-4807-b6f5-e4d3c2b1a003";
pub(crate) const GCP_SERVICE: &str = "2b4d6f81-9a3c-4e5f-a7b9-c1d3e5f7a904";
pub(crate) const INVENTORY_ENDPOINT: &str = "5b0a2c1e-84c5-4f0e-9c2d-7a3c1d0e6f11";

/// The resource configuration of the default scenario that is in use.
pub(crate) const INVENTORY_ARN: &str =
    "arn:aws:vpc-lattice:us-east-1:111122223333:resourceconfiguration/rcfg-0d02e8c4441233466";

/// A sandbox whose clock stands still, so that a test decides what time it is.
pub(crate) struct Served {
    pub(crate) sandbox: Sandbox,
    pub(crate) http: Client,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) error: Option<String>,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    /// Status and error code of a refusal in REST-JSON.
    pub(crate) fn refusal(&self) -> (u16, &str) {
        (self.status, self.error.as_deref().unwrap_or_default())
    }

    pub(crate) fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{self:?}");
        if self.text.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }
}

impl Served {
    pub(crate) async fn start() -> Self {
        Self::with(Config {
            speed: 0.0,
            ..Config::default()
        })
        .await
    }

    pub(crate) async fn with(config: Config) -> Self {
        let sandbox = Sandbox::start(config).await.expect("the sandbox starts");
        Self {
            sandbox,
            http: Client::new(),
        }
    }

    pub(crate) fn connection(&self) -> &Connection {
        self.sandbox.connection()
    }

    /// A request that claims to be signed for a service.
    pub(crate) fn signed(
        &self,
        method: Method,
        service: &str,
        region: &str,
        path: &str,
    ) -> RequestBuilder {
        let connection = self.connection();
        let scope = format!(
            "{}/20261123/{region}/{service}/aws4_request",
            connection.access_key_id
        );
        self.http
            .request(method, format!("{}{path}", connection.aws_endpoint_url))
            .header(
                "authorization",
                format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=00"),
            )
    }

    pub(crate) async fn lattice(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let request = self.signed(method, "vpc-lattice", "us-east-1", path);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        reply(request.send().await.expect("an answer")).await
    }

    pub(crate) async fn ram(&self, operation: &str, body: Value) -> Reply {
        let request = self.signed(Method::POST, "ram", "us-east-1", &format!("/{operation}"));
        reply(request.json(&body).send().await.expect("an answer")).await
    }

    pub(crate) async fn query(&self, service: &str, form: &str) -> Reply {
        let request = self
            .signed(Method::POST, service, "us-east-1", "/")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.to_owned());
        reply(request.send().await.expect("an answer")).await
    }

    /// A request to the Cloud API; the path begins after `/v1`.
    pub(crate) fn cloud_request(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> RequestBuilder {
        let connection = self.connection();
        let request = self
            .http
            .request(method, format!("{}{path}", connection.clickhouse_url))
            .basic_auth(
                &connection.clickhouse_key_id,
                Some(&connection.clickhouse_key_secret),
            );
        match body {
            Some(body) => request.json(&body),
            None => request,
        }
    }

    pub(crate) async fn cloud(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        reply(
            self.cloud_request(method, path, body)
                .send()
                .await
                .expect("an answer"),
        )
        .await
    }

    pub(crate) fn endpoints_path(&self, service: &str) -> String {
        let organization = &self.connection().organization_id;
        format!(
            "/organizations/{organization}/services/{service}/clickpipesReversePrivateEndpoints"
        )
    }

    pub(crate) async fn control(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let url = format!("{}/_sandbox{path}", self.connection().aws_endpoint_url);
        let request = self.http.request(method, url);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        reply(request.send().await.expect("an answer")).await
    }

    pub(crate) async fn advance(&self, seconds: i64) {
        let body = json!({ "advance_seconds": seconds });
        self.control(Method::POST, "/clock", Some(body)).await.ok();
    }

    pub(crate) async fn world(&self) -> Value {
        self.control(Method::GET, "/world", None).await.ok()
    }

    pub(crate) async fn fault(&self, fault: Value) -> u64 {
        let made = self
            .control(Method::POST, "/faults", Some(fault))
            .await
            .ok();
        made["id"].as_u64().expect("an ID")
    }

    pub(crate) async fn remove_fault(&self, id: u64) {
        let path = format!("/faults/{id}");
        self.control(Method::DELETE, &path, None).await.ok();
    }

    pub(crate) async fn panel(&self) -> Value {
        self.control(Method::GET, "/panel", None).await.ok()
    }

    /// IDs of the default scenario's objects, by their name.
    pub(crate) async fn id(&self, region: &str, kind: &str, name: &str) -> String {
        let world = self.world().await;
        let found = world["regions"][region][kind]
            .as_array()
            .expect(kind)
            .iter()
            .find(|it| it["name"] == name)
            .unwrap_or_else(|| panic!("no {kind} {name}"))
            .clone();
        found["id"].as_str().expect("an ID").to_owned()
    }

    /// The body of a gateway in the given subnets of the VPC `prod`.
    pub(crate) async fn gateway_body(&self, name: &str, subnets: &[&str]) -> Value {
        let mut subnet_ids = Vec::new();
        for subnet in subnets {
            subnet_ids.push(self.id("us-east-1", "subnets", subnet).await);
        }
        json!({
            "name": name,
            "vpcIdentifier": self.id("us-east-1", "vpcs", "prod").await,
            "subnetIds": subnet_ids,
            "securityGroupIds":
                [self.id("us-east-1", "security_groups", "clickpipes-gateway").await],
        })
    }

    pub(crate) async fn gateway(&self, name: &str, subnets: &[&str]) -> Value {
        let body = self.gateway_body(name, subnets).await;
        self.lattice(Method::POST, "/resourcegateways", Some(body))
            .await
            .ok()
    }

    pub(crate) async fn configuration(&self, name: &str, gateway: &str, arn: &str) -> Reply {
        let body = json!({
            "name": name,
            "type": "ARN",
            "resourceGatewayIdentifier": gateway,
            "resourceConfigurationDefinition": { "arnResource": { "arn": arn } },
        });
        self.lattice(Method::POST, "/resourceconfigurations", Some(body))
            .await
    }

    pub(crate) async fn share(
        &self,
        name: &str,
        resource_arn: &str,
        principals: &[&str],
    ) -> String {
        let body =
            json!({ "name": name, "resourceArns": [resource_arn], "principals": principals });
        let made = self.ram("createresourceshare", body).await.ok();
        made["resourceShare"]["resourceShareArn"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub(crate) async fn endpoint(&self, service: &str, configuration: &str, share: &str) -> Reply {
        let body = json!({
            "description": "orders-postgres",
            "type": "VPC_RESOURCE",
            "vpcResourceConfigurationId": configuration,
            "vpcResourceShareArn": share,
        });
        self.cloud(Method::POST, &self.endpoints_path(service), Some(body))
            .await
    }

    /// Asks ClickHouse for an endpoint of any type.
    pub(crate) async fn ask_for(&self, service: &str, body: Value) -> Reply {
        self.cloud(Method::POST, &self.endpoints_path(service), Some(body))
            .await
    }

    /// The ID of an endpoint that ClickHouse was asked for.
    pub(crate) async fn asked_for(&self, service: &str, body: Value) -> String {
        let made = self.ask_for(service, body).await.ok();
        made["result"]["id"].as_str().expect("an ID").to_owned()
    }

    /// Whether a pipe gets to a host and port through an endpoint, with what stands in its way.
    pub(crate) async fn through(&self, endpoint: &str, host: &str, port: u16) -> Value {
        let path = format!("/reach/{endpoint}/{host}/{port}");
        self.control(Method::GET, &path, None).await.ok()
    }

    /// An endpoint as the world's dump has it, with the reason of its state.
    pub(crate) async fn endpoint_in_world(&self, id: &str) -> Option<Value> {
        let world = self.world().await;
        let services = world["organization"]["services"].as_array().unwrap();
        let mut endpoints = services
            .iter()
            .flat_map(|service| service["endpoints"].as_array().unwrap());
        endpoints.find(|it| it["id"] == id).cloned()
    }

    /// Gateway, configuration and share, all usable: configuration ID, its ARN, share ARN.
    pub(crate) async fn prepared(&self, subnets: &[&str]) -> (String, String, String) {
        let gateway = self.gateway("orders-gateway", subnets).await;
        self.advance(40).await;
        let id = gateway["id"].as_str().unwrap();
        let configuration = self
            .configuration("orders-postgres", id, ORDERS_CLUSTER)
            .await
            .ok();
        self.advance(20).await;
        let arn = configuration["arn"].as_str().unwrap().to_owned();
        let share = self.share("orders-postgres", &arn, &[CLICKPIPES]).await;
        self.advance(20).await;
        (configuration["id"].as_str().unwrap().to_owned(), arn, share)
    }
}

/// A fault that strikes once.
pub(crate) fn fault(service: &str, operation: &str, kind: &str) -> Value {
    json!({ "service": service, "operation": operation, "kind": kind })
}

pub(crate) async fn reply(response: Response) -> Reply {
    Reply {
        status: response.status().as_u16(),
        error: response
            .headers()
            .get("x-amzn-errortype")
            .and_then(|value| Some(value.to_str().ok()?.to_owned())),
        text: response.text().await.expect("a body"),
    }
}
