//! What the wizard reads for a set of choices, and what the plan's functions make of it: checks and a plan, on any of
//! the three paths. Everything is read through the real adapters.

use pipelink_aws::Look;
use pipelink_engine::Session;
use pipelink_plan::check::Check;
use pipelink_plan::facts::load_balancing::LoadBalancingFacts;
use pipelink_plan::facts::msk::MskFacts;
use pipelink_plan::facts::{ClickHouseFacts, RegionFacts, VpcFacts};
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::choices::{Choices, ServiceChoice};
use pipelink_plan::paths::endpoint_service::page::EndpointServicePage;
use pipelink_plan::paths::lookup::Lookup;
use pipelink_plan::paths::vpc_resource::network::NetworkPage;
use pipelink_plan::paths::{endpoint_service, msk_multi_vpc, vpc_resource};
use pipelink_plan::step::Plan;

/// Everything that was read for some choices.
pub(crate) struct Looked {
    choices: Choices,
    region: RegionFacts,
    clickhouse: Option<ClickHouseFacts>,
    vpc: Option<VpcFacts>,
    msk: Option<MskFacts>,
    load_balancing: Option<LoadBalancingFacts>,
    lookups: Vec<Lookup>,
    skip_name_resolve: Option<Observed<Option<String>>>,
    multi_region: Option<Observed<bool>>,
}

impl Looked {
    pub(crate) async fn at(session: &Session, choices: Choices) -> Self {
        let aws = &session.aws;
        let cluster_arn = match &choices {
            Choices::VpcResource(choices) => choices.source.cluster_arn(),
            Choices::MskMultiVpc(choices) => Some(choices.cluster_arn.as_str()),
            Choices::EndpointService(choices) => choices.source.cluster_arn(),
        };
        let mut looked = Self {
            region: aws.discover_region(session.identity.clone()).await,
            clickhouse: clickhouse(session, choices.service()).await,
            vpc: None,
            msk: msk(session, cluster_arn).await,
            load_balancing: None,
            lookups: Vec::new(),
            skip_name_resolve: None,
            multi_region: None,
            choices,
        };
        let (vpc_id, names) = looked.vpc_and_names();
        looked.vpc = vpc(session, vpc_id.as_deref()).await;
        looked.lookups = look_up(session, names).await;
        if let Choices::EndpointService(choices) = &looked.choices {
            let there: Vec<String> = choices
                .extent
                .there()
                .map(str::to_owned)
                .into_iter()
                .collect();
            looked.load_balancing = Some(aws.discover_load_balancing(Look::At(&there)).await);
            if let endpoint_service::choices::SourceChoice::Database { arn } = &choices.source {
                looked.skip_name_resolve = Some(aws.skip_name_resolve(arn).await.into());
            }
            let asked = endpoint_service::dry_run(&looked.endpoint_service(), choices);
            if let Some(asked) = asked {
                looked.multi_region = Some(aws.multi_region_right(&asked).await.into());
            }
        }
        looked
    }

    fn vpc_and_names(&self) -> (Option<String>, Vec<String>) {
        let msk = self.msk.as_ref();
        match &self.choices {
            Choices::VpcResource(choices) => {
                let facts = self.vpc_resource();
                let source = vpc_resource::source_ref(facts, &choices.source);
                let names = vpc_resource::names_to_look_up(facts, &choices.source);
                (source.map(|it| it.vpc_id), names)
            }
            Choices::MskMultiVpc(_) => (msk.and_then(|it| it.vpc_id.clone()), Vec::new()),
            Choices::EndpointService(choices) => (
                endpoint_service::vpc_id(&self.region, msk, &choices.source),
                endpoint_service::names_to_look_up(&self.region, msk, &choices.source),
            ),
        }
    }

    /// Every check of the path.
    pub(crate) fn checks(&self) -> Vec<Check> {
        let clickhouse = self.clickhouse.as_ref();
        match &self.choices {
            Choices::VpcResource(choices) => vpc_resource::checks::check(
                self.vpc_resource(),
                self.vpc.as_ref().unwrap(),
                clickhouse,
                &self.lookups,
                choices,
            ),
            Choices::MskMultiVpc(choices) => msk_multi_vpc::checks::check(
                &self.region,
                self.msk.as_ref().unwrap(),
                self.vpc.as_ref(),
                clickhouse,
                choices,
            ),
            Choices::EndpointService(choices) => {
                endpoint_service::checks::check(&self.endpoint_service(), choices)
            }
        }
    }

    /// The plan.
    pub(crate) fn plan(&self) -> Plan {
        match &self.choices {
            Choices::VpcResource(choices) => vpc_resource::plan(self.vpc_resource(), choices),
            Choices::MskMultiVpc(choices) => {
                msk_multi_vpc::plan(&self.region, self.msk.as_ref().unwrap(), choices)
            }
            Choices::EndpointService(choices) => {
                endpoint_service::plan(&self.endpoint_service(), choices)
            }
        }
        .unwrap_or_else(|wrong| panic!("{wrong:?}: {:?}", self.choices))
    }

    fn vpc_resource(&self) -> vpc_resource::Facts<'_> {
        vpc_resource::Facts {
            region: &self.region,
            msk: self.msk.as_ref(),
        }
    }

    fn endpoint_service(&self) -> endpoint_service::Facts<'_> {
        endpoint_service::Facts {
            region: &self.region,
            vpc: self.vpc.as_ref(),
            load_balancing: self.load_balancing.as_ref().unwrap(),
            clickhouse: self.clickhouse.as_ref(),
            msk: self.msk.as_ref(),
            lookups: &self.lookups,
            skip_name_resolve: self.skip_name_resolve.as_ref(),
            multi_region: self.multi_region.as_ref(),
        }
    }
}

/// The wizard's network page for a source of a VPC resource.
pub(crate) async fn network_page(
    session: &Session,
    source: &vpc_resource::choices::SourceChoice,
) -> NetworkPage {
    let region = session.aws.discover_region(session.identity.clone()).await;
    let msk = msk(session, source.cluster_arn()).await;
    let facts = vpc_resource::Facts {
        region: &region,
        msk: msk.as_ref(),
    };
    let vpc_id = vpc_resource::source_ref(facts, source).map(|it| it.vpc_id);
    let vpc = vpc(session, vpc_id.as_deref()).await.unwrap();
    vpc_resource::network::page(facts, &vpc, source).unwrap()
}

/// The wizard's network page for a source behind an endpoint service.
pub(crate) async fn load_balancing_page(
    session: &Session,
    source: &endpoint_service::choices::SourceChoice,
) -> EndpointServicePage {
    let region = session.aws.discover_region(session.identity.clone()).await;
    let msk = msk(session, source.cluster_arn()).await;
    let load_balancing = session.aws.discover_load_balancing(Look::Around).await;
    let vpc_id = endpoint_service::vpc_id(&region, msk.as_ref(), source);
    let names = endpoint_service::names_to_look_up(&region, msk.as_ref(), source);
    let vpc = vpc(session, vpc_id.as_deref()).await;
    let lookups = look_up(session, names).await;
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
    endpoint_service::page::page(&facts, source)
}

async fn msk(session: &Session, arn: Option<&str>) -> Option<MskFacts> {
    match arn {
        Some(arn) => Some(session.aws.discover_msk(arn).await),
        None => None,
    }
}

async fn vpc(session: &Session, id: Option<&str>) -> Option<VpcFacts> {
    let account = &session.identity.account_id;
    match id {
        Some(id) => Some(session.aws.discover_vpc(id, account).await),
        None => None,
    }
}

async fn look_up(session: &Session, names: Vec<String>) -> Vec<Lookup> {
    let mut lookups = Vec::new();
    for name in names {
        let addresses = session.dns.lookup(&name).await.into();
        lookups.push(Lookup { name, addresses });
    }
    lookups
}

async fn clickhouse(session: &Session, service: &ServiceChoice) -> Option<ClickHouseFacts> {
    let ServiceChoice::Key {
        organization_id,
        service_id,
    } = service
    else {
        return None;
    };
    let clickhouse = session.clickhouse.as_ref().unwrap();
    let services = clickhouse.services(organization_id).await;
    let endpoints = clickhouse.endpoints(organization_id, service_id).await;
    Some(ClickHouseFacts {
        services: services.map(|rows| rows.rows).into(),
        endpoints: endpoints.map(|rows| rows.rows).into(),
        odd_endpoints: 0,
        elsewhere: Vec::new(),
    })
}
