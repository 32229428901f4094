//! What was read for one set of choices, and what the plan's functions of its path make of it: checks, plan, an
//! endpoint that is there already. The one place of the shell that tells the three paths apart.

use std::sync::Arc;

use pipelink_aws::Look;
use pipelink_plan::check::Check;
use pipelink_plan::facts::clickhouse::{ReversePrivateEndpoint, Service};
use pipelink_plan::facts::load_balancing::LoadBalancingFacts;
use pipelink_plan::facts::msk::MskFacts;
use pipelink_plan::facts::{ClickHouseFacts, RegionFacts, ServiceEndpoints, VpcFacts};
use pipelink_plan::names::FieldError;
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::choices::{Choices, ServiceChoice};
use pipelink_plan::paths::endpoint_service::choices::SourceChoice;
use pipelink_plan::paths::lookup::Lookup;
use pipelink_plan::paths::{endpoint_service, msk_multi_vpc, vpc_resource};
use pipelink_plan::problem::Problem;
use pipelink_plan::step::Plan;

use super::{Wizard, no_source, odd};

/// Everything that was read for some choices.
pub(super) struct Looked {
    choices: Choices,
    region: Arc<RegionFacts>,
    clickhouse: Option<ClickHouseFacts>,
    /// The VPC of the source; `None` where it is not known, or not needed.
    vpc: Option<VpcFacts>,
    msk: Option<MskFacts>,
    load_balancing: Option<LoadBalancingFacts>,
    lookups: Vec<Lookup>,
    skip_name_resolve: Option<Observed<Option<String>>>,
    multi_region: Option<Observed<bool>>,
}

impl Looked {
    /// Whether it was read for these choices.
    pub(super) fn is_of(&self, choices: &Choices) -> bool {
        self.choices == *choices
    }

    /// The VPC of the source, and the names to look up, as far as what was read so far tells.
    fn vpc_and_names(&self) -> Result<(Option<String>, Vec<String>), Problem> {
        let msk = self.msk.as_ref();
        Ok(match &self.choices {
            Choices::VpcResource(choices) => {
                let facts = self.vpc_resource();
                let source = vpc_resource::source_ref(facts, &choices.source);
                // Without its VPC nothing on this path can be looked at.
                let vpc_id = source.ok_or_else(no_source)?.vpc_id;
                let names = vpc_resource::names_to_look_up(facts, &choices.source);
                (Some(vpc_id), names)
            }
            Choices::MskMultiVpc(_) => (msk.and_then(|it| it.vpc_id.clone()), Vec::new()),
            Choices::EndpointService(choices) => (
                endpoint_service::vpc_id(&self.region, msk, &choices.source),
                endpoint_service::names_to_look_up(&self.region, msk, &choices.source),
            ),
        })
    }

    /// The organization's other services, where one of them may have what stands in the way.
    fn services_to_ask(&self) -> Vec<Service> {
        let (Choices::MskMultiVpc(choices), Some(msk), Some(clickhouse)) =
            (&self.choices, &self.msk, &self.clickhouse)
        else {
            return Vec::new();
        };
        let ServiceChoice::Key { service_id, .. } = &choices.service else {
            return Vec::new();
        };
        let (cluster_arn, authentication) = (&choices.cluster_arn, choices.authentication);
        if !msk_multi_vpc::is_held_elsewhere(msk, clickhouse, cluster_arn, authentication) {
            return Vec::new();
        }
        let services = clickhouse.services.known().into_iter().flatten();
        services
            .filter(|it| it.id != *service_id)
            .cloned()
            .collect()
    }

    /// Every check of the path.
    pub(super) fn checks(&self) -> Vec<Check> {
        match &self.choices {
            Choices::VpcResource(choices) => match &self.vpc {
                Some(vpc) => vpc_resource::checks::check(
                    self.vpc_resource(),
                    vpc,
                    self.clickhouse.as_ref(),
                    &self.lookups,
                    choices,
                ),
                None => Vec::new(),
            },
            Choices::MskMultiVpc(choices) => match &self.msk {
                Some(msk) => msk_multi_vpc::checks::check(
                    &self.region,
                    msk,
                    self.vpc.as_ref(),
                    self.clickhouse.as_ref(),
                    choices,
                ),
                None => Vec::new(),
            },
            Choices::EndpointService(choices) => match self.endpoint_service() {
                Some(facts) => endpoint_service::checks::check(&facts, choices),
                None => Vec::new(),
            },
        }
    }

    /// The plan, or every field that breaks its rule.
    pub(super) fn plan(&self) -> Result<Plan, Vec<FieldError>> {
        match &self.choices {
            Choices::VpcResource(choices) => vpc_resource::plan(self.vpc_resource(), choices),
            Choices::MskMultiVpc(choices) => match &self.msk {
                Some(msk) => msk_multi_vpc::plan(&self.region, msk, choices),
                None => Err(Vec::new()),
            },
            Choices::EndpointService(choices) => match self.endpoint_service() {
                Some(facts) => endpoint_service::plan(&facts, choices),
                None => Err(Vec::new()),
            },
        }
    }

    /// A Ready endpoint of the service that reaches the source already.
    pub(super) fn existing(&self) -> Option<&ReversePrivateEndpoint> {
        let clickhouse = self.clickhouse.as_ref()?;
        match &self.choices {
            Choices::VpcResource(choices) => {
                vpc_resource::existing_endpoint(self.vpc_resource(), clickhouse, &choices.source)
            }
            Choices::MskMultiVpc(choices) => msk_multi_vpc::existing_endpoint(
                clickhouse,
                &choices.cluster_arn,
                choices.authentication,
            ),
            Choices::EndpointService(choices) => {
                endpoint_service::existing_endpoint(&self.endpoint_service()?, &choices.source)
            }
        }
    }

    fn vpc_resource(&self) -> vpc_resource::Facts<'_> {
        vpc_resource::Facts {
            region: &self.region,
            msk: self.msk.as_ref(),
        }
    }

    fn endpoint_service(&self) -> Option<endpoint_service::Facts<'_>> {
        Some(endpoint_service::Facts {
            region: &self.region,
            vpc: self.vpc.as_ref(),
            load_balancing: self.load_balancing.as_ref()?,
            clickhouse: self.clickhouse.as_ref(),
            msk: self.msk.as_ref(),
            lookups: &self.lookups,
            skip_name_resolve: self.skip_name_resolve.as_ref(),
            multi_region: self.multi_region.as_ref(),
        })
    }
}

impl Wizard {
    /// Reads everything that the path of the choices looks at, now.
    pub(super) async fn look(&self, choices: &Choices) -> Result<Looked, Problem> {
        let cluster_arn = match choices {
            Choices::VpcResource(choices) => choices.source.cluster_arn(),
            Choices::MskMultiVpc(choices) => Some(choices.cluster_arn.as_str()),
            Choices::EndpointService(choices) => choices.source.cluster_arn(),
        };
        // What is read of the load balancers depends on the endpoints that are there.
        let both = async {
            let clickhouse = self.read_clickhouse(choices.service()).await;
            let load_balancing = self.read_load_balancing(choices, clickhouse.as_ref()).await;
            (clickhouse, load_balancing)
        };
        let (region, (clickhouse, load_balancing), msk) =
            tokio::join!(self.read_region(), both, self.read_cluster(cluster_arn));
        let mut looked = Looked {
            choices: choices.clone(),
            region,
            clickhouse,
            vpc: None,
            msk,
            load_balancing,
            lookups: Vec::new(),
            skip_name_resolve: None,
            multi_region: None,
        };
        let (vpc_id, names) = looked.vpc_and_names()?;
        let (vpc, lookups, skip_name_resolve, multi_region) = tokio::join!(
            self.read_vpc_if_known(vpc_id.as_deref()),
            self.look_up(names),
            self.read_skip_name_resolve(choices),
            self.read_multi_region(&looked),
        );
        looked.vpc = vpc;
        looked.lookups = lookups;
        looked.skip_name_resolve = skip_name_resolve;
        looked.multi_region = multi_region;
        Ok(looked)
    }

    /// Asks the organization's other services, one after the other, until one has what stands in the way: that changes
    /// what a check says, never what it comes to.
    pub(super) async fn ask_others(&self, looked: &mut Looked) {
        let services = looked.services_to_ask();
        let (Choices::MskMultiVpc(choices), Some(clickhouse)) =
            (&looked.choices, &mut looked.clickhouse)
        else {
            return;
        };
        for service in services {
            let read = self.endpoints_of(vec![service]).await;
            clickhouse.elsewhere.extend(read);
            let (cluster_arn, authentication) = (&choices.cluster_arn, choices.authentication);
            if msk_multi_vpc::is_found_elsewhere(clickhouse, cluster_arn, authentication) {
                return;
            }
        }
    }

    /// The endpoints of these services, read now, one service after the other: all share the key's request budget.
    pub(crate) async fn endpoints_of(&self, services: Vec<Service>) -> Vec<ServiceEndpoints> {
        let mut all = Vec::new();
        for service in services {
            let read = self
                .read_endpoints(&service.organization_id, &service.id)
                .await;
            let odd_endpoints = odd(&read);
            all.push(ServiceEndpoints {
                service,
                endpoints: read.map(|rows| rows.rows).into(),
                odd_endpoints,
            });
        }
        all
    }

    /// In full: what is built upon, and where the Ready endpoints of the ClickHouse service lead.
    async fn read_load_balancing(
        &self,
        choices: &Choices,
        clickhouse: Option<&ClickHouseFacts>,
    ) -> Option<LoadBalancingFacts> {
        let Choices::EndpointService(choices) = choices else {
            return None;
        };
        let region = &self.session.identity.region;
        let mut looked_at: Vec<String> = clickhouse
            .map(|it| endpoint_service::connected_services(it, region))
            .unwrap_or_default();
        looked_at.extend(choices.extent.there().map(str::to_owned));
        let aws = &self.session.aws;
        Some(aws.discover_load_balancing(Look::At(&looked_at)).await)
    }

    /// Asked of every database: what has no such parameter has no value.
    async fn read_skip_name_resolve(&self, choices: &Choices) -> Option<Observed<Option<String>>> {
        let Choices::EndpointService(choices) = choices else {
            return None;
        };
        let SourceChoice::Database { arn } = &choices.source else {
            return None;
        };
        Some(self.session.aws.skip_name_resolve(arn).await.into())
    }

    /// Asked with the call that the run would make, where what it takes is there.
    async fn read_multi_region(&self, looked: &Looked) -> Option<Observed<bool>> {
        let Choices::EndpointService(choices) = &looked.choices else {
            return None;
        };
        let asked = endpoint_service::dry_run(&looked.endpoint_service()?, choices)?;
        Some(self.session.aws.multi_region_right(&asked).await.into())
    }
}
