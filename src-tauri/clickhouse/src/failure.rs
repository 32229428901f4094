//! The one place where an HTTP status or a broken connection becomes a [`Problem`].
//!
//! The API declares 200, 400 and 500 alone; the others are handled by its official clients or seen in their
//! issue threads (424 for an idle service, 429 for the rate limit). What a problem means for a write is not
//! decided here: `Problem::leaves_outcome_open` says it from the variant.

use std::error::Error;

use pipelink_plan::problem::{Party, Problem};
use reqwest::StatusCode;
use serde_json::Value;

/// How much of a raw answer goes into a message: enough to read, too little to flood a log.
const LONGEST_MESSAGE: usize = 1000;

/// What was asked, as far as a problem names it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// The API's own name of the call.
    pub(crate) operation: &'static str,
    /// The service it concerns, where one.
    pub(crate) service_id: Option<&'a str>,
}

impl Asked<'_> {
    /// An answer with a status other than success.
    pub(crate) fn refused(self, status: StatusCode, body: &[u8]) -> Problem {
        let operation = self.operation.to_owned();
        let party = Party::ClickHouse;
        let message = message(status, body);
        match (status.as_u16(), self.service_id) {
            (401, _) => Problem::KeyRejected,
            (402, _) => Problem::QuotaExceeded {
                operation,
                quota: None,
                message,
            },
            (403, _) => Problem::KeyForbidden { operation, message },
            (404, _) => Problem::NotFound {
                party,
                operation,
                message,
            },
            // 408: the server gave up waiting for the request; whether it had begun is not known.
            (408, _) => Problem::Unreachable {
                party,
                operation,
                message,
            },
            (409 | 412, _) => Problem::Conflict { operation, message },
            (424, Some(service_id)) => Problem::ServiceIdle {
                service_id: service_id.to_owned(),
                message,
            },
            (429, _) => Problem::Throttled { party, operation },
            (400..500, _) => Problem::Refused {
                party,
                operation,
                message,
            },
            (500.., _) => Problem::ServerError {
                party,
                operation,
                message,
            },
            // A redirect is not followed: the key would go with it.
            _ => self.unreadable(message),
        }
    }

    /// No connection, no answer, or one that broke off.
    pub(crate) fn unanswered(self, error: reqwest::Error) -> Problem {
        // The address is left out: it says nothing new and would make messages differ by ID.
        let error = error.without_url();
        if error.is_builder() {
            return Problem::Internal {
                message: chain(&error),
            };
        }
        let party = Party::ClickHouse;
        let operation = self.operation.to_owned();
        let message = chain(&error);
        // Name, TCP, proxy or TLS: all of it comes before the first byte of the request.
        if error.is_connect() {
            Problem::NotConnected {
                party,
                operation,
                message,
            }
        } else {
            Problem::Unreachable {
                party,
                operation,
                message,
            }
        }
    }

    /// An answer that cannot be understood.
    pub(crate) fn unreadable(self, message: impl Into<String>) -> Problem {
        Problem::Malformed {
            party: Party::ClickHouse,
            operation: self.operation.to_owned(),
            message: message.into(),
        }
    }

    /// A request that is not sent at all, because it would be wrong.
    pub(crate) fn unasked(self, message: impl Into<String>) -> Problem {
        Problem::Refused {
            party: Party::Computer,
            operation: self.operation.to_owned(),
            message: message.into(),
        }
    }
}

/// The error text of an answer, with the request's ID for ClickHouse's support.
fn message(status: StatusCode, body: &[u8]) -> String {
    let envelope: Option<Value> = serde_json::from_slice(body).ok();
    let member = |name| {
        envelope
            .as_ref()
            .and_then(|answer| answer.get(name))
            .and_then(Value::as_str)
            .filter(|text| !text.trim().is_empty())
    };
    let text = match member("error") {
        Some(error) => error.to_owned(),
        None if body.is_empty() => status.to_string(),
        None => format!("{status}: {}", String::from_utf8_lossy(body)),
    };
    match member("requestId") {
        Some(request) => format!("{} (request {})", printable(&text), printable(request)),
        None => printable(&text),
    }
}

/// Text from outside, cut to a length and without control characters.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST_MESSAGE)
        .collect()
}

/// An error with its causes: reqwest's own text alone says only that sending failed.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    printable(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(status: u16, body: &str) -> Problem {
        let asked = Asked {
            operation: "CreateReversePrivateEndpoint",
            service_id: Some("s"),
        };
        asked.refused(
            StatusCode::from_u16(status).unwrap_or_default(),
            body.as_bytes(),
        )
    }

    #[test]
    fn each_status_has_its_problem() {
        let operation = "CreateReversePrivateEndpoint".to_owned();
        let party = Party::ClickHouse;
        let body = r#"{"status":0,"error":"WHY: so","requestId":"r-1"}"#;
        let message = "WHY: so (request r-1)".to_owned();
        assert_eq!(problem(401, body), Problem::KeyRejected);
        assert_eq!(
            problem(402, body),
            Problem::QuotaExceeded {
                operation: operation.clone(),
                quota: None,
                message: message.clone()
            }
        );
        assert_eq!(
            problem(403, body),
            Problem::KeyForbidden {
                operation: operation.clone(),
                message: message.clone()
            }
        );
        assert_eq!(
            problem(404, body),
            Problem::NotFound {
                party,
                operation: operation.clone(),
                message: message.clone()
            }
        );
        assert_eq!(
            problem(409, body),
            Problem::Conflict {
                operation: operation.clone(),
                message: message.clone()
            }
        );
        assert_eq!(
            problem(424, body),
            Problem::ServiceIdle {
                service_id: "s".to_owned(),
                message: message.clone()
            }
        );
        assert_eq!(
            problem(429, body),
            Problem::Throttled {
                party,
                operation: operation.clone()
            }
        );
        for refused in [400, 405, 422] {
            assert_eq!(
                problem(refused, body),
                Problem::Refused {
                    party,
                    operation: operation.clone(),
                    message: message.clone()
                }
            );
        }
        for server in [500, 502, 503, 504] {
            assert_eq!(
                problem(server, body),
                Problem::ServerError {
                    party,
                    operation: operation.clone(),
                    message: message.clone()
                }
            );
        }
    }

    #[test]
    fn what_a_refusal_means_for_a_write() {
        for done_or_not in [301, 408, 500, 502, 503, 504] {
            assert!(
                problem(done_or_not, "").leaves_outcome_open(),
                "{done_or_not}"
            );
        }
        for not_done in [400, 401, 402, 403, 404, 409, 412, 422, 424, 429] {
            assert!(!problem(not_done, "").leaves_outcome_open(), "{not_done}");
        }
    }

    #[test]
    fn an_answer_that_is_no_envelope_is_shown_bounded_and_printable() {
        let page = format!("<html>\u{1b}[31m{}", "x".repeat(100_000));
        let Problem::ServerError { message, .. } = problem(502, &page) else {
            unreachable!("502 is a server error");
        };
        assert!(message.starts_with("502 Bad Gateway: <html> [31m"));
        assert_eq!(message.chars().count(), LONGEST_MESSAGE);
        let Problem::ServerError { message, .. } = problem(504, "") else {
            unreachable!("504 is a server error");
        };
        assert_eq!(message, "504 Gateway Timeout");
    }
}
