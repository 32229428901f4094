//! What the Cloud API answers to a fault.

use super::Refusal;
use crate::faults::Kind;

/// The refusal that stands for a fault; None for faults that are not an answer.
pub(crate) fn refusal(kind: Kind) -> Option<Refusal> {
    Some(match kind {
        Kind::Unauthorized => {
            Refusal::new(401, "UNAUTHORIZED", "The API key is missing or not valid.")
        }
        Kind::Forbidden => Refusal::new(
            403,
            "FORBIDDEN",
            "The key has no permission control-plane:service:manage-clickpipes.",
        ),
        Kind::Quota => Refusal::new(
            400,
            "BAD_REQUEST",
            "The number of reverse private endpoints is reached.",
        ),
        Kind::ServerError => Refusal::new(
            500,
            "INTERNAL_SERVER_ERROR",
            "An unexpected error occurred.",
        ),
        Kind::NotFoundOnce => Refusal::new(404, "NOT_FOUND", "Not found"),
        Kind::RateLimited => Refusal::new(429, "TOO_MANY_REQUESTS", "Too many requests."),
        _ => return None,
    })
}
