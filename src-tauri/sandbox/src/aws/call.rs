//! From an HTTP request to an AWS operation with its input, and from its outcome to an answer.

use super::{Context, meaning};
use crate::wire::answer::{self, Answer};
use crate::wire::failure::Failure;
use crate::wire::model::{self, Kind, Model, Operation, Protocol};
use crate::wire::query::Form;
use crate::wire::request::Request;
use crate::wire::sigv4::Credential;
use crate::wire::{Members, json, query, rest, validate};
use crate::world::World;
use crate::world::access::Standing;

/// A request for an AWS operation.
pub(crate) struct AwsCall {
    pub(crate) service: &'static str,
    pub(crate) operation: &'static Operation,
    model: &'static Model,
    region: String,
    access_key_id: String,
    request: Request,
}

/// Finds the operation that a request names. The error is the whole answer: a service or operation
/// that the sandbox does not have is 501, never a friendly success.
pub(crate) fn identify(credential: &Credential, request: &Request) -> Result<AwsCall, Answer> {
    let Some((service, model)) = model::service(&credential.service) else {
        let failure = Failure::not_simulated(format_args!("the service {}", credential.service));
        return Err(unknown_service(&failure));
    };
    let not_simulated = |what: String| {
        answer::failure(
            model,
            &Failure::not_simulated(format_args!("{service} {what}")),
        )
    };
    let operation = match model.metadata.protocol {
        Protocol::RestJson => rest::operation(model, request)
            .ok_or_else(|| not_simulated(format!("{} {}", request.method, request.path)))?,
        Protocol::Json => json::operation(model, request).map_err(not_simulated)?,
        Protocol::Ec2 | Protocol::Query => {
            let form = Form::read(request);
            let action = form.action().unwrap_or_default();
            if let Some(version) = form
                .version()
                .filter(|it| *it != model.metadata.api_version)
            {
                return Err(not_simulated(format!("version {version}")));
            }
            model
                .operations
                .get(action)
                .ok_or_else(|| not_simulated(action.to_owned()))?
        }
    };
    Ok(AwsCall {
        service,
        operation,
        model,
        region: credential.region.clone(),
        access_key_id: credential.access_key_id.clone(),
        request: request.clone(),
    })
}

fn unknown_service(failure: &Failure) -> Answer {
    Answer::json(501, &serde_json::json!({ "message": failure.message }))
        .with_header("x-amzn-errortype", "NotImplemented")
}

/// The refusal of an access key, or of a region, that the account does not have; None when both are
/// in order.
pub(crate) fn authentication_failure(
    call: &AwsCall,
    credential: &Credential,
    world: &World,
) -> Option<Answer> {
    let token = call.request.header("x-amz-security-token");
    match world.standing(&credential.access_key_id, token) {
        Standing::Good if world.regions.contains_key(&call.region) => return None,
        Standing::Expired => {
            let kind = crate::faults::Kind::ExpiredCredentials;
            let name = &call.operation.name;
            let refusal = super::faulted::failure(kind, call.service, call.protocol(), name);
            return refusal.map(|refusal| call.failed(&refusal));
        }
        Standing::Good | Standing::Unknown => {}
    }
    let failure = match call.model.metadata.protocol {
        Protocol::Ec2 => Failure::new(
            "AuthFailure",
            401,
            "AWS was not able to validate the provided access credentials",
        ),
        Protocol::Query => Failure::new(
            "InvalidClientTokenId",
            403,
            "The security token included in the request is invalid.",
        ),
        Protocol::Json => Failure::new(
            "UnrecognizedClientException",
            400,
            "The security token included in the request is invalid.",
        ),
        Protocol::RestJson => Failure::new(
            "UnrecognizedClientException",
            403,
            "The security token included in the request is invalid.",
        ),
    };
    Some(call.failed(&failure))
}

impl AwsCall {
    pub(crate) fn writes(&self) -> bool {
        meaning(self.service, &self.operation.name).is_some_and(|meaning| meaning.writes)
    }

    /// Does it. `Err` is the answer to a refused request: the world is as it was.
    pub(crate) fn act(&self, world: &mut World, empty_page: bool) -> Result<Answer, Answer> {
        self.outcome(world, empty_page)
            .map(|output| answer::result(self.model, self.operation, &output))
            .map_err(|failure| self.failed(&failure))
    }

    fn outcome(&self, world: &mut World, empty_page: bool) -> Result<Members, Failure> {
        let meaning = meaning(self.service, &self.operation.name)
            .ok_or_else(|| Failure::not_simulated(&self.operation.name))?;
        let mut input = match self.model.metadata.protocol {
            Protocol::RestJson => {
                rest::input(self.service, self.model, self.operation, &self.request)?
            }
            Protocol::Json => json::input(self.service, self.model, self.operation, &self.request)?,
            Protocol::Ec2 | Protocol::Query => {
                let form = Form::read(&self.request);
                query::input(self.service, self.model, self.operation, &form)?
            }
        };
        validate::input(self.service, self.model, self.operation, &input)?;
        if let Some(refused) = unauthorized(self.service, &self.operation.name, world, &input) {
            return Err(refused);
        }
        if input.get("DryRun").and_then(serde_json::Value::as_bool) == Some(true) {
            return Err(Failure::new(
                "DryRunOperation",
                412,
                "Request would have succeeded, but DryRun flag is set.",
            ));
        }
        if empty_page && let Some(page) = EmptyPage::of(self.model, self.operation) {
            return Ok(page.output(&input));
        }
        EmptyPage::strip(&mut input);
        let now = world.now();
        (meaning.act)(
            &mut Context {
                world,
                region: &self.region,
                access_key_id: &self.access_key_id,
                now,
            },
            &input,
        )
    }

    /// What it would be answered, as a value that two worlds can be compared by.
    pub(crate) fn told(&self, world: &mut World) -> serde_json::Value {
        match self.outcome(world, false) {
            Ok(output) => output.into(),
            Err(failure) => serde_json::json!({ "code": failure.code, "message": failure.message }),
        }
    }

    /// The answer to a refusal.
    pub(crate) fn failed(&self, failure: &Failure) -> Answer {
        answer::failure(self.model, failure)
    }

    pub(crate) fn protocol(&self) -> Protocol {
        self.model.metadata.protocol
    }
}

/// The refusal of a caller that lacks a right which the world can be without.
pub(super) fn unauthorized(
    service: &str,
    operation: &str,
    world: &World,
    input: &Members,
) -> Option<Failure> {
    match service {
        "ec2" => super::ec2::endpoint_service_rules::unauthorized(world, operation, input),
        _ => None,
    }
}

/// Whether an operation's answer comes in pages.
pub(crate) fn has_pages(model: &Model, operation: &Operation) -> bool {
    EmptyPage::of(model, operation).is_some()
}

/// Whether an operation lists what there is, in pages or at once.
pub(crate) fn is_list(model: &Model, operation: &Operation) -> bool {
    has_pages(model, operation) || operation.name.starts_with("Describe")
}

/// The fault "empty page": a list operation answers nothing but a token that leads to the true page.
struct EmptyPage {
    list: String,
    asked: &'static str,
    answered: &'static str,
}

/// What such a token starts with; the true token follows. Letters only: some services give their
/// tokens a pattern.
const EMPTY_PAGE: &str = "AfterEmptyPage";

/// How a request calls its token, and how an answer calls the next one.
const TOKENS: [(&str, &str); 4] = [
    ("NextToken", "NextToken"),
    ("nextToken", "nextToken"),
    ("Marker", "Marker"),
    ("Marker", "NextMarker"),
];

impl EmptyPage {
    fn of(model: &Model, operation: &Operation) -> Option<Self> {
        let output = model.shape(operation.output.as_ref()?);
        let (asked, answered) = TOKENS
            .into_iter()
            .find(|(_, answered)| output.members.contains_key(*answered))?;
        let (list, _) = output
            .members
            .iter()
            .find(|(_, member)| model.shape(member).kind == Kind::List)?;
        Some(Self {
            list: list.clone(),
            asked,
            answered,
        })
    }

    fn output(&self, input: &Members) -> Members {
        let token = input
            .get(self.asked)
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default();
        super::members(serde_json::json!({
            self.list.as_str(): [],
            self.answered: format!("{EMPTY_PAGE}{token}"),
        }))
    }

    fn strip(input: &mut Members) {
        for (name, _) in TOKENS {
            let Some(text) = input.get(name).and_then(serde_json::Value::as_str) else {
                continue;
            };
            // One for each empty page since the last true one.
            let token = text.trim_start_matches(EMPTY_PAGE);
            if token.len() < text.len() {
                let token = token.to_owned();
                input.remove(name);
                if !token.is_empty() {
                    input.insert(name.to_owned(), token.into());
                }
            }
        }
    }
}
