//! What VPC Lattice says stands on the run's gateway and configuration.

use super::{Found, name_and_id};
use crate::CLICKPIPES_ACCOUNT;
use crate::facts::lattice::{EndpointAssociation, ResourceConfiguration};

impl<'a> Found<'a> {
    /// A gateway cannot be deleted while a configuration is on it (`ConflictException`).
    pub(super) fn other_configurations(&mut self) {
        let Some(gateway) = self.gone.gateway else {
            return;
        };
        for other in self.configurations_on(gateway) {
            if self.gone.configuration_names.contains(&other.name.as_str()) {
                continue;
            }
            self.add(
                "Resource configuration",
                name_and_id(&other.name, &other.id),
                format!(
                    "It leads through gateway {gateway}, which AWS does not delete while a configuration is on it: the \
                     removal would stop there."
                ),
                false,
            );
        }
    }

    /// The VPC endpoints on the run's configuration, but for the one that goes with the run's own endpoint.
    pub(super) fn attached(&mut self) {
        if self.gone.configuration.is_none() {
            return;
        }
        let attached: Vec<&EndpointAssociation> = self
            .read(self.around.associations)
            .iter()
            .filter(|it| {
                !it.vpc_endpoint_id
                    .as_deref()
                    .is_some_and(|id| self.gone.vpc_endpoints.contains(&id))
            })
            .collect();
        let alone = attached.len() == 1;
        for association in attached {
            let owner = association.vpc_endpoint_owner.as_deref();
            let is_clickpipes = owner == Some(CLICKPIPES_ACCOUNT);
            if is_clickpipes && self.is_told_by_clickhouse(association) {
                continue;
            }
            let whose = match owner {
                Some(_) if is_clickpipes => "ClickPipes reach".to_owned(),
                Some(account) => format!("Account {account} reaches"),
                None => "An account that AWS does not name reaches".to_owned(),
            };
            let source = &self.plan.source.name;
            let because = if is_clickpipes && alone {
                format!("{whose} {source} through it.")
            } else {
                format!(
                    "{whose} {source} through it. Pipelink detaches no endpoint but one of ClickPipes, so the removal \
                     would stop there."
                )
            };
            let name = association
                .vpc_endpoint_id
                .as_ref()
                .unwrap_or(&association.id);
            self.add("VPC endpoint", name.clone(), because, false);
        }
    }

    /// The reverse private endpoints say what hangs on a ClickPipes' VPC endpoint; it needs no second line.
    fn is_told_by_clickhouse(&self, association: &EndpointAssociation) -> bool {
        let endpoints = self.around.endpoints.known();
        endpoints.into_iter().flatten().any(|endpoint| {
            endpoint.endpoint_id.is_some() && endpoint.endpoint_id == association.vpc_endpoint_id
        })
    }

    /// Giving a gateway its previous groups back is no deletion, and may break what came to need the new ones.
    pub(super) fn groups_back(&mut self, gateway: &str, new: &[String], previous: &[String]) {
        let gateways = self.read(&self.around.region.gateways);
        let now = gateways.iter().find(|it| it.id == gateway);
        if let Some(now) = now
            && !same(&now.security_group_ids, new)
            && !same(&now.security_group_ids, previous)
        {
            self.add(
                "Resource gateway",
                name_and_id(&now.name, &now.id),
                format!(
                    "Its security groups are {} now, which this run did not set: the removal would stop and leave them \
                     as they are.",
                    now.security_group_ids.join(", ")
                ),
                false,
            );
        }
        for configuration in self.configurations_on(gateway) {
            self.add(
                "Resource configuration",
                name_and_id(&configuration.name, &configuration.id),
                "Its traffic goes through the previous security groups again, which may not let it through."
                    .to_owned(),
                true,
            );
        }
    }

    fn configurations_on(&mut self, gateway: &str) -> Vec<&'a ResourceConfiguration> {
        self.read(&self.around.region.configurations)
            .iter()
            .filter(|it| it.gateway_id.as_deref() == Some(gateway))
            .filter(|it| it.status != "DELETE_IN_PROGRESS")
            .collect()
    }
}

/// The order of security groups means nothing.
fn same(a: &[String], b: &[String]) -> bool {
    let sorted = |ids: &[String]| {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    sorted(a) == sorted(b)
}
