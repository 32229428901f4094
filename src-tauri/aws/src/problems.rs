//! Where the SDK's errors become problems: the only place that knows AWS's error codes.
//!
//! Classified by the code and the HTTP status, never by text: many of the codes are not in AWS's own models
//! (all of EC2's; `AccessDeniedException` for RAM's reads), and texts change. What no table names falls to
//! its status.

mod refusal;

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_sdk_sts::operation::assume_role_with_web_identity::AssumeRoleWithWebIdentityError;
use aws_sdk_sts::operation::get_caller_identity::GetCallerIdentityError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;
use jiff::Timestamp;
use pipelink_plan::problem::{Party, Problem, QuotaCode};

use crate::session::Aws;
use crate::sso::SignIn;
use refusal::{Refusal, refusal, refusal_of_code};

impl Aws {
    /// Turns the error of one call into a problem. `service` is IAM's name of the service.
    pub(crate) fn problem<E>(
        &self,
        service: &'static str,
        operation: &'static str,
    ) -> impl Fn(SdkError<E, HttpResponse>) -> Problem
    where
        E: ProvideErrorMetadata + Error + Send + Sync + 'static,
    {
        move |error| self.problem_of(service, operation, &error)
    }

    fn problem_of<E>(
        &self,
        service: &'static str,
        operation: &'static str,
        error: &SdkError<E, HttpResponse>,
    ) -> Problem
    where
        E: ProvideErrorMetadata + Error + Send + Sync + 'static,
    {
        let unreachable = |message| Problem::Unreachable {
            party: Party::Aws,
            operation: operation.to_owned(),
            message,
        };
        match error {
            // The SDK files an answer of success that it cannot parse under service errors, without a code.
            SdkError::ServiceError(answered) if answered.raw().status().as_u16() < 400 => {
                unreadable(operation, &words(error))
            }
            SdkError::ServiceError(answered) => {
                self.refused(service, operation, answered.err(), answered.raw())
            }
            // Nothing that could be read came back; a gateway between AWS and us may have answered 5xx.
            SdkError::ResponseError(answered) if answered.raw().status().is_server_error() => {
                Problem::ServerError {
                    party: Party::Aws,
                    operation: operation.to_owned(),
                    message: words(error),
                }
            }
            SdkError::ResponseError(_) => unreadable(operation, &words(error)),
            SdkError::TimeoutError(_) => unreachable(words(error)),
            // Also where no connection came about: this is the last attempt's failure, and one before it may
            // have been sent.
            SdkError::DispatchFailure(_) => match find::<CredentialsError>(error) {
                Some(credentials) => self.no_credentials(credentials),
                None => unreachable(words(error)),
            },
            // Construction failures, and whatever the SDK may add.
            _ => match find::<CredentialsError>(error) {
                Some(credentials) => self.no_credentials(credentials),
                None => Problem::Internal {
                    message: format!("{operation}: {}", words(error)),
                },
            },
        }
    }

    fn refused<E: ProvideErrorMetadata>(
        &self,
        service: &'static str,
        operation: &'static str,
        error: &E,
        answer: &HttpResponse,
    ) -> Problem {
        let meta = error.meta();
        let message = raw_answer(meta, answer);
        let refusal = refusal(meta.code(), answer.status().as_u16());
        let quota = quota_named(answer);
        self.refusal_problem(refusal, service, operation, message, quota)
    }

    /// One thing that a call of success did not do, and says so by a code of its own.
    pub(crate) fn refused_item(
        &self,
        service: &'static str,
        operation: &'static str,
        code: Option<&str>,
        message: &str,
    ) -> Problem {
        let refusal = code.and_then(refusal_of_code).unwrap_or(Refusal::Invalid);
        let message = match code {
            Some(code) => format!("{code}: {message}"),
            None => message.to_owned(),
        };
        self.refusal_problem(refusal, service, operation, message, None)
    }

    fn refusal_problem(
        &self,
        refusal: Refusal,
        service: &'static str,
        operation: &'static str,
        message: String,
        quota: Option<QuotaCode>,
    ) -> Problem {
        let party = Party::Aws;
        let profile = self.session.profile.clone();
        let call = operation.to_owned();
        if matches!(refusal, Refusal::Expired | Refusal::UnknownKeys)
            && let Some(credentials) = &self.session.credentials
        {
            credentials.refused();
        }
        match refusal {
            Refusal::Denied => Problem::AccessDenied {
                action: format!("{service}:{operation}"),
                message,
            },
            Refusal::Expired => Problem::CredentialsExpired { profile },
            Refusal::UnknownKeys => Problem::CredentialsUnavailable { profile, message },
            Refusal::Throttled => Problem::Throttled {
                party,
                operation: call,
            },
            Refusal::Quota => Problem::QuotaExceeded {
                operation: call,
                quota,
                message,
            },
            // RAM's word for a share that the organization or the account's settings do not allow.
            Refusal::NotPermitted if operation == "CreateResourceShare" => {
                Problem::SharingRefused {
                    operation: call,
                    message,
                }
            }
            Refusal::NotFound => Problem::NotFound {
                party,
                operation: call,
                message,
            },
            Refusal::Conflict => Problem::Conflict {
                operation: call,
                message,
            },
            Refusal::ServerError => Problem::ServerError {
                party,
                operation: call,
                message,
            },
            Refusal::NotPermitted | Refusal::Invalid => Problem::Refused {
                party,
                operation: call,
                message,
            },
        }
    }

    /// The profile gave no credentials: it cannot be used any more, AWS refused the role or the keys, the
    /// sign-in is over, or it holds none.
    fn no_credentials(&self, error: &CredentialsError) -> Problem {
        if let Some(problem) = find::<Problem>(error) {
            return problem.clone();
        }
        if let Some(refused) = find::<SdkError<GetCallerIdentityError, HttpResponse>>(error) {
            return self.problem_of("sts", "GetCallerIdentity", refused);
        }
        if let Some(refused) = find::<SdkError<AssumeRoleError, HttpResponse>>(error) {
            return self.problem_of("sts", "AssumeRole", refused);
        }
        if let Some(refused) = find::<SdkError<AssumeRoleWithWebIdentityError, HttpResponse>>(error)
        {
            return self.problem_of("sts", "AssumeRoleWithWebIdentity", refused);
        }
        let profile = self.session.profile.clone();
        let signed_out = self
            .session
            .sso
            .as_ref()
            .is_some_and(|token| token.at(Timestamp::now()) == SignIn::Expired);
        if signed_out {
            Problem::CredentialsExpired { profile }
        } else {
            Problem::CredentialsUnavailable {
                profile,
                message: words(error),
            }
        }
    }
}

/// The answer lacks what it must have.
pub(crate) fn missing(operation: &str, field: &str) -> Problem {
    unreadable(operation, &format!("the answer has no {field}"))
}

/// The answer holds something that cannot be understood.
pub(crate) fn unreadable(operation: &str, message: &str) -> Problem {
    Problem::Malformed {
        party: Party::Aws,
        operation: operation.to_owned(),
        message: message.to_owned(),
    }
}

/// An error with its causes, by their words alone: the `Debug` form would hold whole answers.
pub(crate) fn words(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let next = error.to_string();
        if !text.ends_with(&next) {
            text.push_str(": ");
            text.push_str(&next);
        }
        cause = error.source();
    }
    text
}

fn raw_answer(meta: &aws_smithy_types::error::ErrorMetadata, answer: &HttpResponse) -> String {
    let status = answer.status().as_u16();
    let mut text = match (meta.code(), meta.message()) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        (Some(code), None) => format!("{code} (status {status})"),
        (None, Some(message)) => format!("status {status}: {message}"),
        (None, None) => format!("status {status}"),
    };
    if let Some(id) = meta.request_id() {
        text.push_str(" (request ");
        text.push_str(id);
        text.push(')');
    }
    text
}

/// Which quota a refusal names: members beside the message, which the SDK keeps in the error of each operation
/// alone.
fn quota_named(answer: &HttpResponse) -> Option<QuotaCode> {
    serde_json::from_slice(answer.body().bytes()?).ok()
}

/// The first cause of a type.
fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref::<T>() {
            return Some(found);
        }
        cause = error.source();
    }
    None
}
