//! What the journal adds to a run, as JSON on one line: for `cargo xtask bench`.
//!
//! A whole run against the sandbox in this process, with the journal on this computer's disk. The sandbox's
//! clock runs at the pace of AWS times [`SPEED`], so that the run's length is told in the account's time; each
//! write of the journal is timed by its tracing span, in the time of this computer.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    missing_docs,
    reason = "a program that measures, and prints what it measured"
)]

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use pipelink_aws::Aws;
use pipelink_clickhouse::{ApiKey, ClickHouse};
use pipelink_engine::clock::Clock;
use pipelink_engine::dns::Dns;
use pipelink_engine::{Engine, Session};
use pipelink_plan::account::AccountRef;
use pipelink_plan::paths::vpc_resource::choices::{Choices, Extent, ServiceChoice, SourceChoice};
use pipelink_plan::paths::vpc_resource::{network, plan};
use pipelink_plan::run::RunState;
use pipelink_plan::step::Plan;
use pipelink_sandbox::{Config, Connection, Sandbox};
use tracing::span;

/// Waiting at AWS's own pace would take minutes and measure nothing more. The account's time of a run holds
/// its calls too, this many times as long as they took: little beside the waiting.
const SPEED: f64 = 10.0;
const SPAN: &str = "journal_write";
const SOURCE: &str = "orders-postgres";
const SERVICE: &str = "orders-analytics";

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let cost = Arc::new(Cost::default());
    tracing::subscriber::set_global_default(Timing(Arc::clone(&cost)))?;
    let folder = tempfile::tempdir()?;
    let sandbox = Sandbox::start(Config {
        speed: SPEED,
        ..Config::default()
    })
    .await?;
    let connection = sandbox.connection();
    let session = session(connection).await?;
    let plan = planned(&session, connection).await?;
    let clock = Clock::sandbox(&connection.aws_endpoint_url).await?;
    let engine = Engine::open(&folder.path().join("journal.sqlite"), clock)?;

    cost.start_over();
    let id = engine.begin(&session, plan, Vec::new()).await?;
    let run = engine.carry_on(&session, &id).await?;
    let (writes, took) = cost.read();
    if run.state != RunState::Done {
        return Err(format!("the run did not come to its end: {:?}", run.state).into());
    }
    let ended = run.ended_at.ok_or("a run that is done has ended")?;
    let length = Duration::try_from(ended.duration_since(run.began_at))?;
    let steps = u32::try_from(run.steps.len())?;
    let milliseconds = |duration: Duration| duration.as_secs_f64() * 1_000.0;
    println!(
        "{}",
        serde_json::json!({
            "steps": steps,
            "writes": writes,
            "writesPerStep": f64::from(writes) / f64::from(steps),
            "millisecondsPerStep": milliseconds(took) / f64::from(steps),
            "microsecondsPerWrite": 1_000.0 * milliseconds(took) / f64::from(writes.max(1)),
            "appMilliseconds": milliseconds(took),
            "runMilliseconds": milliseconds(length),
        })
    );
    Ok(())
}

async fn session(connection: &Connection) -> Result<Session, Failure> {
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
    Ok(Session {
        account: AccountRef::Sandbox,
        identity: aws.identity().await?,
        aws,
        clickhouse: Some(ClickHouse::new(&connection.clickhouse_url, key)?),
        dns: Dns::at(connection.dns),
    })
}

/// The plan for the private cluster of the default scenario, with everything new.
async fn planned(session: &Session, connection: &Connection) -> Result<Plan, Failure> {
    let facts = session.aws.discover_region(session.identity.clone()).await;
    let clusters = facts.clusters.known().ok_or("no clusters are known")?;
    let cluster = clusters.iter().find(|each| each.identifier == SOURCE);
    let cluster = cluster.ok_or("the scenario has no such cluster")?;
    let instances = facts.instances.known().ok_or("no instances are known")?;
    let vpc_id = instances
        .iter()
        .filter(|instance| cluster.members.contains(&instance.identifier))
        .find_map(|instance| instance.vpc_id.as_deref())
        .ok_or("the cluster is in no VPC")?;
    let vpc = session
        .aws
        .discover_vpc(vpc_id, &session.identity.account_id)
        .await;
    let source = SourceChoice::Database {
        arn: cluster.arn.clone(),
    };
    let page = network::page(&facts, &vpc, &source).ok_or("the source is not among the facts")?;
    let clickhouse = session.clickhouse.as_ref().ok_or("there is a key")?;
    let services = clickhouse.services(&connection.organization_id).await?;
    let service = services.rows.iter().find(|each| each.name == SERVICE);
    let choices = Choices {
        custom_dns_enabled: false,
        source,
        service: ServiceChoice::Key {
            organization_id: connection.organization_id.clone(),
            service_id: service.ok_or("no such service")?.id.clone(),
        },
        extent: Extent::Everything {
            subnet_ids: page.default_subnet_ids,
            security_group_ids: page.default_security_group_ids,
            gateway_name: page.names.gateway,
            configuration_name: page.names.configuration,
        },
        share_name: page.names.share,
        description: page.names.description,
    };
    plan(&facts, &choices).map_err(|wrong| format!("{wrong:?}").into())
}

/// How often the journal was written, and how long that took in all.
#[derive(Default)]
struct Cost {
    total: Mutex<(u32, Duration)>,
    entered: Mutex<Option<Instant>>,
}

impl Cost {
    fn start_over(&self) {
        *self.total.lock().unwrap_or_else(PoisonError::into_inner) = (0, Duration::ZERO);
    }

    fn read(&self) -> (u32, Duration) {
        *self.total.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Times the journal's spans and takes no interest in anything else. Only the journal's own thread enters them.
struct Timing(Arc<Cost>);

impl tracing::Subscriber for Timing {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.is_span() && metadata.name() == SPAN
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        static LAST: AtomicU64 = AtomicU64::new(0);
        span::Id::from_u64(LAST.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn enter(&self, _: &span::Id) {
        let mut entered = self
            .0
            .entered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *entered = Some(Instant::now());
    }

    fn exit(&self, _: &span::Id) {
        let mut entered = self
            .0
            .entered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(entered) = entered.take() {
            let mut total = self.0.total.lock().unwrap_or_else(PoisonError::into_inner);
            total.0 += 1;
            total.1 += entered.elapsed();
        }
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, _: &tracing::Event<'_>) {}
}
