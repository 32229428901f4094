//! From a case to a plan: what is read, what the checks say to it, and the choices that were made.

use pipelink_aws::Aws;
use pipelink_engine::Session;
use pipelink_engine::dns::Dns;
use pipelink_plan::account::AccountRef;
use pipelink_plan::check::Check;
use pipelink_plan::facts::{ClickHouseFacts, RegionFacts};
use pipelink_plan::paths::lookup::Lookup;
use pipelink_plan::paths::vpc_resource::choices::{Choices, Extent, ServiceChoice, SourceChoice};
use pipelink_plan::paths::vpc_resource::network::NetworkPage;
use pipelink_plan::paths::vpc_resource::{checks, network, plan, source_ref};
use pipelink_plan::step::{Engine, Plan};

use super::cases::{Case, From, On};
use crate::stage::Stage;

impl Case {
    /// The choices, what the checks say to them, and the plan.
    pub(super) async fn plan(
        &self,
        stage: &Stage,
        session: &Session,
    ) -> (Choices, Vec<Check>, Plan) {
        let region = session.aws.discover_region(session.identity.clone()).await;
        let vpc_id = stage.named(self.region, "vpcs", "prod").await;
        let source = match self.from {
            From::Database(name) => SourceChoice::Database {
                arn: database(&region, name),
            },
            From::Name(name, resolution) => SourceChoice::DomainName {
                name: name.to_owned(),
                ports: "5432".to_owned(),
                resolution,
                engine: Engine::Postgres,
                vpc_id: vpc_id.unwrap(),
            },
            From::Address(address) => SourceChoice::IpAddress {
                address: address.to_owned(),
                ports: "5432".to_owned(),
                engine: Engine::Postgres,
                vpc_id: vpc_id.unwrap(),
            },
        };
        let lookups = match self.from {
            From::Name(name, _) => vec![Lookup {
                name: name.to_owned(),
                addresses: session.dns.lookup(name).await.into(),
            }],
            From::Database(_) | From::Address(_) => Vec::new(),
        };
        let vpc_id = source_ref(&region, &source).unwrap().vpc_id;
        let account = &session.identity.account_id;
        let vpc = session.aws.discover_vpc(&vpc_id, account).await;
        let page = network::page(&region, &vpc, &source).unwrap();
        let service_id = stage.service(self.service).await;
        let organization_id = stage.connection.organization_id.clone();
        let clickhouse = session.clickhouse.as_ref().unwrap();
        let endpoints = clickhouse.endpoints(&organization_id, &service_id).await;
        let services = clickhouse.services(&organization_id).await;
        let facts = ClickHouseFacts {
            services: services.map(|rows| rows.rows).into(),
            endpoints: endpoints.map(|rows| rows.rows).into(),
            odd_endpoints: 0,
            elsewhere: Vec::new(),
        };
        let choices = Choices {
            source,
            service: ServiceChoice::Key {
                organization_id,
                service_id,
            },
            extent: self.extent(stage, &page).await,
            share_name: page.names.share,
            custom_dns_enabled: false,
            description: page.names.description,
        };
        let checks = checks::check(&region, &vpc, Some(&facts), &lookups, &choices);
        let plan = plan(&region, &choices).unwrap();
        (choices, checks, plan)
    }

    async fn extent(&self, stage: &Stage, page: &NetworkPage) -> Extent {
        let id = async |kind, name| stage.named(self.region, kind, name).await.unwrap();
        let configuration_name = page.names.configuration.clone();
        let mut subnet_ids = page.default_subnet_ids.clone();
        let mut security_group_ids = page.default_security_group_ids.clone();
        let mut gateway_name = page.names.gateway.clone();
        match self.on {
            On::Proposed => {}
            On::Named(name) => name.clone_into(&mut gateway_name),
            On::Subnets(names, group) => {
                subnet_ids.clear();
                for name in names {
                    subnet_ids.push(id("subnets", name).await);
                }
                security_group_ids = vec![id("security_groups", group).await];
            }
            On::Gateway(name) => {
                return Extent::OnGateway {
                    gateway_id: id("resource_gateways", name).await,
                    configuration_name,
                };
            }
            On::Configuration(name) => {
                return Extent::OnConfiguration {
                    configuration_id: id("resource_configurations", name).await,
                };
            }
        }
        Extent::Everything {
            subnet_ids,
            security_group_ids,
            gateway_name,
            configuration_name,
        }
    }
}

fn database(region: &RegionFacts, name: &str) -> String {
    let clusters = region.clusters.known().unwrap().iter();
    let instances = region.instances.known().unwrap().iter();
    clusters
        .map(|it| (&it.identifier, &it.arn))
        .chain(instances.map(|it| (&it.identifier, &it.arn)))
        .find_map(|(id, arn)| (id == name).then(|| arn.clone()))
        .unwrap_or_else(|| panic!("no {name}"))
}

/// The account's session in one of its regions, with the key.
pub(super) async fn session_in(stage: &Stage, region: &str) -> Session {
    let connection = &stage.connection;
    let aws = Aws::open_sandbox(
        &connection.aws_endpoint_url,
        region,
        &connection.access_key_id,
        &connection.secret_access_key,
    );
    Session {
        account: AccountRef::Sandbox,
        identity: aws.identity().await.unwrap(),
        aws,
        dns: Dns::at(connection.dns),
        clickhouse: stage.session().await.clickhouse,
    }
}

impl Stage {
    /// The ID of what has that name in a region of the world.
    async fn named(&self, region: &str, kind: &str, name: &str) -> Option<String> {
        let world = self.world().await;
        let mut things = world["regions"][region][kind].as_array().unwrap().iter();
        let found = things.find(|it| it["name"] == name)?;
        Some(found["id"].as_str().unwrap().to_owned())
    }
}
