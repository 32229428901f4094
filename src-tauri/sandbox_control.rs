//! The sandbox's own interface, as its panel uses it: its time, its faults, another operator, exercises.
//!
//! Over HTTP also where this process serves the world itself: whichever process does, the panel is the same.

use std::time::Duration;

use pipelink_plan::problem::{Party, Problem};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::commands::sandbox::{GraceStart, NewFault, SandboxPanel};

/// The sandbox is on this machine and answers at once.
const ANSWERS_WITHIN: Duration = Duration::from_secs(5);

/// A running sandbox's interface.
pub(crate) struct SandboxControl {
    http: Client,
    base: String,
}

impl SandboxControl {
    /// For the sandbox that serves at `endpoint_url` (scheme, host and port).
    pub(crate) fn at(endpoint_url: &str) -> Result<Self, Problem> {
        let http = Client::builder()
            .no_proxy()
            .timeout(ANSWERS_WITHIN)
            .build()
            .map_err(|error| Problem::Internal {
                message: error.to_string(),
            })?;
        Ok(Self {
            http,
            base: format!("{}/_sandbox", endpoint_url.trim_end_matches('/')),
        })
    }

    pub(crate) async fn panel(&self) -> Result<SandboxPanel, Problem> {
        let answer = self.send(Method::GET, "panel", None).await?;
        serde_json::from_value(answer).map_err(|error| Problem::Malformed {
            party: Party::Computer,
            operation: "panel".to_owned(),
            message: error.to_string(),
        })
    }

    pub(crate) async fn clock(
        &self,
        advance_seconds: Option<f64>,
        speed: Option<f64>,
    ) -> Result<SandboxPanel, Problem> {
        let change = json!({ "advance_seconds": advance_seconds, "speed": speed });
        self.change(Method::POST, "clock", Some(change)).await
    }

    pub(crate) async fn grace(&self, starts: GraceStart) -> Result<SandboxPanel, Problem> {
        let change = json!({ "starts_at": starts });
        self.change(Method::POST, "grace", Some(change)).await
    }

    pub(crate) async fn fault(&self, fault: &NewFault) -> Result<SandboxPanel, Problem> {
        let wanted = json!({
            "service": fault.service,
            "operation": fault.operation,
            "kind": fault.kind,
            "times": fault.times,
            "delay_ms": fault.delay_ms,
            "reason": fault.reason,
        });
        self.change(Method::POST, "faults", Some(wanted)).await
    }

    pub(crate) async fn clear_fault(&self, id: Option<u32>) -> Result<SandboxPanel, Problem> {
        let path = match id {
            Some(id) => format!("faults/{id}"),
            None => "faults".to_owned(),
        };
        self.change(Method::DELETE, &path, None).await
    }

    pub(crate) async fn operator(&self, act: &str) -> Result<SandboxPanel, Problem> {
        self.change(Method::POST, "operator", Some(json!({ "act": act })))
            .await
    }

    pub(crate) async fn exercise(&self, exercise: &str) -> Result<SandboxPanel, Problem> {
        let wanted = json!({ "exercise": exercise });
        self.change(Method::POST, "exercises", Some(wanted)).await
    }

    /// Changes something, and answers how the sandbox is then.
    async fn change(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<SandboxPanel, Problem> {
        self.send(method, path, body).await?;
        self.panel().await
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<Value, Problem> {
        let unreachable = |error: reqwest::Error| Problem::Unreachable {
            party: Party::Computer,
            operation: path.to_owned(),
            message: error.without_url().to_string(),
        };
        let mut request = self.http.request(method, format!("{}/{path}", self.base));
        if let Some(body) = &body {
            request = request.json(body);
        }
        let answer = request.send().await.map_err(unreachable)?;
        let status = answer.status();
        let text = answer.text().await.map_err(unreachable)?;
        if status.is_success() {
            return serde_json::from_str(&text).map_err(|error| Problem::Malformed {
                party: Party::Computer,
                operation: path.to_owned(),
                message: error.to_string(),
            });
        }
        let message = serde_json::from_str::<Value>(&text)
            .ok()
            .and_then(|answer| Some(answer.get("error")?.as_str()?.to_owned()))
            .unwrap_or(text);
        Err(Problem::Refused {
            party: Party::Computer,
            operation: path.to_owned(),
            message,
        })
    }
}
