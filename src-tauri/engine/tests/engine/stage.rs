//! The stage: a sandbox in this process, a journal in a folder of its own, and a plan for the private
//! Postgres cluster of the default scenario.

pub(crate) mod calls;
pub(crate) mod hands;
pub(crate) mod look;
pub(crate) mod order;
pub(crate) mod plans;
pub(crate) mod shape;
mod world;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use pipelink_aws::Aws;
use pipelink_clickhouse::{ApiKey, ClickHouse};
use pipelink_engine::clock::Clock;
use pipelink_engine::dns::Dns;
use pipelink_engine::{Engine, Session};
use pipelink_plan::account::AccountRef;
use pipelink_plan::paths::vpc_resource::choices::{Choices, Extent, ServiceChoice, SourceChoice};
use pipelink_plan::paths::vpc_resource::{network, plan};
use pipelink_plan::run::{Run, RunId, RunState, RunStep};
use pipelink_plan::step::{Action, EndpointTarget, OutputName, Plan};
use pipelink_sandbox::{Config, Connection, Sandbox};
use tempfile::TempDir;
use tokio::task::{JoinError, JoinSet};

/// Fast enough to be quick; slow enough that a minute of the sandbox is a second here, so that limits of
/// minutes do not pass while a request is under way.
pub(crate) const SPEED: f64 = 60.0;

/// The steps of the path with a key, with the name of each step's call and its AWS service.
pub(crate) const STEPS: [(&str, &str, &str); 4] = [
    ("gateway", "vpc-lattice", "CreateResourceGateway"),
    (
        "configuration",
        "vpc-lattice",
        "CreateResourceConfiguration",
    ),
    ("share", "ram", "CreateResourceShare"),
    ("endpoint", "clickhouse", "CreateReversePrivateEndpoint"),
];

pub(crate) struct Stage {
    pub(crate) connection: Connection,
    pub(crate) folder: TempDir,
    _sandbox: Sandbox,
    http: reqwest::Client,
}

impl Stage {
    pub(crate) async fn set() -> Self {
        Self::set_at(SPEED).await
    }

    pub(crate) async fn set_at(speed: f64) -> Self {
        let sandbox = Sandbox::start(Config {
            speed,
            ..Config::default()
        })
        .await
        .unwrap();
        Self {
            connection: sandbox.connection().clone(),
            folder: tempfile::tempdir().unwrap(),
            _sandbox: sandbox,
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
        }
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.folder.path().join("journal.sqlite")
    }

    pub(crate) async fn engine(&self) -> Engine {
        engine(&self.connection, self.journal()).await
    }

    pub(crate) async fn session(&self) -> Session {
        session(&self.connection, true).await
    }

    pub(crate) async fn session_without_key(&self) -> Session {
        session(&self.connection, false).await
    }

    /// The plan for `orders-postgres` and the service `orders-analytics`, with the defaults of the wizard.
    pub(crate) async fn plan(&self) -> Plan {
        self.plan_for(self.key_choice().await).await
    }

    /// The same without a key: it ends with waiting for the share to be accepted.
    pub(crate) async fn plan_by_hand(&self) -> Plan {
        self.plan_for(self.hand_choice()).await
    }

    pub(crate) async fn plan_for(&self, service: ServiceChoice) -> Plan {
        let session = self.session_without_key().await;
        let facts = session.aws.discover_region(session.identity.clone()).await;
        let cluster = facts
            .clusters
            .known()
            .unwrap()
            .iter()
            .find(|cluster| cluster.identifier == "orders-postgres")
            .expect("the scenario has orders-postgres")
            .clone();
        let vpc_id = facts
            .instances
            .known()
            .unwrap()
            .iter()
            .filter(|instance| cluster.members.contains(&instance.identifier))
            .find_map(|instance| instance.vpc_id.clone())
            .unwrap();
        let vpc = session
            .aws
            .discover_vpc(&vpc_id, &session.identity.account_id)
            .await;
        let source = SourceChoice::Database { arn: cluster.arn };
        let page = network::page(&facts, &vpc, &source).unwrap();
        let choices = Choices {
            source,
            service,
            extent: Extent::Everything {
                subnet_ids: page.default_subnet_ids,
                security_group_ids: page.default_security_group_ids,
                gateway_name: page.names.gateway,
                configuration_name: page.names.configuration,
            },
            share_name: page.names.share,
            custom_dns_enabled: false,
            description: page.names.description,
        };
        plan(&facts, &choices).unwrap()
    }

    /// A plan for a service whose ClickPipes run in another region than the database: ClickHouse fails it.
    pub(crate) async fn plan_failing(&self) -> Plan {
        let world = self.world().await;
        let services = world["organization"]["services"].as_array().unwrap();
        let elsewhere = services
            .iter()
            .find(|service| {
                service["provider"] == "aws"
                    && service["region"] != self.connection.region.as_str()
                    && service["state"] == "running"
            })
            .unwrap();
        self.plan_for(ServiceChoice::Key {
            organization_id: self.connection.organization_id.clone(),
            service_id: elsewhere["id"].as_str().unwrap().to_owned(),
        })
        .await
    }

    /// Begins such a run and drives it until its endpoint was created, and no further.
    pub(crate) async fn begin_failing(&self, engine: &Engine, session: &Session) -> RunId {
        self.fault("clickhouse", "GetReversePrivateEndpoint", "forbidden", 1)
            .await;
        let run = self.run(engine, session, self.plan_failing().await).await;
        assert!(matches!(run.state, RunState::Stopped { .. }), "{run:#?}");
        run.id
    }

    /// A service's ID by its name.
    pub(crate) async fn service(&self, name: &str) -> String {
        let world = self.world().await;
        let services = world["organization"]["services"].as_array().unwrap();
        let service = services.iter().find(|service| service["name"] == name);
        service.unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// Begins a run and drives it as far as it goes.
    pub(crate) async fn run(&self, engine: &Engine, session: &Session, plan: Plan) -> Run {
        let id = engine.begin(session, plan, Vec::new()).await.unwrap();
        engine.carry_on(session, &id).await.unwrap()
    }

    /// Waits until the run in the journal is as asked for.
    pub(crate) async fn until(
        &self,
        engine: &Engine,
        run: &RunId,
        is: impl Fn(&Run) -> bool,
    ) -> Run {
        let began = Instant::now();
        loop {
            let now = engine.run(run).await.unwrap().unwrap();
            if is(&now) {
                return now;
            }
            assert!(began.elapsed() < Duration::from_mins(1), "{now:#?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

pub(crate) async fn engine(connection: &Connection, journal: PathBuf) -> Engine {
    let clock = Clock::sandbox(&connection.aws_endpoint_url).await.unwrap();
    // It waits for the disk, and many are opened at once.
    let opened = tokio::task::spawn_blocking(move || Engine::open(&journal, clock));
    opened.await.unwrap().unwrap()
}

pub(crate) async fn session(connection: &Connection, with_key: bool) -> Session {
    let aws = Aws::open_sandbox(
        &connection.aws_endpoint_url,
        &connection.region,
        &connection.access_key_id,
        &connection.secret_access_key,
    );
    let key = ApiKey::new(
        connection.clickhouse_key_id.clone(),
        connection.clickhouse_key_secret.clone().into(),
    );
    Session {
        account: AccountRef::Sandbox,
        identity: aws.identity().await.unwrap(),
        aws,
        clickhouse: with_key.then(|| ClickHouse::new(&connection.clickhouse_url, key).unwrap()),
        dns: Dns::at(connection.dns),
    }
}

/// Does several independent things at once; fails if one of them does.
pub(crate) async fn all<F: Future<Output = ()> + Send + 'static>(
    things: impl IntoIterator<Item = F>,
) {
    let mut under_way: JoinSet<()> = things.into_iter().collect();
    while let Some(thing) = under_way.join_next().await {
        if let Err(failed) = thing {
            std::panic::resume_unwind(failed.into_panic());
        }
    }
}

/// Does all of them, so many at once; fails as soon as one of them does.
pub(crate) async fn at_most<F: Future<Output = ()> + Send + 'static>(
    count: usize,
    things: impl IntoIterator<Item = F>,
) {
    let mut under_way = JoinSet::new();
    let ended = |one: Result<(), JoinError>| {
        if let Err(failed) = one {
            std::panic::resume_unwind(failed.into_panic());
        }
    };
    for thing in things {
        if under_way.len() >= count {
            under_way.join_next().await.into_iter().for_each(ended);
        }
        under_way.spawn(thing);
    }
    while let Some(one) = under_way.join_next().await {
        ended(one);
    }
}

pub(crate) fn step<'a>(run: &'a Run, id: &str) -> &'a RunStep {
    run.steps.iter().find(|step| step.id.0 == id).unwrap()
}

/// The run is done, with one of each thing of its plan in the world and every step's outputs known.
pub(crate) async fn assert_done_once(stage: &Stage, run: &Run) {
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert!(run.ended_at.is_some());
    let made = stage.made(&run.id).await;
    assert_eq!(made, order::planned(&run.plan), "{run:#?}");
    for (planned, done) in run.plan.steps.iter().zip(&run.steps) {
        if let Some(name) = tells(&planned.action) {
            assert!(done.outputs.one(name).is_some(), "{run:#?}");
        }
    }
}

/// The output that shows that an action came to its end, where it has any.
fn tells(action: &Action) -> Option<OutputName> {
    Some(match action {
        Action::CreateResourceGateway { .. } | Action::UpdateGatewaySecurityGroups { .. } => {
            OutputName::GatewayId
        }
        Action::CreateResourceConfiguration { .. }
        | Action::CreateConfigurationGroup { .. }
        | Action::CreateChildConfiguration { .. } => OutputName::ConfigurationId,
        Action::CreateResourceShare { .. } => OutputName::ShareArn,
        Action::UpdateMskConnectivity { .. } => OutputName::ClusterArn,
        Action::AllowInClusterPolicy { .. } => OutputName::PolicySid,
        Action::AwaitMskConnection { .. } => OutputName::ConnectionArn,
        Action::ReadBootstrapBrokers { .. } => OutputName::BootstrapBrokers,
        Action::CreateTargetGroup { .. } | Action::RegisterTargets { .. } => {
            OutputName::TargetGroupArn
        }
        Action::CreateLoadBalancer { .. }
        | Action::EnableCrossZone { .. }
        | Action::StopEnforcingInboundRules { .. } => OutputName::LoadBalancerArn,
        Action::CreateListener { .. } => OutputName::ListenerArn,
        Action::CreateEndpointService { .. }
        | Action::AllowPrincipal { .. }
        | Action::AddSupportedRegion { .. }
        | Action::VerifyPrivateDns { .. } => OutputName::EndpointServiceId,
        Action::AcceptEndpointConnection { .. }
        | Action::AwaitConnectionAcceptance { .. }
        | Action::AwaitEndpointConnection { .. } => OutputName::VpcEndpointId,
        Action::CreateReversePrivateEndpoint {
            to: EndpointTarget::VpcResource { .. },
            ..
        }
        | Action::AwaitEndpointReady { .. } => OutputName::DnsNames,
        Action::CreateReversePrivateEndpoint { .. } => OutputName::EndpointId,
        Action::AwaitShareAcceptance { .. } | Action::AwaitDnsRecord { .. } => return None,
    })
}
