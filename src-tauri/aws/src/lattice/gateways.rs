//! Resource gateways: listed, made, found again, watched, removed.

use aws_sdk_vpclattice::operation::get_resource_gateway::GetResourceGatewayOutput;
use aws_sdk_vpclattice::types::{
    ResourceGatewayIpAddressType, ResourceGatewayStatus, ResourceGatewaySummary,
};
use pipelink_plan::RUN_TAG;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::facts::lattice::ResourceGateway;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{OutputName, Outputs};

use super::{SERVICE, waiting};
use crate::concurrent;
use crate::problems::missing;
use crate::session::Aws;

const LIST: &str = "ListResourceGateways";
const GET: &str = "GetResourceGateway";

/// What a gateway is made with.
pub(crate) struct NewGateway<'a> {
    pub(crate) name: &'a str,
    pub(crate) vpc_id: &'a str,
    pub(crate) subnet_ids: &'a [String],
    pub(crate) security_group_ids: &'a [String],
}

impl Aws {
    /// All gateways, those shared with the account and those AWS itself manages included.
    pub(crate) async fn gateways(&self) -> Result<Vec<ResourceGateway>, Problem> {
        let summaries = self.gateway_summaries().await?;
        let read = concurrent::for_each(summaries, |summary| {
            let aws = self.clone();
            async move { aws.gateway(summary).await }
        })
        .await?;
        Ok(read.into_iter().flatten().collect())
    }

    /// One gateway from the list, asked for by itself only where the list left something out. `None` if it
    /// went away in between.
    async fn gateway(
        &self,
        summary: ResourceGatewaySummary,
    ) -> Result<Option<ResourceGateway>, Problem> {
        let id = summary.id.ok_or_else(|| missing(LIST, "id"))?;
        let arn = summary.arn.ok_or_else(|| missing(LIST, "arn"))?;
        let (mut vpc_id, mut subnets, mut groups) = (
            summary.vpc_identifier,
            summary.subnet_ids,
            summary.security_group_ids,
        );
        if vpc_id.is_none() || subnets.is_none() || groups.is_none() {
            let full = match self.read_gateway(&id).await {
                Ok(full) => full,
                Err(Problem::NotFound { .. }) => return Ok(None),
                Err(problem) => return Err(problem),
            };
            // Named vpcIdentifier in the list, vpcId here.
            vpc_id = vpc_id.or(full.vpc_id);
            subnets = subnets.or(full.subnet_ids);
            groups = groups.or(full.security_group_ids);
        }
        Ok(Some(ResourceGateway {
            name: summary.name.ok_or_else(|| missing(LIST, "name"))?,
            status: summary
                .status
                .ok_or_else(|| missing(LIST, "status"))?
                .as_str()
                .to_owned(),
            vpc_id: vpc_id.ok_or_else(|| missing(GET, "vpcId"))?,
            subnet_ids: subnets.unwrap_or_default(),
            security_group_ids: groups.unwrap_or_default(),
            id,
            arn,
        }))
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
        for summary in self.gateway_summaries().await? {
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
            // A deletion under way is a conflict too; a dependant is one that stays.
            Err(conflict @ Problem::Conflict { .. }) => match self.gateway_status(id).await? {
                None | Some(ResourceGatewayStatus::DeleteInProgress) => Ok(()),
                Some(_) => Err(conflict),
            },
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
        match self.read_gateway(id).await {
            Ok(found) => found.status.map(Some).ok_or_else(|| missing(GET, "status")),
            Err(Problem::NotFound { .. }) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    async fn gateway_summaries(&self) -> Result<Vec<ResourceGatewaySummary>, Problem> {
        self.session
            .lattice
            .list_resource_gateways()
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, LIST))
    }

    async fn read_gateway(&self, id: &str) -> Result<GetResourceGatewayOutput, Problem> {
        self.session
            .lattice
            .get_resource_gateway()
            .resource_gateway_identifier(id)
            .send()
            .await
            .map_err(self.problem(SERVICE, GET))
    }
}
