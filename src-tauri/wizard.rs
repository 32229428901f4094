//! The wizard's facts: read once for a page, kept for the next, read afresh before they decide anything.
//!
//! It owns no rule: rules are pipelink-plan's. It must not write anything, in AWS or ClickHouse. What is read for one
//! set of choices, and handed to the plan's functions of its path, is in `looked.rs`.

mod looked;

use std::sync::{Arc, Mutex, PoisonError};

use pipelink_aws::Look;
use pipelink_clickhouse::Rows;
use pipelink_engine::Session;
use pipelink_plan::advice::{self, Advice, Answers};
use pipelink_plan::check::{Check, CheckId, Verdict};
use pipelink_plan::facts::clickhouse::{Organization, ReversePrivateEndpoint, Service};
use pipelink_plan::facts::msk::MskFacts;
use pipelink_plan::facts::{ClickHouseFacts, RegionFacts, VpcFacts};
use pipelink_plan::names::FieldError;
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::choices::{Choices, ServiceChoice};
use pipelink_plan::paths::endpoint_service::{self, page::EndpointServicePage};
use pipelink_plan::paths::lookup::Lookup;
use pipelink_plan::paths::msk_multi_vpc::{self, page::MskPage};
use pipelink_plan::paths::vpc_resource;
use pipelink_plan::paths::vpc_resource::network::{self, NetworkPage};
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::readings::{policy, review, topology};
use pipelink_plan::region;
use pipelink_plan::step::Plan;

use tokio::task::JoinSet;

use crate::commands::setup::{ChecksPage, ReviewPage, ServiceRow, SourcesPage};
use looked::Looked;

/// One account's wizard.
pub(crate) struct Wizard {
    session: Arc<Session>,
    organization: Option<Organization>,
    /// As last read.
    region: Mutex<Option<Arc<RegionFacts>>>,
    /// What was read for the choices that were checked last.
    looked: Mutex<Option<Arc<Looked>>>,
}

impl Wizard {
    pub(crate) fn new(session: Arc<Session>, organization: Option<Organization>) -> Self {
        Self {
            session,
            organization,
            region: Mutex::default(),
            looked: Mutex::default(),
        }
    }

    /// Sources of the region and services of the organization, read now and together.
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

    /// Which path fits what is answered, by the admin or by the source that is picked.
    pub(crate) async fn advise(&self, picked: Option<&str>, answers: &Answers) -> Advice {
        let region = self.region().await;
        advice::advise(&region, picked, answers)
    }

    /// The source's VPC, read now: for a VPC resource.
    pub(crate) async fn network(
        &self,
        source: &vpc_resource::choices::SourceChoice,
    ) -> Result<NetworkPage, Problem> {
        let (region, msk) = tokio::join!(self.region(), self.read_cluster(source.cluster_arn()));
        let facts = vpc_resource::Facts {
            region: &region,
            msk: msk.as_ref(),
        };
        let vpc_id = vpc_resource::source_ref(facts, source).map(|it| it.vpc_id);
        let vpc = self.read_vpc(&vpc_id.ok_or_else(no_source)?).await;
        network::page(facts, &vpc, source).ok_or_else(no_source)
    }

    /// A cluster with everything around it, read now: for MSK multi-VPC connectivity.
    pub(crate) async fn msk_cluster(&self, cluster_arn: &str) -> Result<MskPage, Problem> {
        let (region, msk) = tokio::join!(self.region(), self.session.aws.discover_msk(cluster_arn));
        let vpc = self.read_vpc_if_known(msk.vpc_id.as_deref()).await;
        let unread = msk.cluster.problem().cloned();
        msk_multi_vpc::page::page(&region, &msk, vpc.as_ref())
            .ok_or_else(|| unread.unwrap_or_else(no_source))
    }

    /// Load balancers, endpoint services and the source's VPC, read now: for an endpoint service.
    pub(crate) async fn load_balancing(
        &self,
        source: &endpoint_service::choices::SourceChoice,
    ) -> Result<EndpointServicePage, Problem> {
        let (region, msk, load_balancing) = tokio::join!(
            self.region(),
            self.read_cluster(source.cluster_arn()),
            self.session.aws.discover_load_balancing(Look::Around),
        );
        let vpc_id = endpoint_service::vpc_id(&region, msk.as_ref(), source);
        let names = endpoint_service::names_to_look_up(&region, msk.as_ref(), source);
        let (vpc, lookups) = tokio::join!(
            self.read_vpc_if_known(vpc_id.as_deref()),
            self.look_up(names)
        );
        let facts = endpoint_service::Facts {
            region: &region,
            vpc: vpc.as_ref(),
            load_balancing: &load_balancing,
            clickhouse: None,
            msk: msk.as_ref(),
            lookups: &lookups,
            skip_name_resolve: None,
            multi_region: None,
        };
        Ok(endpoint_service::page::page(&facts, source))
    }

    /// Everything the checks look at, read now; then the checks.
    pub(crate) async fn checks(&self, choices: &Choices) -> Result<ChecksPage, Problem> {
        let mut looked = Box::pin(self.look(choices)).await?;
        Box::pin(self.ask_others(&mut looked)).await;
        let looked = self.keep(looked);
        Ok(ChecksPage {
            checks: looked.checks(),
            existing: looked.existing().cloned(),
        })
    }

    /// A Ready endpoint of the service that already reaches the source, if there is one.
    pub(crate) async fn existing(
        &self,
        choices: &Choices,
    ) -> Result<Option<ReversePrivateEndpoint>, Problem> {
        let looked = Box::pin(self.look(choices)).await?;
        Ok(looked.existing().cloned())
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
        let looked = self.look_and_keep(choices).await?;
        if let Some(check) = looked
            .checks()
            .iter()
            .find(|check| stands_against(check, accepted))
        {
            return Err(Problem::CheckStandsAgainst {
                headline: check.headline.clone(),
            });
        }
        looked.plan().map_err(|errors| no_plan(&errors))
    }

    async fn plan(&self, choices: &Choices) -> Result<Plan, Problem> {
        let known = self
            .looked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
            .filter(|looked| looked.is_of(choices));
        let looked = match known {
            Some(looked) => looked,
            None => self.look_and_keep(choices).await?,
        };
        looked.plan().map_err(|errors| no_plan(&errors))
    }

    async fn look_and_keep(&self, choices: &Choices) -> Result<Arc<Looked>, Problem> {
        let looked = Box::pin(self.look(choices)).await?;
        Ok(self.keep(looked))
    }

    fn keep(&self, looked: Looked) -> Arc<Looked> {
        let looked = Arc::new(looked);
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&looked));
        looked
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

    async fn read_vpc(&self, vpc_id: &str) -> VpcFacts {
        let account_id = &self.session.identity.account_id;
        self.session.aws.discover_vpc(vpc_id, account_id).await
    }

    async fn read_vpc_if_known(&self, vpc_id: Option<&str>) -> Option<VpcFacts> {
        match vpc_id {
            Some(vpc_id) => Some(self.read_vpc(vpc_id).await),
            None => None,
        }
    }

    async fn read_cluster(&self, arn: Option<&str>) -> Option<MskFacts> {
        match arn {
            Some(arn) => Some(self.session.aws.discover_msk(arn).await),
            None => None,
        }
    }

    /// What names resolve to from here, all at once.
    async fn look_up(&self, names: Vec<String>) -> Vec<Lookup> {
        let dns = self.session.dns;
        let mut asked: JoinSet<Lookup> = names
            .into_iter()
            .map(|name| async move {
                let addresses = dns.lookup(&name).await.into();
                Lookup { name, addresses }
            })
            .collect();
        let mut lookups = Vec::new();
        while let Some(answered) = asked.join_next().await {
            lookups.extend(answered);
        }
        lookups.sort_by(|one, other| one.name.cmp(&other.name));
        lookups
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

    async fn read_clickhouse(&self, service: &ServiceChoice) -> Option<ClickHouseFacts> {
        let ServiceChoice::Key {
            organization_id,
            service_id,
        } = service
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
    ClickHouseFacts {
        services: services.into(),
        odd_endpoints: odd(&endpoints),
        endpoints: endpoints.map(|rows| rows.rows).into(),
        elsewhere: Vec::new(),
    }
}

/// How many endpoints came as something that could not be read.
fn odd(endpoints: &Result<Rows<ReversePrivateEndpoint>, Problem>) -> u32 {
    let odd = endpoints.as_ref().map_or(0, |rows| rows.odd.len());
    u32::try_from(odd).unwrap_or(u32::MAX)
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

/// What was chosen is not there any more, or does not tell enough of itself.
fn no_source() -> Problem {
    Problem::NotFound {
        party: Party::Aws,
        operation: "Discover".to_owned(),
        message: "The source that was chosen could not be read.".to_owned(),
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
