//! The security groups of a gateway that was there before: changed for another set, and given back.
//!
//! AWS has neither a token nor a version for this call, and the call is the same whichever set it sends. So
//! the groups are read first, and a set that is neither the one to leave nor the one to reach is somebody
//! else's change: it is a `Conflict`, and stays.

use std::collections::BTreeSet;

use aws_sdk_vpclattice::types::ResourceGatewayStatus;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::facts::lattice::ResourceGateway;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{OutputName, Outputs};

use super::{SERVICE, unless_gone, waiting};
use crate::session::Aws;

const CALL: &str = "UpdateResourceGateway";

/// A change of all security groups of a gateway. Their order means nothing.
pub(crate) struct GroupChange<'a> {
    gateway_id: &'a str,
    from: &'a [String],
    to: &'a [String],
}

impl<'a> GroupChange<'a> {
    pub(crate) fn new(gateway_id: &'a str, from: &'a [String], to: &'a [String]) -> Self {
        Self {
            gateway_id,
            from,
            to,
        }
    }

    /// The way back.
    fn reversed(&self) -> Self {
        Self {
            gateway_id: self.gateway_id,
            from: self.to,
            to: self.from,
        }
    }

    fn is_made(&self, gateway: &ResourceGateway) -> bool {
        same(&gateway.security_group_ids, self.to)
    }

    fn is_open(&self, gateway: &ResourceGateway) -> bool {
        same(&gateway.security_group_ids, self.from)
    }

    fn outputs(&self) -> Outputs {
        Outputs::default().with(OutputName::GatewayId, self.gateway_id)
    }

    /// What somebody else has made of the gateway.
    fn conflict(&self, gateway: &ResourceGateway) -> Problem {
        Problem::Conflict {
            operation: CALL.to_owned(),
            message: format!(
                "the security groups of {} are {}, neither {} nor {}: somebody else changed them",
                self.gateway_id,
                gateway.security_group_ids.join(", "),
                self.from.join(", "),
                self.to.join(", "),
            ),
        }
    }
}

impl Aws {
    /// Sends the change, unless the gateway has the groups already: then there are no outputs. After an update
    /// that failed, what the gateway is said to have may not be what it works with, so that it is sent all the
    /// same.
    pub(crate) async fn change_groups(&self, change: &GroupChange<'_>) -> Result<Outputs, Problem> {
        let gateway = self.gateway(change.gateway_id).await?;
        let made = change.is_made(&gateway);
        if made && gateway.status != ResourceGatewayStatus::UpdateFailed.as_str() {
            return Ok(Outputs::default());
        }
        if !made && !change.is_open(&gateway) {
            return Err(change.conflict(&gateway));
        }
        self.session
            .lattice
            .update_resource_gateway()
            .resource_gateway_identifier(change.gateway_id)
            .set_security_group_ids(Some(change.to.to_vec()))
            .send()
            .await
            .map_err(self.problem(SERVICE, CALL))?;
        Ok(change.outputs())
    }

    /// Found where the gateway has the groups.
    pub(crate) async fn find_group_change(
        &self,
        change: &GroupChange<'_>,
    ) -> Result<Option<Outputs>, Problem> {
        let gateway = unless_gone(self.gateway(change.gateway_id).await)?;
        Ok(gateway
            .filter(|gateway| change.is_made(gateway))
            .map(|_| change.outputs()))
    }

    /// Usable once the gateway is ACTIVE with the groups.
    pub(crate) async fn group_change_progress(
        &self,
        change: &GroupChange<'_>,
    ) -> Result<Progress, Problem> {
        let Some(gateway) = unless_gone(self.gateway(change.gateway_id).await)? else {
            return Ok(Progress::Missing);
        };
        let made = change.is_made(&gateway);
        if !made && !change.is_open(&gateway) {
            return Err(change.conflict(&gateway));
        }
        let seen = gateway.status;
        Ok(match ResourceGatewayStatus::from(seen.as_str()) {
            ResourceGatewayStatus::Active if made => Progress::Usable {
                outputs: Outputs::default(),
            },
            // ACTIVE with the former groups: the change does not show yet.
            ResourceGatewayStatus::Active | ResourceGatewayStatus::UpdateInProgress => {
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

    /// Gives the former groups back. `NotFound` where there is no gateway to give them back to, or none is shown.
    pub(crate) async fn restore_groups(&self, change: &GroupChange<'_>) -> Result<(), Problem> {
        self.change_groups(&change.reversed()).await.map(|_| ())
    }

    /// Whether the gateway is ACTIVE with its former groups, or gone. `EndedIn` where AWS could not change it.
    pub(crate) async fn groups_restored(&self, change: &GroupChange<'_>) -> Result<bool, Problem> {
        match self.group_change_progress(&change.reversed()).await? {
            Progress::Usable { .. } | Progress::Missing => Ok(true),
            Progress::Waiting { .. } => Ok(false),
            Progress::Ended { seen, reason } => Err(Problem::EndedIn {
                resource: change.gateway_id.to_owned(),
                state: seen,
                reason,
            }),
        }
    }
}

/// Whether two lists have the same in them, in whatever order.
pub(crate) fn same(one: &[String], other: &[String]) -> bool {
    one.iter().collect::<BTreeSet<_>>() == other.iter().collect::<BTreeSet<_>>()
}
