//! The ClickHouse Cloud API, as far as reverse private endpoints need it: organizations, services,
//! ClickPipes, endpoints. HTTP Basic authentication, its envelope, its request limit.

mod endpoints;
pub(crate) mod faulted;
pub(crate) mod limit;
mod services;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::wire::answer::Answer;
use crate::wire::request::Request;
use crate::world::organization::{Service, ServiceState};
use crate::world::{Keys, World};

/// Where the API begins.
pub(crate) const BASE_PATH: &str = "/v1";

/// The operations, by the names that faults and the call log use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    WhoAmI,
    ListOrganizations,
    ListServices,
    GetService,
    UpdateServiceState,
    ListClickPipes,
    ListReversePrivateEndpoints,
    CreateReversePrivateEndpoint,
    GetReversePrivateEndpoint,
    UpdateReversePrivateEndpoint,
    DeleteReversePrivateEndpoint,
}

/// What a refused request says: an HTTP status, a code and a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

/// A request for an operation of the Cloud API.
pub(crate) struct CloudCall {
    pub(crate) operation: Operation,
    /// organization, service, endpoint: as many as the path has.
    ids: Vec<String>,
    body: Vec<u8>,
}

struct Context<'a> {
    world: &'a mut World,
    now: Timestamp,
}

/// A result, which some operations have not, or a refusal.
pub(crate) type Outcome = Result<Option<Value>, Refusal>;

impl Operation {
    /// All of them.
    pub(crate) const ALL: [Self; 11] = [
        Self::WhoAmI,
        Self::ListOrganizations,
        Self::ListServices,
        Self::GetService,
        Self::UpdateServiceState,
        Self::ListClickPipes,
        Self::ListReversePrivateEndpoints,
        Self::CreateReversePrivateEndpoint,
        Self::GetReversePrivateEndpoint,
        Self::UpdateReversePrivateEndpoint,
        Self::DeleteReversePrivateEndpoint,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::WhoAmI => "WhoAmI",
            Self::ListOrganizations => "ListOrganizations",
            Self::ListServices => "ListServices",
            Self::GetService => "GetService",
            Self::UpdateServiceState => "UpdateServiceState",
            Self::ListClickPipes => "ListClickPipes",
            Self::ListReversePrivateEndpoints => "ListReversePrivateEndpoints",
            Self::CreateReversePrivateEndpoint => "CreateReversePrivateEndpoint",
            Self::GetReversePrivateEndpoint => "GetReversePrivateEndpoint",
            Self::UpdateReversePrivateEndpoint => "UpdateReversePrivateEndpoint",
            Self::DeleteReversePrivateEndpoint => "DeleteReversePrivateEndpoint",
        }
    }

    pub(crate) fn writes(self) -> bool {
        matches!(
            self,
            Self::UpdateServiceState
                | Self::CreateReversePrivateEndpoint
                | Self::UpdateReversePrivateEndpoint
                | Self::DeleteReversePrivateEndpoint
        )
    }
}

/// Whether an operation asks a service's ClickPipes: an idle service cannot answer it.
pub(crate) fn needs_running_service(operation: Operation) -> bool {
    matches!(
        operation,
        Operation::ListReversePrivateEndpoints
            | Operation::CreateReversePrivateEndpoint
            | Operation::GetReversePrivateEndpoint
            | Operation::UpdateReversePrivateEndpoint
            | Operation::DeleteReversePrivateEndpoint
    )
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BAD_REQUEST", message)
    }

    fn not_found(what: &str) -> Self {
        Self::new(404, "NOT_FOUND", format!("{what} not found"))
    }

    /// The API's envelope of an error.
    pub(crate) fn answer(&self) -> Answer {
        let body = json!({
            "status": self.status,
            "error": format!("{}: {}", self.code, self.message),
            "requestId": Uuid::new_v4(),
        });
        Answer::json(self.status, &body)
    }
}

/// Finds the operation of a request; 501 where the sandbox has none for it.
pub(crate) fn identify(request: &Request) -> Result<CloudCall, Refusal> {
    let segments = request.segments();
    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (operation, ids) = match (request.method.as_str(), &path[..]) {
        ("GET", ["v1", "whoami"]) => (Operation::WhoAmI, vec![]),
        ("GET", ["v1", "organizations"]) => (Operation::ListOrganizations, vec![]),
        ("GET", ["v1", "organizations", o, "services"]) => (Operation::ListServices, vec![o]),
        ("GET", ["v1", "organizations", o, "services", s]) => (Operation::GetService, vec![o, s]),
        ("PATCH", ["v1", "organizations", o, "services", s, "state"]) => {
            (Operation::UpdateServiceState, vec![o, s])
        }
        ("GET", ["v1", "organizations", o, "services", s, "clickpipes"]) => {
            (Operation::ListClickPipes, vec![o, s])
        }
        (
            method,
            [
                "v1",
                "organizations",
                o,
                "services",
                s,
                "clickpipesReversePrivateEndpoints",
            ],
        ) if method == "GET" || method == "POST" => {
            let operation = if method == "GET" {
                Operation::ListReversePrivateEndpoints
            } else {
                Operation::CreateReversePrivateEndpoint
            };
            (operation, vec![o, s])
        }
        (
            method,
            [
                "v1",
                "organizations",
                o,
                "services",
                s,
                "clickpipesReversePrivateEndpoints",
                e,
            ],
        ) if ["GET", "PATCH", "DELETE"].contains(&method) => {
            let operation = match method {
                "GET" => Operation::GetReversePrivateEndpoint,
                "PATCH" => Operation::UpdateReversePrivateEndpoint,
                _ => Operation::DeleteReversePrivateEndpoint,
            };
            (operation, vec![o, s, e])
        }
        (method, _) => {
            let message = format!("The sandbox does not simulate {method} {}.", request.path);
            return Err(Refusal::new(501, "NOT_IMPLEMENTED", message));
        }
    };
    let ids = ids.into_iter().map(|id| (*id).to_owned()).collect();
    Ok(CloudCall {
        operation,
        ids,
        body: request.body.clone(),
    })
}

/// Checks the key of HTTP Basic authentication.
pub(crate) fn authenticate(request: &Request, keys: &Keys) -> Result<(), Refusal> {
    let given = request
        .header("authorization")
        .and_then(|header| header.strip_prefix("Basic "))
        .and_then(|encoded| STANDARD.decode(encoded.trim()).ok());
    let expected = format!("{}:{}", keys.clickhouse_key_id, keys.clickhouse_key_secret);
    if given.is_some_and(|given| given == expected.as_bytes()) {
        return Ok(());
    }
    Err(Refusal::new(
        401,
        "UNAUTHORIZED",
        "The API key is missing or not valid.",
    ))
}

impl CloudCall {
    /// A call that somebody makes from inside of the sandbox. `ids` are the service's and the endpoint's, as
    /// many as the operation has.
    pub(crate) fn inside(world: &World, operation: Operation, ids: &[Uuid], body: &Value) -> Self {
        let organization = world.organization.id;
        let ids = std::iter::once(&organization).chain(ids);
        Self {
            operation,
            ids: ids.map(ToString::to_string).collect(),
            body: body.to_string().into_bytes(),
        }
    }

    /// Does it. `Err` is the answer to a refused request: the world is as it was.
    pub(crate) fn act(&self, world: &mut World) -> Result<Answer, Answer> {
        self.perform(world)
            .map(|result| answer(200, result))
            .map_err(|it| it.answer())
    }

    /// Does it, outside of the API's envelope.
    pub(crate) fn perform(&self, world: &mut World) -> Outcome {
        let now = world.now();
        self.outcome(&mut Context { world, now })
    }

    /// What it would be answered, as a value that two worlds can be compared by.
    pub(crate) fn told(&self, world: &mut World) -> Value {
        match self.perform(world) {
            Ok(result) => json!({ "result": result }),
            Err(refusal) => json!({ "error": refusal.message }),
        }
    }

    /// Puts the service of the call to sleep. Says whether it was awake.
    pub(crate) fn fall_idle(&self, world: &mut World) -> bool {
        let service = self.ids.get(1).map(String::as_str).unwrap_or_default();
        match world.organization.service_mut(service) {
            Some(service) if service.state == ServiceState::Running => {
                service.state = ServiceState::Idle;
                true
            }
            _ => false,
        }
    }

    fn outcome(&self, context: &mut Context<'_>) -> Outcome {
        match self.operation {
            Operation::WhoAmI => return Ok(Some(services::who_am_i(context.world))),
            Operation::ListOrganizations => {
                return Ok(Some(services::list_organizations(context.world)));
            }
            _ => {}
        }
        let [organization, rest @ ..] = &self.ids[..] else {
            return Err(Refusal::not_found("Organization"));
        };
        if context.world.organization.id.to_string() != *organization {
            // A key knows its own organization only.
            return Err(Refusal::new(
                403,
                "FORBIDDEN",
                "The key is not for this organization.",
            ));
        }
        let [service, rest @ ..] = rest else {
            return Ok(Some(services::list(context.world)));
        };
        find(context.world, service)?;
        match (self.operation, rest) {
            (Operation::GetService, _) => services::get(context.world, service),
            (Operation::UpdateServiceState, _) => {
                services::update_state(context, service, &self.body()?)
            }
            (Operation::ListClickPipes, _) => services::list_clickpipes(context.world, service),
            (Operation::ListReversePrivateEndpoints, _) => endpoints::list(context, service),
            (Operation::CreateReversePrivateEndpoint, _) => {
                endpoints::create(context, service, &self.body()?)
            }
            (Operation::GetReversePrivateEndpoint, [id]) => endpoints::get(context, service, id),
            (Operation::UpdateReversePrivateEndpoint, [id]) => {
                endpoints::update(context, service, id, &self.body()?)
            }
            (Operation::DeleteReversePrivateEndpoint, [id]) => {
                endpoints::delete(context, service, id)
            }
            _ => Err(Refusal::not_found("Path")),
        }
    }

    fn body(&self) -> Result<Value, Refusal> {
        serde_json::from_slice(&self.body)
            .ok()
            .filter(Value::is_object)
            .ok_or_else(|| Refusal::bad_request("The request body is not a JSON object."))
    }
}

/// The API's envelope of a result; DELETE has none.
pub(crate) fn answer(status: u16, result: Option<Value>) -> Answer {
    let mut body = json!({ "status": status, "requestId": Uuid::new_v4() });
    if let Some(result) = result {
        body["result"] = result;
    }
    Answer::json(status, &body)
}

fn find<'a>(world: &'a World, service: &str) -> Result<&'a Service, Refusal> {
    world
        .organization
        .service(service)
        .ok_or_else(|| Refusal::not_found("Service"))
}

fn find_mut<'a>(world: &'a mut World, service: &str) -> Result<&'a mut Service, Refusal> {
    world
        .organization
        .service_mut(service)
        .ok_or_else(|| Refusal::not_found("Service"))
}
