//! Endpoint services with Network Load Balancers: made, found again, watched, removed.

use aws_sdk_ec2::types::{ResourceType, ServiceConfiguration, ServiceState, Tag, TagSpecification};
use pipelink_plan::RUN_TAG;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{OutputName, Outputs};

use super::regions::{Region, region_of};
use super::{CONFIGURATIONS, PAGE, SERVICE};
use crate::ec2::{filter, name_tag};
use crate::lattice::{unless_gone, waiting};
use crate::load_balancing::not_of_run;
use crate::problems::missing;
use crate::session::Aws;

const CREATE: &str = "CreateVpcEndpointServiceConfiguration";
const DELETE: &str = "DeleteVpcEndpointServiceConfigurations";

/// What an endpoint service is made with.
#[derive(Clone)]
pub(crate) struct NewService<'a> {
    /// The value of its tag `Name`: it has no other name of its own.
    pub(crate) name: &'a str,
    pub(crate) load_balancer_arns: Vec<&'a str>,
    pub(crate) supported_regions: &'a [String],
    pub(crate) private_dns_name: Option<&'a str>,
}

impl Aws {
    pub(crate) async fn create_service(
        &self,
        new: &NewService<'_>,
        run: &RunId,
        token: &str,
    ) -> Result<Outputs, Problem> {
        let balancers = new.load_balancer_arns.iter();
        let regions = new.supported_regions;
        // The SDK fills in no token for EC2, unlike for VPC Lattice.
        let made = self
            .session
            .ec2
            .create_vpc_endpoint_service_configuration()
            .acceptance_required(true)
            .set_network_load_balancer_arns(Some(balancers.map(ToString::to_string).collect()))
            .set_supported_regions((!regions.is_empty()).then(|| regions.to_vec()))
            .set_private_dns_name(new.private_dns_name.map(str::to_owned))
            .client_token(token)
            .tag_specifications(tags(new.name, &run.0))
            .send()
            .await
            .map_err(self.problem(SERVICE, CREATE))?;
        let service = made
            .service_configuration
            .ok_or_else(|| missing(CREATE, "serviceConfiguration"))?;
        outputs(CREATE, service)
    }

    /// The service of that name which carries the run's ID, and is not on its way out.
    pub(crate) async fn find_service(
        &self,
        name: &str,
        run: &RunId,
    ) -> Result<Option<Outputs>, Problem> {
        let found = self
            .session
            .ec2
            .describe_vpc_endpoint_service_configurations()
            .filters(filter(&format!("tag:{RUN_TAG}"), [run.0.clone()]))
            .into_paginator()
            .page_size(PAGE)
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, CONFIGURATIONS))?;
        found
            .into_iter()
            .find(|it| name_tag(it.tags.as_deref()).as_deref() == Some(name) && !is_going(it))
            .map(|it| outputs(CONFIGURATIONS, it))
            .transpose()
    }

    /// Usable once it is Available, and so is each region from which endpoints shall connect; with a private DNS name,
    /// once AWS tells the TXT record that proves its domain, which is among the outputs then.
    pub(crate) async fn service_progress(
        &self,
        id: &str,
        new: &NewService<'_>,
    ) -> Result<Progress, Problem> {
        let Some(service) = self.wire_service(id).await? else {
            return Ok(Progress::Missing);
        };
        let seen = service
            .service_state()
            .map_or("Unknown", ServiceState::as_str)
            .to_owned();
        match service.service_state() {
            Some(ServiceState::Available) => {}
            Some(ServiceState::Pending) => return Ok(waiting(seen, Turn::Aws)),
            Some(ServiceState::Failed | ServiceState::Deleting | ServiceState::Deleted) => {
                // AWS gives no reason.
                return Ok(Progress::Ended { seen, reason: None });
            }
            _ => return Ok(waiting(seen, Turn::NotKnown)),
        }
        for region in new.supported_regions {
            match region_of(&service, region) {
                Region::Open => {}
                Region::Absent => {
                    return Ok(waiting(format!("{region} not listed yet"), Turn::Aws));
                }
                Region::Opening(state) => {
                    return Ok(waiting(format!("{region} {state}"), Turn::Aws));
                }
                Region::Closing(state) => {
                    let seen = format!("{region} {state}");
                    return Ok(Progress::Ended { seen, reason: None });
                }
            }
        }
        if new.private_dns_name.is_none() {
            return Ok(Progress::Usable {
                outputs: Outputs::default(),
            });
        }
        let record = service
            .private_dns_name_configuration
            .and_then(|it| Some((it.name?, it.value?)));
        Ok(match record {
            Some((name, value)) => Progress::Usable {
                outputs: Outputs::default()
                    .with(OutputName::TxtName, name)
                    .with(OutputName::TxtValue, value),
            },
            None => waiting("no TXT record yet", Turn::Aws),
        })
    }

    /// `Conflict` while an endpoint is connected, or waits to be: nothing is rejected here for the sake of it.
    pub(crate) async fn delete_service(&self, id: &str, run: &RunId) -> Result<(), Problem> {
        let Some(there) = self.wire_service(id).await? else {
            return Ok(());
        };
        if is_going(&there) {
            return Ok(());
        }
        let of_run = |tag: &Tag| tag.key() == Some(RUN_TAG) && tag.value() == Some(run.0.as_str());
        if !there.tags().iter().any(of_run) {
            return Err(not_of_run(DELETE, id));
        }
        let answer = self
            .session
            .ec2
            .delete_vpc_endpoint_service_configurations()
            .service_ids(id)
            .send()
            .await
            .map_err(self.problem(SERVICE, DELETE))?;
        unless_gone(self.all_successful(DELETE, answer.unsuccessful)).map(|_| ())
    }

    pub(crate) async fn service_removed(&self, id: &str) -> Result<bool, Problem> {
        let service = self.wire_service(id).await?;
        Ok(service.is_none_or(|it| it.service_state() == Some(&ServiceState::Deleted)))
    }
}

/// The tags that a service is created with: its name, and the run that creates it.
pub(super) fn tags(name: &str, run: &str) -> TagSpecification {
    TagSpecification::builder()
        .resource_type(ResourceType::VpcEndpointService)
        .tags(Tag::builder().key("Name").value(name).build())
        .tags(Tag::builder().key(RUN_TAG).value(run).build())
        .build()
}

fn is_going(service: &ServiceConfiguration) -> bool {
    matches!(
        service.service_state(),
        Some(ServiceState::Deleting | ServiceState::Deleted)
    )
}

fn outputs(operation: &str, service: ServiceConfiguration) -> Result<Outputs, Problem> {
    let id = service
        .service_id
        .ok_or_else(|| missing(operation, "serviceId"))?;
    let name = service
        .service_name
        .ok_or_else(|| missing(operation, "serviceName"))?;
    Ok(Outputs::default()
        .with(OutputName::EndpointServiceId, id)
        .with(OutputName::EndpointServiceName, name))
}
