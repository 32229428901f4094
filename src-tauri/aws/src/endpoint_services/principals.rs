//! Who may connect to an endpoint service: read, one account added, and taken out again.

use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::Outputs;

use super::{PAGE, SERVICE, changed};
use crate::lattice::{unless_gone, waiting};
use crate::session::Aws;

const PERMISSIONS: &str = "DescribeVpcEndpointServicePermissions";
const MODIFY: &str = "ModifyVpcEndpointServicePermissions";

impl Aws {
    /// Adds an account, unless it is there: then there are no outputs. That everybody may connect does not count,
    /// for it may be taken back at any time.
    pub(crate) async fn allow_account(
        &self,
        service_id: &str,
        account_id: &str,
    ) -> Result<Outputs, Problem> {
        if self.allows(service_id, account_id).await? {
            return Ok(Outputs::default());
        }
        self.session
            .ec2
            .modify_vpc_endpoint_service_permissions()
            .service_id(service_id)
            .add_allowed_principals(root_of(account_id))
            .send()
            .await
            .map_err(self.problem(SERVICE, MODIFY))?;
        Ok(changed(service_id))
    }

    pub(crate) async fn find_allowed(
        &self,
        service_id: &str,
        account_id: &str,
    ) -> Result<Option<Outputs>, Problem> {
        let allowed = unless_gone(self.allows(service_id, account_id).await)?;
        Ok((allowed == Some(true)).then(|| changed(service_id)))
    }

    pub(crate) async fn allowed_progress(
        &self,
        service_id: &str,
        account_id: &str,
    ) -> Result<Progress, Problem> {
        let allowed = unless_gone(self.allows(service_id, account_id).await)?;
        Ok(match allowed {
            None => Progress::Missing,
            Some(true) => Progress::Usable {
                outputs: Outputs::default(),
            },
            Some(false) => waiting("not listed yet", Turn::Aws),
        })
    }

    /// Takes the account out. `NotFound` where there is no service to take it out of.
    pub(crate) async fn disallow_account(
        &self,
        service_id: &str,
        account_id: &str,
    ) -> Result<(), Problem> {
        if !self.allows(service_id, account_id).await? {
            return Ok(());
        }
        self.session
            .ec2
            .modify_vpc_endpoint_service_permissions()
            .service_id(service_id)
            .remove_allowed_principals(root_of(account_id))
            .send()
            .await
            .map_err(self.problem(SERVICE, MODIFY))
            .map(|_| ())
    }

    pub(crate) async fn is_disallowed(
        &self,
        service_id: &str,
        account_id: &str,
    ) -> Result<bool, Problem> {
        let allowed = unless_gone(self.allows(service_id, account_id).await)?;
        Ok(allowed != Some(true))
    }

    async fn allows(&self, service_id: &str, account_id: &str) -> Result<bool, Problem> {
        let principals = self.principals(service_id).await?;
        Ok(principals.contains(&root_of(account_id)))
    }

    /// The ARNs that may connect; `*` for everybody.
    pub(super) async fn principals(&self, service_id: &str) -> Result<Vec<String>, Problem> {
        let found = self
            .session
            .ec2
            .describe_vpc_endpoint_service_permissions()
            .service_id(service_id)
            .into_paginator()
            .page_size(PAGE)
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, PERMISSIONS))?;
        Ok(found.into_iter().filter_map(|it| it.principal).collect())
    }
}

/// An account as a principal. The partition is that of ClickPipes' account: no other can be shared with.
fn root_of(account_id: &str) -> String {
    format!("arn:aws:iam::{account_id}:root")
}
