//! One request to the Cloud API and its answer, within the key's budget.
//!
//! Owns the HTTP client, the key and the retry rule: a request refused for its rate (429) was not done and
//! is sent again, at most twice, after the time the server names; nothing else is ever sent again here.
//! Knows no operation and no fact.

use std::net::IpAddr;
use std::time::Duration;

use pipelink_plan::problem::{Party, Problem};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, Response, StatusCode, Url, redirect, retry};
use serde::Deserialize;
use serde_json::Value;

use crate::budget::Budget;
use crate::failure::Asked;
use crate::key::ApiKey;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(30);
/// No list of one service's endpoints or pipes comes near this.
const LARGEST_BODY: usize = 8 * 1024 * 1024;
/// Further attempts after a 429.
const ATTEMPTS_AFTER_429: u32 = 2;
/// The header that says for how many seconds a key has to wait after a 429; may have a fraction. Source:
/// ClickHouse's Terraform provider, `internal/api/common.go`, which waits one second more.
const RESET_HEADER: &str = "x-ratelimit-reset";
/// A server that names a longer time is not believed: the window is ten seconds.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// One request, as data.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) asked: Asked<'a>,
    pub(crate) method: Method,
    /// Below the base address; IDs among them were checked by [`id`].
    pub(crate) path: &'a [&'a str],
    pub(crate) cursor: Option<&'a str>,
    pub(crate) body: Option<&'a Value>,
}

/// What success looks like. Members of no use here are skipped.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Envelope {
    #[serde(default)]
    pub(crate) result: Value,
    #[serde(default)]
    pub(crate) next_cursor: Value,
}

/// The way to the API for one key. Clones share connections and budget.
#[derive(Debug, Clone)]
pub(crate) struct Wire {
    client: Client,
    base: Url,
    key: ApiKey,
    budget: Budget,
}

impl Wire {
    /// Refuses an address that would send the key in the clear to another computer.
    pub(crate) fn new(
        base_url: &str,
        key: ApiKey,
        budget: Option<Budget>,
    ) -> Result<Self, Problem> {
        if key.is_blank() {
            return Err(Problem::KeyMissing);
        }
        let (base, loopback) = address(base_url)?;
        let mut client = Client::builder()
            .user_agent(concat!("pipelink/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TOTAL_TIMEOUT)
            .redirect(redirect::Policy::none())
            // The client's own attempts would go past the budget.
            .retry(retry::never())
            .https_only(!loopback);
        if loopback {
            client = client.no_proxy();
        }
        let client = client.build().map_err(|error| Problem::Internal {
            message: format!("no HTTP client: {error}"),
        })?;
        let budget = budget.unwrap_or_else(|| Budget::of(base.as_str(), key.id()));
        Ok(Self {
            client,
            base,
            key,
            budget,
        })
    }

    /// Sends a request whose answer says something.
    pub(crate) async fn ask(&self, call: &Call<'_>) -> Result<Envelope, Problem> {
        let body = self.send(call).await?;
        serde_json::from_slice(&body).map_err(|error| {
            call.asked
                .unreadable(format!("not the JSON expected: {error}"))
        })
    }

    /// Sends a request and answers the body of its success.
    pub(crate) async fn send(&self, call: &Call<'_>) -> Result<Vec<u8>, Problem> {
        let mut attempts = ATTEMPTS_AFTER_429;
        loop {
            let place = self.budget.take().await;
            let response = self
                .request(call)?
                .send()
                .await
                .map_err(|error| call.asked.unanswered(error))?;
            let status = response.status();
            tracing::debug!(operation = call.asked.operation, status = status.as_u16());
            let pause = (status == StatusCode::TOO_MANY_REQUESTS)
                .then(|| pause(response.headers(), self.budget.window()));
            let body = bounded(response, call.asked).await;
            drop(place);
            if let Some(pause) = pause {
                self.budget.close_for(pause);
                if attempts == 0 {
                    return Err(call.asked.refused(status, &[]));
                }
                attempts -= 1;
            } else if status.is_success() {
                return body;
            } else {
                // The status is what counts here, also if the explanation broke off.
                return Err(call.asked.refused(status, &body.unwrap_or_default()));
            }
        }
    }

    fn request(&self, call: &Call<'_>) -> Result<reqwest::RequestBuilder, Problem> {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .map_err(|()| call.asked.unasked("the address has no path"))?
            .pop_if_empty()
            .extend(call.path);
        if let Some(cursor) = call.cursor {
            url.query_pairs_mut().append_pair("cursor", cursor);
        }
        let request = self
            .client
            .request(call.method.clone(), url)
            .basic_auth(self.key.id(), Some(self.key.secret()));
        Ok(match call.body {
            Some(body) => request.json(body),
            None => request,
        })
    }
}

/// An ID that may stand in a path: anything else could lead to another path.
pub(crate) fn id<'a>(asked: Asked<'_>, what: &str, id: &'a str) -> Result<&'a str, Problem> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if (1..=64).contains(&id.len()) && id.chars().all(plain) {
        Ok(id)
    } else {
        Err(asked.unasked(format!("the {what}'s ID is not a UUID")))
    }
}

/// The base address, and whether it is on this computer.
fn address(base_url: &str) -> Result<(Url, bool), Problem> {
    let asked = |message: &str| Problem::Refused {
        party: Party::Computer,
        operation: "the Cloud API's address".to_owned(),
        message: message.to_owned(),
    };
    let url = Url::parse(base_url).map_err(|error| asked(&error.to_string()))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(asked("it holds a user name or password"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(asked("it holds a query or a fragment"));
    }
    let host = url.host_str().ok_or_else(|| asked("it names no host"))?;
    let loopback = host == "localhost"
        || host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    match url.scheme() {
        "https" => Ok((url, loopback)),
        "http" if loopback => Ok((url, true)),
        "http" => Err(asked("http would send the key in the clear; use https")),
        _ => Err(asked("use https")),
    }
}

/// Reads a body up to the largest size; compressed answers are counted as they unfold.
async fn bounded(mut response: Response, asked: Asked<'_>) -> Result<Vec<u8>, Problem> {
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| asked.unanswered(error))?
    {
        if body.len() + chunk.len() > LARGEST_BODY {
            return Err(asked.unreadable(format!("the answer is larger than {LARGEST_BODY} bytes")));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// How long to wait after a 429: what the header says and one second more, else the whole window.
fn pause(headers: &HeaderMap, window: Duration) -> Duration {
    headers
        .get(RESET_HEADER)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.trim().parse::<f64>().ok())
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .map_or(window, |reset| reset.saturating_add(Duration::from_secs(1)))
        .min(LONGEST_PAUSE)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use secrecy::SecretString;

    fn wire(base_url: &str) -> Result<Wire, Problem> {
        let key = ApiKey::new("id".to_owned(), SecretString::from("secret"));
        Wire::new(base_url, key, None)
    }

    #[test]
    fn the_key_goes_in_the_clear_to_this_computer_alone() {
        for good in [
            crate::CLOUD,
            "https://api.example/v1",
            "http://127.0.0.1:8000/v1",
            "http://localhost:1/v1/",
            "http://[::1]:1/v1",
        ] {
            assert!(wire(good).is_ok(), "{good}");
        }
        for bad in [
            "http://api.clickhouse.cloud/v1",
            "http://127.0.0.1.example/v1",
            "http://localhost.example/v1",
            "http://10.0.0.1/v1",
            "http://0.0.0.0/v1",
            "ftp://127.0.0.1/v1",
            "https://user:password@api.clickhouse.cloud/v1",
            "https://api.clickhouse.cloud/v1?x=y",
            "api.clickhouse.cloud/v1",
            "",
        ] {
            let problem = wire(bad).unwrap_err();
            assert!(
                matches!(
                    problem,
                    Problem::Refused {
                        party: Party::Computer,
                        ..
                    }
                ),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_key_without_a_part_is_a_missing_key() {
        for (id, secret) in [("", "secret"), ("id", ""), (" ", "secret"), ("id", "\n")] {
            let key = ApiKey::new(id.to_owned(), SecretString::from(secret));
            assert_eq!(
                Wire::new(crate::CLOUD, key, None).unwrap_err(),
                Problem::KeyMissing
            );
        }
    }

    #[test]
    fn an_id_cannot_lead_to_another_path() {
        let asked = Asked {
            operation: "GetService",
            service_id: None,
        };
        assert!(id(asked, "service", "11111111-2222-3333-4444-555555555555").is_ok());
        for bad in [
            "",
            ".",
            "..",
            "a/b",
            "a%2fb",
            "a?b",
            "a#b",
            "ä",
            &"a".repeat(65),
        ] {
            assert!(id(asked, "service", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_pause_is_the_servers_and_one_second_within_reason() {
        let window = Duration::from_secs(10);
        let said = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RESET_HEADER, text.parse().unwrap());
            pause(&headers, window)
        };
        assert_eq!(said("3"), Duration::from_secs(4));
        assert_eq!(said(" 2.5 "), Duration::from_millis(3500));
        assert_eq!(said("0"), Duration::from_secs(1));
        assert_eq!(said("1e9"), LONGEST_PAUSE);
        for nonsense in ["-1", "NaN", "inf", "soon", "", "1e300"] {
            assert_eq!(said(nonsense), window, "{nonsense}");
        }
        assert_eq!(pause(&HeaderMap::new(), window), window);
    }
}
