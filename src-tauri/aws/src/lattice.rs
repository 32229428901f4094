//! VPC Lattice: resource gateways and resource configurations.
//!
//! Reads them, makes them with the run's ID in a tag and the step's token, finds them again by that tag,
//! watches and removes them. The service has no waiters; the engine polls.

mod configurations;
mod gateways;

use pipelink_plan::RUN_TAG;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};

use crate::session::Aws;

pub(crate) use configurations::NewConfiguration;
pub(crate) use gateways::NewGateway;

/// IAM's name of the service.
const SERVICE: &str = "vpc-lattice";

impl Aws {
    /// Whether a gateway or configuration carries the run's ID.
    async fn is_of_run(&self, arn: &str, run: &RunId) -> Result<bool, Problem> {
        let tags = self
            .session
            .lattice
            .list_tags_for_resource()
            .resource_arn(arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, "ListTagsForResource"));
        match tags {
            Ok(answer) => Ok(answer
                .tags
                .and_then(|tags| tags.get(RUN_TAG).map(|value| *value == run.0))
                .unwrap_or_default()),
            // It went away in between.
            Err(Problem::NotFound { .. }) => Ok(false),
            Err(problem) => Err(problem),
        }
    }
}

fn waiting(seen: String, turn: Turn) -> Progress {
    Progress::Waiting { seen, turn }
}
