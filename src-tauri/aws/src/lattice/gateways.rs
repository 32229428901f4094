//! Resource gateways: listed, made, found again, watched, removed.

use aws_sdk_vpclattice::operation::list_resource_gateways::paginator::ListResourceGatewaysPaginatorItems;
use aws_sdk_vpclattice::types::{
    ResourceConfigDnsResolution, ResourceGatewayIpAddressType, ResourceGatewayStatus,
};
use pipelink_plan::RUN_TAG;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::facts::lattice::ResourceGateway;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{DnsResolution, OutputName, Outputs};

use super::{PAGE, SERVICE, complete, unless_gone, waiting};
use crate::concurrent::Calls;
use crate::problems::missing;
use crate::removals;
use crate::session::Aws;

const LIST: &str = "ListResourceGateways";
const GET: &str = "GetResourceGateway";

/// What a gateway is made with.
pub(crate) struct NewGateway<'a> {
    pub(crate) name: &'a str,
    pub(crate) vpc_id: &'a str,
    pub(crate) subnet_ids: &'a [String],
    pub(crate) security_group_ids: &'a [String],
    pub(crate) dns_resolution: DnsResolution,
}

impl Aws {
    /// All gateways, those shared with the account and those AWS itself manages included, each read in full:
    /// the list does not tell which are AWS's.
    pub(crate) async fn gateways(&self) -> Result<Vec<ResourceGateway>, Problem> {
        let mut summaries = self.list_gateways().send();
        let mut reads = Calls::new();
        while let Some(summary) = summaries.next().await {
            let summary = summary.map_err(self.problem(SERVICE, LIST))?;
            let arn = summary.arn.ok_or_else(|| missing(LIST, "arn"))?;
            let aws = self.clone();
            reads.begin(async move {
                // By ARN, since the ID alone does not reach one that another account shares.
                Ok(unless_gone(aws.gateway(&arn).await)?.ok_or(arn))
            });
        }
        let again = |arn: String| async move { self.gateway(&arn).await };
        complete(reads.answers().await?, self.gateway_arns(), again).await
    }

    async fn gateway_arns(&self) -> Result<Vec<String>, Problem> {
        let summaries = self.list_gateways().send().try_collect().await;
        summaries
            .map_err(self.problem(SERVICE, LIST))?
            .into_iter()
            .map(|summary| summary.arn.ok_or_else(|| missing(LIST, "arn")))
            .collect()
    }

    /// One gateway, by its ID or ARN. `NotFound` where it is not, or not any more.
    pub async fn gateway(&self, id: &str) -> Result<ResourceGateway, Problem> {
        let wire = self
            .session
            .lattice
            .get_resource_gateway()
            .resource_gateway_identifier(id)
            .send()
            .await
            .map_err(self.problem(SERVICE, GET))?;
        Ok(ResourceGateway {
            id: wire.id.ok_or_else(|| missing(GET, "id"))?,
            arn: wire.arn.ok_or_else(|| missing(GET, "arn"))?,
            name: wire.name.ok_or_else(|| missing(GET, "name"))?,
            status: wire
                .status
                .ok_or_else(|| missing(GET, "status"))?
                .as_str()
                .to_owned(),
            // Named vpcIdentifier where a gateway is made and listed, vpcId here.
            vpc_id: wire.vpc_id.ok_or_else(|| missing(GET, "vpcId"))?,
            subnet_ids: wire.subnet_ids.unwrap_or_default(),
            security_group_ids: wire.security_group_ids.unwrap_or_default(),
            dns_resolution: wire
                .resource_config_dns_resolution
                .as_ref()
                .and_then(dns_resolution),
            service_managed: wire.service_managed.unwrap_or_default(),
        })
    }

    pub(crate) async fn create_gateway(
        &self,
        new: &NewGateway<'_>,
        run: &RunId,
        token: &str,
    ) -> Result<Outputs, Problem> {
        const CALL: &str = "CreateResourceGateway";
        let made = self
            .session
            .lattice
            .create_resource_gateway()
            .name(new.name)
            .vpc_identifier(new.vpc_id)
            .set_subnet_ids(Some(new.subnet_ids.to_vec()))
            .set_security_group_ids(Some(new.security_group_ids.to_vec()))
            .ip_address_type(ResourceGatewayIpAddressType::Ipv4)
            .resource_config_dns_resolution(match new.dns_resolution {
                DnsResolution::Public => ResourceConfigDnsResolution::Public,
                DnsResolution::InVpc => ResourceConfigDnsResolution::InVpc,
            })
            .client_token(token)
            .tags(RUN_TAG, &run.0)
            .send()
            .await
            .map_err(self.problem(SERVICE, CALL))?;
        let id = made.id.ok_or_else(|| missing(CALL, "id"))?;
        Ok(Outputs::default().with(OutputName::GatewayId, id))
    }

    /// The gateway of that name, if it carries the run's ID.
    pub(crate) async fn find_gateway(
        &self,
        name: &str,
        run: &RunId,
    ) -> Result<Option<Outputs>, Problem> {
        let mut summaries = self.list_gateways().send();
        while let Some(summary) = summaries.next().await {
            let summary = summary.map_err(self.problem(SERVICE, LIST))?;
            let (Some(id), Some(arn)) = (summary.id, summary.arn) else {
                continue;
            };
            // Names are unique and never change, so at most one has to be asked for its tags.
            if summary.name.as_deref() == Some(name) && self.is_of_run(&arn, run).await? {
                return Ok(Some(Outputs::default().with(OutputName::GatewayId, id)));
            }
        }
        Ok(None)
    }

    pub(crate) async fn gateway_progress(&self, id: &str) -> Result<Progress, Problem> {
        let Some(status) = self.gateway_status(id).await? else {
            return Ok(Progress::Missing);
        };
        let seen = status.as_str().to_owned();
        Ok(match status {
            ResourceGatewayStatus::Active => Progress::Usable {
                outputs: Outputs::default(),
            },
            ResourceGatewayStatus::CreateInProgress | ResourceGatewayStatus::UpdateInProgress => {
                waiting(seen, Turn::Aws)
            }
            ResourceGatewayStatus::CreateFailed
            | ResourceGatewayStatus::UpdateFailed
            | ResourceGatewayStatus::DeleteFailed
            | ResourceGatewayStatus::DeleteInProgress => Progress::Ended {
                seen,
                // AWS gives none for gateways.
                reason: None,
            },
            _ => waiting(seen, Turn::NotKnown),
        })
    }

    pub(crate) async fn delete_gateway(&self, id: &str) -> Result<(), Problem> {
        let answer = self
            .session
            .lattice
            .delete_resource_gateway()
            .resource_gateway_identifier(id)
            .send()
            .await
            .map_err(self.problem(SERVICE, "DeleteResourceGateway"));
        match answer {
            Ok(_) | Err(Problem::NotFound { .. }) => Ok(()),
            Err(refused @ (Problem::Conflict { .. } | Problem::AccessDenied { .. })) => {
                let seen = self.gateway_status(id).await;
                removals::settled(
                    refused,
                    seen.map(|it| it == Some(ResourceGatewayStatus::DeleteInProgress)),
                )
            }
            Err(problem) => Err(problem),
        }
    }

    pub(crate) async fn gateway_removed(&self, id: &str) -> Result<bool, Problem> {
        match self.gateway_status(id).await? {
            None => Ok(true),
            Some(ResourceGatewayStatus::DeleteFailed) => Err(Problem::EndedIn {
                resource: id.to_owned(),
                state: ResourceGatewayStatus::DeleteFailed.as_str().to_owned(),
                reason: None,
            }),
            Some(_) => Ok(false),
        }
    }

    async fn gateway_status(&self, id: &str) -> Result<Option<ResourceGatewayStatus>, Problem> {
        let found = unless_gone(self.gateway(id).await)?;
        Ok(found.map(|gateway| gateway.status.as_str().into()))
    }

    fn list_gateways(&self) -> ListResourceGatewaysPaginatorItems {
        self.session
            .lattice
            .list_resource_gateways()
            .into_paginator()
            .page_size(PAGE)
            .items()
    }
}

/// None for a word that this program does not know.
fn dns_resolution(wire: &ResourceConfigDnsResolution) -> Option<DnsResolution> {
    match wire {
        ResourceConfigDnsResolution::Public => Some(DnsResolution::Public),
        ResourceConfigDnsResolution::InVpc => Some(DnsResolution::InVpc),
        _ => None,
    }
}
