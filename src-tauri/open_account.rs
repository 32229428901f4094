//! One opened account: its session, its engine, its wizard, and the two tasks that follow it (the sweep of its
//! endpoints, and the word to the page that something changed). Both end when another account is opened.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pipelink_aws::Aws;
use pipelink_clickhouse::{ApiKey, CLOUD, ClickHouse};
use pipelink_engine::clock::Clock;
use pipelink_engine::dns::Dns;
use pipelink_engine::{Engine, Session};
use pipelink_plan::account::AccountRef;
use pipelink_plan::facts::clickhouse::Organization;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunId};
use pipelink_sandbox::{Config, Connection, Sandbox};
use tokio::task::AbortHandle;

use crate::app::{App, Drive, Notify, What};
use crate::commands::accounts::{AccountView, KeyState};
use crate::wizard::Wizard;

/// Between two sweeps, in real time: far inside the Cloud API's budget, and quick enough for deadlines of hours.
const SWEEP_EVERY: Duration = Duration::from_secs(30);
/// Changes that come closer together than this are told to the page as one.
const TELL_EVERY: Duration = Duration::from_millis(120);
/// A run that is refused (held by another process, wrong account) is so at once; one that lasts longer is under way.
const REFUSED_WITHIN: Duration = Duration::from_millis(300);
/// How long opening an account waits for ClickHouse to say which organization the key belongs to.
const ORGANIZATION_WITHIN: Duration = Duration::from_secs(5);

/// The account in use.
pub(crate) struct OpenAccount {
    pub(crate) session: Arc<Session>,
    pub(crate) engine: Engine,
    pub(crate) wizard: Wizard,
    pub(crate) view: AccountView,
    pub(crate) clickhouse_url: String,
    followers: Mutex<Vec<AbortHandle>>,
}

impl OpenAccount {
    /// Asks AWS who the account is, and finds its key. It is not followed yet.
    pub(crate) async fn open(app: &App, account: AccountRef) -> Result<Self, Problem> {
        let (aws, engine, key, state, clickhouse_url, dns) = match &account {
            AccountRef::Sandbox => {
                let (connection, engine) = app.sandbox.running().await?;
                let key = ApiKey::new(
                    connection.clickhouse_key_id.clone(),
                    connection.clickhouse_key_secret.clone().into(),
                );
                (
                    sandbox_aws(&connection),
                    engine,
                    Some(key),
                    KeyState::Sandbox,
                    connection.clickhouse_url,
                    Dns::at(connection.dns),
                )
            }
            AccountRef::Profile { name, region } => {
                let aws = Aws::open_profile(&app.files, name, region).await?;
                let engine = app.real_engine().await?;
                let cloud = CLOUD.to_owned();
                (aws, engine, None, KeyState::Missing, cloud, Dns::system())
            }
        };
        let identity = aws.identity().await?;
        let (key, state) = match state {
            KeyState::Sandbox => (key, state),
            _ => app.keys.find(&identity.account_id).await,
        };
        let clickhouse = key
            .map(|key| ClickHouse::new(&clickhouse_url, key))
            .transpose()?;
        let organization = match &clickhouse {
            Some(clickhouse) => organization(clickhouse).await,
            None => None,
        };
        let view = AccountView {
            account: account.clone(),
            identity: identity.clone(),
            key: state,
            organization: organization.clone(),
        };
        let session = Arc::new(Session {
            account,
            identity,
            aws,
            clickhouse,
            dns,
        });
        Ok(Self {
            wizard: Wizard::new(Arc::clone(&session), organization),
            session,
            engine,
            view,
            clickhouse_url,
            followers: Mutex::default(),
        })
    }

    /// Starts the sweep of its endpoints and the word to the page.
    pub(crate) fn follow(&self, notify: &Notify) {
        *self.followers() = vec![
            tell_changes(&self.engine, Arc::clone(notify)),
            sweep_for_ever(&self.engine, Arc::clone(&self.session)),
        ];
    }

    /// Ends both, at once.
    pub(crate) fn stop_following(&self) {
        for follower in self.followers().drain(..) {
            follower.abort();
        }
    }

    fn followers(&self) -> MutexGuard<'_, Vec<AbortHandle>> {
        self.followers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn clickhouse(&self) -> Result<&ClickHouse, Problem> {
        self.session.clickhouse.as_ref().ok_or(Problem::KeyMissing)
    }

    /// Carries a run out in the background, and reports only a refusal: what happens to the run is in the journal.
    pub(crate) async fn drive(&self, run: RunId, direction: Drive) -> Result<(), Problem> {
        let (engine, session) = (self.engine.clone(), Arc::clone(&self.session));
        let mut driver = tokio::spawn(async move {
            let outcome = match direction {
                Drive::Forward => engine.carry_on(&session, &run).await,
                Drive::Back { also } => engine.undo(&session, &run, &also).await,
            };
            if let Err(problem) = &outcome {
                tracing::warn!(%run, %problem, "the run could not be driven");
            }
            outcome
        });
        tokio::select! {
            ended = &mut driver => match ended {
                Ok(Ok(Run { .. })) => Ok(()),
                Ok(Err(problem)) => Err(problem),
                Err(panic) => Err(Problem::Internal { message: panic.to_string() }),
            },
            () = tokio::time::sleep(REFUSED_WITHIN) => Ok(()),
        }
    }
}

impl Drop for OpenAccount {
    fn drop(&mut self) {
        self.stop_following();
    }
}

async fn organization(clickhouse: &ClickHouse) -> Option<Organization> {
    tokio::time::timeout(ORGANIZATION_WITHIN, clickhouse.organizations())
        .await
        .ok()?
        .ok()?
        .into_iter()
        .next()
}

fn tell_changes(engine: &Engine, notify: Notify) -> AbortHandle {
    let mut changes = engine.changes();
    tokio::spawn(async move {
        while changes.changed().await.is_ok() {
            notify(What::Journal);
            tokio::time::sleep(TELL_EVERY).await;
        }
    })
    .abort_handle()
}

fn sweep_for_ever(engine: &Engine, session: Arc<Session>) -> AbortHandle {
    let engine = engine.clone();
    tokio::spawn(async move {
        loop {
            // What went wrong is on the board itself.
            if let Err(problem) = engine.sweep(&session).await {
                tracing::warn!(%problem, "the endpoints could not be read");
            }
            tokio::time::sleep(SWEEP_EVERY).await;
        }
    })
    .abort_handle()
}

fn sandbox_aws(connection: &Connection) -> Aws {
    Aws::open_sandbox(
        &connection.aws_endpoint_url,
        &connection.region,
        &connection.access_key_id,
        &connection.secret_access_key,
    )
}

/// The embedded sandbox: started when first used, on a world that outlives the process.
pub(crate) struct SandboxWorld {
    world: PathBuf,
    journal: PathBuf,
    running: tokio::sync::Mutex<Option<Running>>,
}

struct Running {
    /// `None` where another process serves the world.
    server: Option<Sandbox>,
    connection: Connection,
    engine: Engine,
}

impl SandboxWorld {
    pub(crate) fn new(world: PathBuf, journal: PathBuf) -> Self {
        Self {
            world,
            journal,
            running: tokio::sync::Mutex::default(),
        }
    }

    /// How to reach the sandbox, and its engine, whose clock is the sandbox's.
    pub(crate) async fn running(&self) -> Result<(Connection, Engine), Problem> {
        let mut running = self.running.lock().await;
        let elsewhere = match running.as_ref() {
            Some(ours) if ours.server.is_some() => {
                return Ok((ours.connection.clone(), ours.engine.clone()));
            }
            _ => pipelink_sandbox::running(&self.world),
        };
        let (server, connection) = if let Some(connection) = elsewhere {
            (None, connection)
        } else {
            let config = Config {
                world: Some(self.world.clone()),
                ..Config::default()
            };
            let server = Sandbox::start(config)
                .await
                .map_err(|e| Problem::Internal {
                    message: e.to_string(),
                })?;
            let connection = server.connection().clone();
            (Some(server), connection)
        };
        let engine = match Clock::sandbox(&connection.aws_endpoint_url)
            .await
            .and_then(|clock| Engine::open(&self.journal, clock))
        {
            Ok(engine) => engine,
            Err(problem) => {
                // The next attempt must not find it on its way out.
                if let Some(server) = server {
                    server.stop().await;
                }
                return Err(problem);
            }
        };
        *running = Some(Running {
            server,
            connection: connection.clone(),
            engine: engine.clone(),
        });
        Ok((connection, engine))
    }
}

impl App {
    /// A client for an account that need not be the one in use.
    pub(crate) async fn aws(&self, account: &AccountRef) -> Result<Aws, Problem> {
        match account {
            AccountRef::Sandbox => Ok(sandbox_aws(&self.sandbox.running().await?.0)),
            AccountRef::Profile { name, region } => {
                Aws::open_profile(&self.files, name, region).await
            }
        }
    }
}
