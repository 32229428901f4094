//! Connections of other accounts to an endpoint service: whose each one is, and accepting those that are proven to
//! be ours. The rule is the plan's; here both sides are read for it.

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::facts::load_balancing::EndpointService;
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::endpoint_service::{self, ConnectionIdentity, ConnectionRow};
use pipelink_plan::problem::{Party, Problem};

use crate::open_account::OpenAccount;

const ACCEPT: &str = "AcceptVpcEndpointConnections";

impl OpenAccount {
    /// The connections to a service, each with whose it is. Where the endpoints of a ClickHouse service could not be
    /// read, a connection that is not proven by the others may be of one of those: its row says so.
    pub(crate) async fn endpoint_connections(
        &self,
        service_id: &str,
    ) -> Result<Vec<ConnectionRow>, Problem> {
        let (service, (endpoints, unread)) = tokio::join!(
            self.session.aws.endpoint_service(service_id),
            self.every_endpoint(),
        );
        let service: EndpointService = service?;
        if let Observed::Unknown { problem } = &service.connections {
            return Err(problem.clone());
        }
        let known = Observed::Known { value: endpoints };
        let rows = endpoint_service::connections(&service, &known);
        let Some(problem) = unread else {
            return Ok(rows);
        };
        let unknown = endpoint_service::connections(&service, &Observed::Unknown { problem });
        let is_ours = |row: &ConnectionRow| matches!(row.identity, ConnectionIdentity::Ours { .. });
        Ok(rows
            .into_iter()
            .map(|row| {
                let same = |it: &&ConnectionRow| it.connection == row.connection;
                match unknown.iter().find(same) {
                    Some(unproven) if !is_ours(&row) => unproven.clone(),
                    _ => row,
                }
            })
            .collect())
    }

    /// Accepts a connection whose owner and endpoint ID are, read now, those of an endpoint of ours.
    pub(crate) async fn accept_connection(
        &self,
        service_id: &str,
        vpc_endpoint_id: &str,
    ) -> Result<(), Problem> {
        let rows = self.endpoint_connections(service_id).await?;
        let row = rows
            .iter()
            .find(|it| it.connection.vpc_endpoint_id == vpc_endpoint_id)
            .ok_or_else(|| Problem::NotFound {
                party: Party::Aws,
                operation: ACCEPT.to_owned(),
                message: vpc_endpoint_id.to_owned(),
            })?;
        if !row.may_accept {
            return Err(Problem::Refused {
                party: Party::Computer,
                operation: ACCEPT.to_owned(),
                message: row.why.clone(),
            });
        }
        let aws = &self.session.aws;
        aws.accept_connection(service_id, vpc_endpoint_id, CLICKPIPES_ACCOUNT)
            .await
    }

    /// The endpoints of every service of the organization, read now, and why those of a service could not be.
    async fn every_endpoint(&self) -> (Vec<ReversePrivateEndpoint>, Option<Problem>) {
        let mut endpoints = Vec::new();
        let services = match self.wizard.services().await {
            Ok(services) => services,
            Err(problem) => return (endpoints, Some(problem)),
        };
        let mut unread = None;
        for of_service in self.wizard.endpoints_of(services).await {
            match of_service.endpoints {
                Observed::Known { value } => endpoints.extend(value),
                Observed::Unknown { problem } => unread = Some(problem),
            }
        }
        (endpoints, unread)
    }
}
