//! The five verbs of a run for the two actions of the Cloud API, to create an endpoint and to await that it is
//! Ready: perform, find, progress, remove, removed.
//!
//! The call that creates an endpoint takes no idempotency token, so that the run's ID in the description is
//! the only way to find an endpoint again after a lost answer. Every other action is not ClickHouse's.

mod description;
mod progress;
mod wanted;

use pipelink_plan::endpoint::EndpointStatus;
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{Action, EndpointTarget, OutputName, Outputs};

use crate::cloud::ClickHouse;
use crate::rows;
use description::marked;
use progress::{Until, progress_of};
use wanted::{Wanted, literal, request};

pub use description::run_in;

impl ClickHouse {
    /// Creates the endpoint, with the run's ID in its description. Outputs: the endpoint's ID.
    ///
    /// Must not be called again after a problem that leaves the outcome open: look with [`Self::find`].
    pub async fn perform(&self, action: &Action, run: &RunId) -> Result<Outputs, Problem> {
        let wanted = Wanted::of(action)?;
        let request = request(&wanted, run)?;
        let made = self
            .create_endpoint(wanted.organization_id, wanted.service_id, &request)
            .await?;
        Ok(Outputs::default().with(OutputName::EndpointId, made.id))
    }

    /// Looks for the endpoint that the run made. `None` only if every row was looked at and none is it.
    pub async fn find(&self, action: &Action, run: &RunId) -> Result<Option<Outputs>, Problem> {
        let wanted = Wanted::of(action)?;
        let list = self
            .raw_endpoints(wanted.organization_id, wanted.service_id)
            .await?;
        let mut found = Vec::new();
        for row in &list {
            if !marked(row, run) {
                continue;
            }
            // A row that is ours and cannot be read must not look like no row: it would be made twice.
            let endpoint =
                rows::endpoint(wanted.service_id, row).map_err(|why| Problem::Malformed {
                    party: Party::ClickHouse,
                    operation: "ListReversePrivateEndpoints".to_owned(),
                    message: why,
                })?;
            if wanted.is_met_by(&endpoint, run) {
                found.push(endpoint);
            }
        }
        // One that is on its way out is the answer only if there is no other.
        found.sort_by_key(|endpoint| endpoint.status == EndpointStatus::Deleting);
        Ok(found
            .into_iter()
            .next()
            .map(|endpoint| Outputs::default().with(OutputName::EndpointId, endpoint.id)))
    }

    /// Whether the endpoint is usable: Ready, and its DNS names reported, which may come a little later. One that
    /// connects to an endpoint service is for its own step also when it waits to be accepted there: another step
    /// awaits the rest.
    pub async fn progress(&self, action: &Action, outputs: &Outputs) -> Result<Progress, Problem> {
        if let Action::AwaitEndpointReady {
            organization_id,
            service_id,
            endpoint,
        } = action
        {
            let looked = self
                .endpoint(organization_id, service_id, literal(endpoint)?)
                .await?;
            return Ok(looked.map_or(Progress::Missing, |it| progress_of(it, Until::Ready)));
        }
        let wanted = Wanted::of(action)?;
        let until = match wanted.to {
            EndpointTarget::VpcResource { .. } => Until::Ready,
            EndpointTarget::MskMultiVpc { .. } => Until::ReadyByAnyName,
            EndpointTarget::EndpointService { .. } => Until::AskedFor,
        };
        let looked = self.look(&wanted, outputs).await?;
        Ok(looked.map_or(Progress::Missing, |it| progress_of(it, until)))
    }

    /// Asks for the endpoint to be deleted. No error if it is gone or on its way out.
    pub async fn remove(&self, action: &Action, outputs: &Outputs) -> Result<(), Problem> {
        let wanted = Wanted::of(action)?;
        let deleted = self
            .delete_endpoint(wanted.organization_id, wanted.service_id, made(outputs)?)
            .await;
        match deleted {
            // What a second delete answers while the first is under way is not documented.
            Err(problem @ (Problem::Conflict { .. } | Problem::Refused { .. })) => {
                match self.look(&wanted, outputs).await {
                    Ok(Some(endpoint)) if endpoint.status == EndpointStatus::Deleting => Ok(()),
                    Ok(None) => Ok(()),
                    _ => Err(problem),
                }
            }
            other => other,
        }
    }

    /// Whether the endpoint is gone.
    pub async fn removed(&self, action: &Action, outputs: &Outputs) -> Result<bool, Problem> {
        let found = self.look(&Wanted::of(action)?, outputs).await?;
        Ok(found.is_none())
    }

    async fn look(
        &self,
        wanted: &Wanted<'_>,
        outputs: &Outputs,
    ) -> Result<Option<ReversePrivateEndpoint>, Problem> {
        self.endpoint(wanted.organization_id, wanted.service_id, made(outputs)?)
            .await
    }
}

fn made(outputs: &Outputs) -> Result<&str, Problem> {
    outputs
        .one(OutputName::EndpointId)
        .ok_or_else(|| Problem::Internal {
            message: "the step has no endpoint ID".to_owned(),
        })
}
