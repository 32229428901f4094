//! Another operator of the same account: what a colleague could do now to what is there, and doing it. What
//! has an API is done through it, as strictly as over the wire; the rest happens to things that the sandbox
//! only shows, such as databases.

mod at_clickhouse;
mod deeds;
mod msk;
mod offers;
mod private_link;

use serde_json::{Value, json};

use crate::aws;
use crate::cloud;
use crate::wire::failure::Failure;
use crate::world::World;
use crate::world::endpoint_service::NoConnection;
use crate::world::msk::ConnectionRefused;
use deeds::Deed;

/// Something that can be done now.
#[derive(Debug, Clone)]
struct Offer {
    /// Its verb and what it is done to.
    id: String,
    title: String,
    deed: Deed,
}

/// Why something is not done; the words are those of who refuses.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    #[error("nobody can do this now")]
    NoSuchAct,
    #[error("no service of the organization has its ClickPipes in {region}")]
    NoService { region: String },
    #[error("{}: {}", .0.code, .0.message)]
    Aws(Failure),
    #[error("{}: {}", .0.code, .0.message)]
    ClickHouse(cloud::Refusal),
    #[error(transparent)]
    Msk(#[from] ConnectionRefused),
    #[error(transparent)]
    NoConnection(#[from] NoConnection),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Aws(failure)
    }
}

impl From<cloud::Refusal> for Refused {
    fn from(refusal: cloud::Refusal) -> Self {
        Self::ClickHouse(refusal)
    }
}

fn offer(verb: &str, object: impl std::fmt::Display, title: String, deed: Deed) -> Offer {
    Offer {
        id: format!("{verb} {object}"),
        title,
        deed,
    }
}

/// What can be done now, as the panel shows it.
pub(crate) fn acts(world: &World) -> Value {
    offers::offers(world)
        .iter()
        .map(|offer| json!({ "id": offer.id, "title": offer.title }))
        .collect::<Vec<_>>()
        .into()
}

/// Does what the ID names, if it can be done now.
pub(crate) fn act(world: &mut World, id: &str) -> Result<(), Refused> {
    let offer = offers::offers(world).into_iter().find(|it| it.id == id);
    offer.ok_or(Refused::NoSuchAct)?.deed.perform(world)
}

/// Carries an operation of AWS out.
pub(crate) fn call(
    world: &mut World,
    region: &str,
    operation: (&'static str, &'static str),
    input: Value,
) -> Result<Value, Refused> {
    Ok(aws::direct::perform(world, region, operation, input)?.into())
}

/// Carries an operation of the Cloud API out, on the service and the endpoint of these IDs.
pub(crate) fn cloud_call(
    world: &mut World,
    operation: cloud::Operation,
    ids: &[uuid::Uuid],
    body: &Value,
) -> Result<Value, Refused> {
    let call = cloud::CloudCall::inside(world, operation, ids, body);
    Ok(call.perform(world)?.unwrap_or_default())
}
