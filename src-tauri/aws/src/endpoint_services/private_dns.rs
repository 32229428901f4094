//! The private DNS name of an endpoint service: what proves its domain, and the verification of that.

use aws_sdk_ec2::types::DnsNameState;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::facts::load_balancing::ServicePrivateDns;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::run::Progress;
use pipelink_plan::step::Outputs;

use super::reading::private_dns;
use super::{SERVICE, changed};
use crate::lattice::{unless_gone, waiting};
use crate::session::Aws;

const VERIFY: &str = "StartVpcEndpointServicePrivateDnsVerification";

impl Aws {
    /// The private DNS name of a service with its verification: the state, and the TXT record (the first label of
    /// its name, and its value) that AWS looks for in public DNS. `None` where the service has no such name, or AWS
    /// does not tell the record yet. `NotFound` where there is no service.
    pub async fn private_dns_record(
        &self,
        service_id: &str,
    ) -> Result<Option<ServicePrivateDns>, Problem> {
        let found = self.private_dns_of(service_id).await?;
        Ok(found.filter(|it| it.txt_name.is_some() && it.txt_value.is_some()))
    }

    async fn private_dns_of(&self, service_id: &str) -> Result<Option<ServicePrivateDns>, Problem> {
        let service = self.wire_service(service_id).await?;
        let service = service.ok_or_else(|| Problem::NotFound {
            party: Party::Aws,
            operation: super::CONFIGURATIONS.to_owned(),
            message: format!("{service_id} is not there"),
        })?;
        Ok(private_dns(
            service.private_dns_name,
            service.private_dns_name_configuration,
        ))
    }

    /// Has AWS look for the record, unless the name is verified.
    pub(crate) async fn verify_private_dns(&self, service_id: &str) -> Result<Outputs, Problem> {
        let found = self.private_dns_of(service_id).await?;
        if !found.is_some_and(|it| is(&it, &DnsNameState::Verified)) {
            self.session
                .ec2
                .start_vpc_endpoint_service_private_dns_verification()
                .service_id(service_id)
                .send()
                .await
                .map_err(self.problem(SERVICE, VERIFY))?;
        }
        Ok(changed(service_id))
    }

    /// Found where the name is verified: before that, another look at the record does no harm.
    pub(crate) async fn find_verified(&self, service_id: &str) -> Result<Option<Outputs>, Problem> {
        let found = unless_gone(self.private_dns_of(service_id).await)?.flatten();
        let verified = found.is_some_and(|it| is(&it, &DnsNameState::Verified));
        Ok(verified.then(|| changed(service_id)))
    }

    pub(crate) async fn verification_progress(
        &self,
        service_id: &str,
    ) -> Result<Progress, Problem> {
        let found = unless_gone(self.private_dns_of(service_id).await)?.flatten();
        let Some(found) = found else {
            return Ok(Progress::Missing);
        };
        let seen = found.state.clone().unwrap_or_else(|| "unknown".to_owned());
        Ok(match DnsNameState::from(seen.as_str()) {
            DnsNameState::Verified => Progress::Usable {
                outputs: Outputs::default(),
            },
            DnsNameState::Failed => Progress::Ended {
                seen,
                reason: Some(not_found(&found)),
            },
            DnsNameState::PendingVerification => waiting(seen, Turn::Aws),
            _ => waiting(seen, Turn::NotKnown),
        })
    }
}

fn is(found: &ServicePrivateDns, state: &DnsNameState) -> bool {
    found.state.as_deref() == Some(state.as_str())
}

/// AWS gives no reason; there is one why it fails.
fn not_found(found: &ServicePrivateDns) -> String {
    format!(
        "AWS did not find the TXT record {} with the value {} for {} in public DNS",
        found.txt_name.as_deref().unwrap_or_default(),
        found.txt_value.as_deref().unwrap_or_default(),
        found.private_dns_name
    )
}
