//! The wizard's facts: read once for a page, kept for the next, read afresh before they decide anything.
//!
//! It owns no rule: rules are pipelink-plan's. It must not write anything, in AWS or ClickHouse.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use pipelink_clickhouse::Rows;
use pipelink_engine::Session;
use pipelink_plan::advice;
use pipelink_plan::check::{Check, CheckId, Verdict};
use pipelink_plan::facts::clickhouse::{Organization, ReversePrivateEndpoint, Service};
use pipelink_plan::facts::{ClickHouseFacts, RegionFacts, VpcFacts};
use pipelink_plan::names::FieldError;
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::vpc_resource::choices::{Choices, ServiceChoice, SourceChoice};
use pipelink_plan::paths::vpc_resource::network::NetworkPage;
use pipelink_plan::paths::vpc_resource::{self, network};
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::readings::{policy, review, topology};
use pipelink_plan::region;
use pipelink_plan::step::Plan;

use crate::commands::setup::{ChecksPage, ReviewPage, ServiceRow, SourcesPage};

/// One account's wizard.
pub(crate) struct Wizard {
    session: Arc<Session>,
    organization: Option<Organization>,
    /// As last read.
    region: Mutex<Option<Arc<RegionFacts>>>,
}

impl Wizard {
    pub(crate) fn new(session: Arc<Session>, organization: Option<Organization>) -> Self {
        Self {
            session,
            organization,
            region: Mutex::default(),
        }
    }

    /// Databases of the region and services of the organization, read now and together.
    pub(crate) async fn sources(&self) -> Result<SourcesPage, Problem> {
        let (region, services) = tokio::join!(self.read_region(), self.services());
        Ok(SourcesPage {
            sources: advice::sources(&region),
            vpcs: region.vpcs.known().cloned().unwrap_or_default(),
            unread: unread(&region),
            services: match services {
                Ok(services) => Observed::Known {
                    value: services.into_iter().map(service_row).collect(),
                },
                Err(problem) => Observed::Unknown { problem },
            },
        })
    }

    /// The source's VPC, read now.
    pub(crate) async fn network(&self, source: &SourceChoice) -> Result<NetworkPage, Problem> {
        let region = self.region().await;
        let vpc = self.read_vpc(&region, source).await?;
        network::page(&region, &vpc, source).ok_or_else(|| no_source(source))
    }

    /// Everything the checks look at, read now; then the checks.
    pub(crate) async fn checks(&self, choices: &Choices) -> Result<ChecksPage, Problem> {
        let (region, clickhouse, lookup) = tokio::join!(
            self.read_region(),
            self.read_clickhouse(choices),
            self.look_up(&choices.source),
        );
        let vpc = self.read_vpc(&region, &choices.source).await?;
        let existing = clickhouse
            .as_ref()
            .and_then(|facts| vpc_resource::existing_endpoint(&region, facts, &choices.source))
            .cloned();
        Ok(ChecksPage {
            checks: vpc_resource::checks::check(
                &region,
                &vpc,
                clickhouse.as_ref(),
                lookup.as_ref(),
                choices,
            ),
            existing,
        })
    }

    /// A Ready endpoint of the service that already reaches the source, if there is one.
    pub(crate) async fn existing(
        &self,
        source: &SourceChoice,
        organization_id: &str,
        service_id: &str,
    ) -> Result<Option<ReversePrivateEndpoint>, Problem> {
        let region = self.region().await;
        let endpoints = self.read_endpoints(organization_id, service_id).await?;
        let not_asked = Problem::NotAsked {
            reason: "only the endpoints are looked at".to_owned(),
        };
        let facts = clickhouse_facts(Err(not_asked), Ok(endpoints));
        Ok(vpc_resource::existing_endpoint(&region, &facts, source).cloned())
    }

    /// The plan for these choices and its readings, from what was read for the checks.
    pub(crate) async fn review(&self, choices: &Choices) -> Result<ReviewPage, Problem> {
        let plan = self.plan(choices).await?;
        Ok(ReviewPage {
            steps: review::review(&plan),
            topology: topology::topology(&plan, &std::collections::BTreeMap::new()),
            policy: policy::policy(&plan),
            plan,
        })
    }

    /// The plan to begin, if nothing stands against it: every check is made once more on fresh facts.
    pub(crate) async fn approved_plan(
        &self,
        choices: &Choices,
        accepted: &[CheckId],
    ) -> Result<Plan, Problem> {
        let page = self.checks(choices).await?;
        if let Some(check) = page
            .checks
            .iter()
            .find(|check| stands_against(check, accepted))
        {
            return Err(Problem::CheckStandsAgainst {
                headline: check.headline.clone(),
            });
        }
        self.plan(choices).await
    }

    async fn plan(&self, choices: &Choices) -> Result<Plan, Problem> {
        let region = self.region().await;
        vpc_resource::plan(&region, choices).map_err(|errors| no_plan(&errors))
    }

    async fn region(&self) -> Arc<RegionFacts> {
        let known = self
            .region
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        match known {
            Some(region) => region,
            None => self.read_region().await,
        }
    }

    async fn read_region(&self) -> Arc<RegionFacts> {
        let region = Arc::new(
            self.session
                .aws
                .discover_region(self.session.identity.clone())
                .await,
        );
        *self.region.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&region));
        region
    }

    async fn read_vpc(
        &self,
        region: &RegionFacts,
        source: &SourceChoice,
    ) -> Result<VpcFacts, Problem> {
        let vpc_id = vpc_resource::source_ref(region, source)
            .ok_or_else(|| no_source(source))?
            .vpc_id;
        let account_id = &self.session.identity.account_id;
        Ok(self.session.aws.discover_vpc(&vpc_id, account_id).await)
    }

    /// What a domain name resolves to from here; there is nothing to look up for another source.
    async fn look_up(&self, source: &SourceChoice) -> Option<Observed<Vec<IpAddr>>> {
        match source {
            SourceChoice::DomainName { name, .. } => {
                Some(self.session.dns.lookup(name).await.into())
            }
            SourceChoice::Database { .. } | SourceChoice::IpAddress { .. } => None,
        }
    }

    /// The organization's services, read now.
    pub(crate) async fn services(&self) -> Result<Vec<Service>, Problem> {
        let clickhouse = self
            .session
            .clickhouse
            .as_ref()
            .ok_or(Problem::KeyMissing)?;
        let organization = match &self.organization {
            Some(organization) => organization.id.clone(),
            None => {
                clickhouse
                    .organizations()
                    .await?
                    .into_iter()
                    .next()
                    .ok_or(Problem::KeyRejected)?
                    .id
            }
        };
        Ok(clickhouse.services(&organization).await?.rows)
    }

    async fn read_endpoints(
        &self,
        organization_id: &str,
        service_id: &str,
    ) -> Result<Rows<ReversePrivateEndpoint>, Problem> {
        let clickhouse = self
            .session
            .clickhouse
            .as_ref()
            .ok_or(Problem::KeyMissing)?;
        clickhouse.endpoints(organization_id, service_id).await
    }

    async fn read_clickhouse(&self, choices: &Choices) -> Option<ClickHouseFacts> {
        let ServiceChoice::Key {
            organization_id,
            service_id,
        } = &choices.service
        else {
            return None;
        };
        let (services, endpoints) = tokio::join!(
            self.services(),
            self.read_endpoints(organization_id, service_id)
        );
        Some(clickhouse_facts(services, endpoints))
    }
}

fn clickhouse_facts(
    services: Result<Vec<Service>, Problem>,
    endpoints: Result<Rows<ReversePrivateEndpoint>, Problem>,
) -> ClickHouseFacts {
    let odd = endpoints.as_ref().map_or(0, |rows| rows.odd.len());
    ClickHouseFacts {
        services: services.into(),
        odd_endpoints: u32::try_from(odd).unwrap_or(u32::MAX),
        endpoints: endpoints.map(|rows| rows.rows).into(),
    }
}

/// A failure always does; a warning or an unanswered check does until the admin has accepted it.
fn stands_against(check: &Check, accepted: &[CheckId]) -> bool {
    match check.verdict {
        Verdict::Passed => false,
        Verdict::Failure => true,
        Verdict::Warning | Verdict::NotKnown => !accepted.contains(&check.id),
    }
}

fn service_row(service: Service) -> ServiceRow {
    let created_on = service.created_at.map(region::created_on);
    ServiceRow {
        clickpipes_region: region::clickpipes_region(
            &service.provider,
            &service.region,
            created_on,
        ),
        service,
    }
}

fn unread(region: &RegionFacts) -> Vec<Problem> {
    [
        region.clusters.problem(),
        region.instances.problem(),
        region.msk_clusters.problem(),
        region.vpcs.problem(),
        region.gateways.problem(),
        region.configurations.problem(),
        region.shares.problem(),
    ]
    .into_iter()
    .flatten()
    .cloned()
    .collect()
}

fn no_source(source: &SourceChoice) -> Problem {
    Problem::NotFound {
        party: Party::Aws,
        operation: match source {
            SourceChoice::Database { .. } => "DescribeDBClusters",
            SourceChoice::DomainName { .. } | SourceChoice::IpAddress { .. } => "DescribeVpcs",
        }
        .to_owned(),
        message: match source {
            SourceChoice::Database { arn } => arn,
            SourceChoice::DomainName { vpc_id, .. } | SourceChoice::IpAddress { vpc_id, .. } => {
                vpc_id
            }
        }
        .clone(),
    }
}

/// Fields that break their rules where the page should not have let them through.
pub(crate) fn no_plan(errors: &[FieldError]) -> Problem {
    Problem::Refused {
        party: Party::Computer,
        operation: "Plan".to_owned(),
        message: errors
            .iter()
            .map(|error| error.rule.as_str())
            .collect::<Vec<_>>()
            .join(" "),
    }
}
