//! The regions from which endpoints may connect to a service: one added, and taken out again; and whether the caller
//! may do so at all.

use aws_sdk_ec2::types::ServiceConfiguration;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::paths::endpoint_service::DryRun;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::run::Progress;
use pipelink_plan::step::Outputs;

use super::services::tags;
use super::{SERVICE, changed};
use crate::lattice::waiting;
use crate::session::Aws;

const MODIFY: &str = "ModifyVpcEndpointServiceConfiguration";
const CREATE: &str = "CreateVpcEndpointServiceConfiguration";
/// What stands in the tags of a dry run for the name and the run's ID: the least-privilege policy allows no creation
/// without the run's tag, whatever its value.
const NO_NAME: &str = "dry-run";
const NO_RUN: &str = "dry-run";

const OPEN: &str = "Available";
/// Those of a service's own states that lead to its end, and those that other states of regions are known by.
const CLOSING: [&str; 5] = ["Deleting", "Deleted", "Failed", "Closing", "Closed"];

/// How far a region of a service is.
pub(super) enum Region {
    Absent,
    /// Under way to be open, in this state.
    Opening(String),
    Open,
    /// Under way to be closed, or closed, in this state.
    Closing(String),
}

pub(super) fn region_of(service: &ServiceConfiguration, region: &str) -> Region {
    let mut regions = service.supported_regions().iter();
    let Some(found) = regions.find(|it| it.region() == Some(region)) else {
        return Region::Absent;
    };
    let Some(word) = found.service_state() else {
        return Region::Open;
    };
    // No enum lists these words, so that their case is not to be relied upon.
    let is = |state: &str| word.eq_ignore_ascii_case(state);
    if is(OPEN) {
        Region::Open
    } else if CLOSING.into_iter().any(is) {
        Region::Closing(word.to_owned())
    } else {
        Region::Opening(word.to_owned())
    }
}

impl Aws {
    /// Whether the caller may let endpoints of another region connect: `vpce:AllowMultiRegion`, which no right to
    /// EC2 includes. Told by a dry run of the call that would do so, which changes nothing.
    pub async fn multi_region_right(&self, asked: &DryRun) -> Result<bool, Problem> {
        match asked {
            DryRun::Create {
                load_balancer_arn,
                region,
            } => {
                let answer = self
                    .session
                    .ec2
                    .create_vpc_endpoint_service_configuration()
                    .dry_run(true)
                    .acceptance_required(true)
                    .network_load_balancer_arns(load_balancer_arn)
                    .supported_regions(region)
                    .tag_specifications(tags(NO_NAME, NO_RUN))
                    .send()
                    .await;
                self.allowed_by(CREATE, answer)
            }
            DryRun::Modify { service_id, region } => {
                let answer = self
                    .session
                    .ec2
                    .modify_vpc_endpoint_service_configuration()
                    .dry_run(true)
                    .service_id(service_id)
                    .add_supported_regions(region)
                    .send()
                    .await;
                self.allowed_by(MODIFY, answer)
            }
        }
    }

    /// What a dry run says of the right to the call: it answers with an error also where it would have succeeded
    /// (EC2 API reference, `DryRun`).
    fn allowed_by<T, E>(
        &self,
        call: &'static str,
        answer: Result<T, SdkError<E, HttpResponse>>,
    ) -> Result<bool, Problem>
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        match answer {
            Err(error) if error.code() == Some("DryRunOperation") => Ok(true),
            Err(error) => match self.problem(SERVICE, call)(error) {
                Problem::AccessDenied { .. } => Ok(false),
                problem => Err(problem),
            },
            Ok(_) => Err(Problem::Malformed {
                party: Party::Aws,
                operation: call.to_owned(),
                message: "a dry run answered as if it had been carried out".to_owned(),
            }),
        }
    }

    /// Adds the region, unless it is there: then there are no outputs.
    pub(crate) async fn add_region(
        &self,
        service_id: &str,
        region: &str,
    ) -> Result<Outputs, Problem> {
        match region_of(&self.service_there(service_id).await?, region) {
            Region::Open | Region::Opening(_) => return Ok(Outputs::default()),
            Region::Absent | Region::Closing(_) => {}
        }
        self.session
            .ec2
            .modify_vpc_endpoint_service_configuration()
            .service_id(service_id)
            .add_supported_regions(region)
            .send()
            .await
            .map_err(self.problem(SERVICE, MODIFY))?;
        Ok(changed(service_id))
    }

    pub(crate) async fn find_region(
        &self,
        service_id: &str,
        region: &str,
    ) -> Result<Option<Outputs>, Problem> {
        let service = self.wire_service(service_id).await?;
        let there = service
            .is_some_and(|it| matches!(region_of(&it, region), Region::Open | Region::Opening(_)));
        Ok(there.then(|| changed(service_id)))
    }

    pub(crate) async fn region_progress(
        &self,
        service_id: &str,
        region: &str,
    ) -> Result<Progress, Problem> {
        let Some(service) = self.wire_service(service_id).await? else {
            return Ok(Progress::Missing);
        };
        Ok(match region_of(&service, region) {
            Region::Open => Progress::Usable {
                outputs: Outputs::default(),
            },
            Region::Absent => waiting(format!("{region} not listed yet"), Turn::Aws),
            Region::Opening(state) => waiting(format!("{region} {state}"), Turn::Aws),
            Region::Closing(state) => Progress::Ended {
                seen: format!("{region} {state}"),
                reason: None,
            },
        })
    }

    /// Takes the region out. `NotFound` where there is no service to take it out of.
    pub(crate) async fn remove_region(
        &self,
        service_id: &str,
        region: &str,
    ) -> Result<(), Problem> {
        match region_of(&self.service_there(service_id).await?, region) {
            Region::Absent | Region::Closing(_) => return Ok(()),
            Region::Open | Region::Opening(_) => {}
        }
        self.session
            .ec2
            .modify_vpc_endpoint_service_configuration()
            .service_id(service_id)
            .remove_supported_regions(region)
            .send()
            .await
            .map_err(self.problem(SERVICE, MODIFY))
            .map(|_| ())
    }

    pub(crate) async fn region_removed(
        &self,
        service_id: &str,
        region: &str,
    ) -> Result<bool, Problem> {
        let service = self.wire_service(service_id).await?;
        Ok(service
            .is_none_or(|it| matches!(region_of(&it, region), Region::Absent | Region::Closing(_))))
    }

    async fn service_there(&self, service_id: &str) -> Result<ServiceConfiguration, Problem> {
        let service = self.wire_service(service_id).await?;
        service.ok_or_else(|| Problem::NotFound {
            party: Party::Aws,
            operation: MODIFY.to_owned(),
            message: format!("{service_id} is not there"),
        })
    }
}
