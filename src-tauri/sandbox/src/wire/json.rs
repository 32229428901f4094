//! Reads AWS JSON requests: a header names the operation, the body is its input.

use super::Members;
use super::failure::Failure;
use super::model::{Model, Operation};
use super::request::Request;
use super::rest::Reader;

/// What the request asks for: the operation's name as the header has it after the service's prefix,
/// and the operation where the model has it.
pub(crate) fn operation<'m>(model: &'m Model, request: &Request) -> Result<&'m Operation, String> {
    let target = request.header("x-amz-target").unwrap_or_default();
    let (prefix, name) = target.split_once('.').unwrap_or(("", target));
    model
        .operations
        .get(name)
        .filter(|_| model.metadata.target_prefix.as_deref() == Some(prefix))
        .ok_or_else(|| target.to_owned())
}

/// The operation's input, by member name; types are checked here, constraints in `validate`.
pub(crate) fn input(
    service: &str,
    model: &Model,
    operation: &Operation,
    request: &Request,
) -> Result<Members, Failure> {
    let Some(reference) = &operation.input else {
        return Ok(Members::new());
    };
    let body = Reader::body(request)?;
    Reader { service, model }.document(model.shape(reference), &body)
}
