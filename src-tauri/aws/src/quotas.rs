//! Service Quotas: how much of what a set-up makes the account may have in the region.

use aws_sdk_servicequotas::types::ServiceQuota;
use pipelink_plan::facts::Quota;
use pipelink_plan::problem::Problem;

use crate::problems::missing;
use crate::session::Aws;

const CALL: &str = "ListServiceQuotas";
/// The services in which a set-up makes something, by their codes in Service Quotas.
const SERVICES: [&str; 2] = ["vpc-lattice", "ram"];
/// The most that a page of this call may have.
const PAGE: i32 = 100;

impl Aws {
    /// The applied quotas of VPC Lattice and RAM. Where the account has none of its own, AWS answers with
    /// the default; a quota whose value it does not know is left out.
    pub(crate) async fn quotas(&self) -> Result<Vec<Quota>, Problem> {
        let [lattice, ram] = SERVICES.map(|service| Box::pin(self.quotas_of(service)));
        let (mut quotas, of_ram) = tokio::try_join!(lattice, ram)?;
        quotas.extend(of_ram);
        Ok(quotas)
    }

    async fn quotas_of(&self, service: &str) -> Result<Vec<Quota>, Problem> {
        let found = self
            .session
            .quotas
            .list_service_quotas()
            .service_code(service)
            .into_paginator()
            .page_size(PAGE)
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem("servicequotas", CALL))?;
        found
            .into_iter()
            .filter_map(|wire| quota(service, wire).transpose())
            .collect()
    }
}

fn quota(service: &str, wire: ServiceQuota) -> Result<Option<Quota>, Problem> {
    let Some(value) = wire.value else {
        return Ok(None);
    };
    Ok(Some(Quota {
        service_code: service.to_owned(),
        quota_code: wire.quota_code.ok_or_else(|| missing(CALL, "QuotaCode"))?,
        name: wire.quota_name.ok_or_else(|| missing(CALL, "QuotaName"))?,
        value,
    }))
}
