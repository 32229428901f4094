//! VPC endpoint services: read with who may connect and who does; made, changed, found again, watched and removed;
//! and the connections to them: listed, accepted, rejected.
//!
//! Two quirks of EC2 are handled here. The state of a connection comes in lower camel case where the model has it
//! with a capital, so that it never is a member of the SDK's enum (awslabs/aws-sdk-rust#619): it is compared as
//! text without regard to case. And three of the calls answer with success and tell under `unsuccessful` what they
//! did not do: that is an error here.

mod connections;
mod principals;
mod private_dns;
mod reading;
mod regions;
mod services;

use aws_sdk_ec2::types::{ServiceConfiguration, UnsuccessfulItem};
use pipelink_plan::problem::Problem;
use pipelink_plan::step::{OutputName, Outputs};

use crate::lattice::unless_gone;
use crate::session::Aws;

pub(crate) use connections::ExpectedConnection;
pub(crate) use services::NewService;

/// IAM's name of the service.
const SERVICE: &str = "ec2";
const CONFIGURATIONS: &str = "DescribeVpcEndpointServiceConfigurations";
/// The most that a page of its lists may have.
const PAGE: i32 = 1000;

impl Aws {
    /// One service by its ID; `None` where it is not there.
    async fn wire_service(&self, id: &str) -> Result<Option<ServiceConfiguration>, Problem> {
        // Of one ID there is one page, but an empty one may come before it.
        let found = self
            .session
            .ec2
            .describe_vpc_endpoint_service_configurations()
            .service_ids(id)
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, CONFIGURATIONS));
        let services: Option<Vec<ServiceConfiguration>> = unless_gone(found)?;
        Ok(services.unwrap_or_default().into_iter().next())
    }

    /// The first thing that a call of success did not do, as the error that it is.
    fn all_successful(
        &self,
        operation: &'static str,
        unsuccessful: Option<Vec<UnsuccessfulItem>>,
    ) -> Result<(), Problem> {
        let Some(item) = unsuccessful.into_iter().flatten().next() else {
            return Ok(());
        };
        let (code, message) = item
            .error
            .map_or((None, None), |error| (error.code, error.message));
        let what = item.resource_id.unwrap_or_default();
        let said = message.unwrap_or_default();
        Err(self.refused_item(
            SERVICE,
            operation,
            code.as_deref(),
            &format!("{what}: {said}"),
        ))
    }
}

/// The output of a change of a service.
fn changed(service_id: &str) -> Outputs {
    Outputs::default().with(OutputName::EndpointServiceId, service_id)
}
