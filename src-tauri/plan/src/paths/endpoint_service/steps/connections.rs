//! The last steps of a plan: the endpoints in `ClickHouse` and their acceptance, or the waits for both.

use super::{Steps, output, service_id, step};
use crate::CLICKPIPES_ACCOUNT;
use crate::names::load_balancing::numbered_description;
use crate::paths::choices::ServiceChoice;
use crate::paths::endpoint_service::choices::Acceptance;
use crate::paths::endpoint_service::layout::Group;
use crate::paths::endpoint_service::standing::given_name;
use crate::step::{Action, EndpointTarget, Input, OutputName, PrivateDnsMapping, Step};

impl Steps<'_> {
    /// The endpoints, or the waits for them.
    pub(super) fn connections(&self, groups: &[Group<'_>]) -> Vec<Step> {
        let mut steps = Vec::new();
        let ServiceChoice::Key {
            organization_id,
            service_id: clickhouse_service,
        } = &self.choices.service
        else {
            for group in groups {
                let (service, service_name) = self.service_of(group.number);
                steps.push(step(
                    "connection",
                    group.number,
                    Action::AwaitEndpointConnection {
                        service,
                        service_name,
                        owner: CLICKPIPES_ACCOUNT.to_owned(),
                        known: self.connected_already(),
                        private_dns: self.mappings(group),
                    },
                ));
            }
            return steps;
        };
        for group in groups {
            let (_, service_name) = self.service_of(group.number);
            steps.push(step(
                "endpoint",
                group.number,
                Action::CreateReversePrivateEndpoint {
                    organization_id: organization_id.clone(),
                    service_id: clickhouse_service.clone(),
                    description: numbered_description(&self.choices.description, group.number),
                    to: EndpointTarget::EndpointService { service_name },
                    private_dns: self.mappings(group),
                },
            ));
        }
        if self.asks_for_acceptance() {
            steps.extend(groups.iter().map(|group| self.acceptance(group.number)));
        }
        for group in groups {
            steps.push(step(
                "ready",
                group.number,
                Action::AwaitEndpointReady {
                    organization_id: organization_id.clone(),
                    service_id: clickhouse_service.clone(),
                    endpoint: output("endpoint", group.number, OutputName::EndpointId),
                },
            ));
        }
        steps
    }

    /// The endpoints of `ClickPipes` that a service which is there has already. One that waits to be accepted is left
    /// out: it may have been created for this set-up, just before.
    fn connected_already(&self) -> Vec<String> {
        let service = self.standing.service();
        let mut ids: Vec<String> = service
            .and_then(|service| service.connections.known())
            .into_iter()
            .flatten()
            .filter(|it| it.owner.as_deref() == Some(CLICKPIPES_ACCOUNT))
            .filter(|it| !it.is("pendingAcceptance"))
            .map(|it| it.vpc_endpoint_id.clone())
            .collect();
        ids.sort_unstable();
        ids
    }

    /// A service that is there may accept by itself, and AWS then has nothing to be accepted.
    fn asks_for_acceptance(&self) -> bool {
        self.standing
            .service()
            .is_none_or(|service| service.acceptance_required)
    }

    fn acceptance(&self, number: Option<usize>) -> Step {
        let (service, _) = self.service_of(number);
        let endpoint = output("endpoint", number, OutputName::VpcEndpointId);
        let owner = CLICKPIPES_ACCOUNT.to_owned();
        let action = match self.choices.acceptance {
            Acceptance::ByRun => Action::AcceptEndpointConnection {
                service,
                endpoint,
                owner,
            },
            Acceptance::ByHand => Action::AwaitConnectionAcceptance {
                service,
                endpoint,
                owner,
            },
        };
        step("acceptance", number, action)
    }

    /// ID and name of the service to connect to.
    fn service_of(&self, number: Option<usize>) -> (Input, Input) {
        match self.standing.service() {
            Some(service) => (
                Input::literal(&service.id),
                Input::literal(&service.service_name),
            ),
            None => (
                service_id(number),
                output("service", number, OutputName::EndpointServiceName),
            ),
        }
    }

    /// The hosts' own names, where the preview is enabled: a client is sent on to them. The one that the service itself
    /// gives resolves to the endpoint already.
    fn mappings(&self, group: &Group<'_>) -> Vec<PrivateDnsMapping> {
        if !self.choices.custom_dns_enabled || !self.source.kind.by_name() {
            return Vec::new();
        }
        let given = given_name(self.standing.service(), self.choices);
        group
            .names()
            .into_iter()
            .filter(|name| given.as_deref() != Some(*name))
            .map(|name| PrivateDnsMapping {
                name: name.to_owned(),
                target: None,
            })
            .collect()
    }
}
