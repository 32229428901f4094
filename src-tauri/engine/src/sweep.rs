//! One sweep: every service's endpoints and pipes, and the shares that wait to be accepted, read once.
//!
//! Calls are reads only. An idle service is never woken: it is told as unread, and its rows keep what was last seen. Also
//! the moment at which a run, whose process ended while this one watched, is told as interrupted.

use std::sync::Arc;

use pipelink_clickhouse::ClickHouse;
use pipelink_plan::board::Board;
use pipelink_plan::facts::clickhouse::{Organization, Service};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, Run, RunId};
use pipelink_plan::step::Outputs;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::board::{board, watched};
use crate::journal::observations::{self, SeenEndpoints, SeenOrganization, SeenService, Sweep};
use crate::journal::{leases, runs};
use crate::lease::Lease;
use crate::{Inner, Session};

/// How many services are read at once. The key's request budget is the real limit; a short queue leaves
/// room in it for a run under way.
const AT_ONCE: usize = 3;

#[tracing::instrument(skip_all)]
pub(crate) async fn sweep(engine: &Arc<Inner>, session: &Session) -> Result<Board, Problem> {
    let name = leases::of_sweep(&session.identity.account_id);
    let mut lease = match Lease::take(&engine.journal, name).await {
        Ok(lease) => lease,
        Err(Problem::HeldElsewhere) => return board(engine, &session.identity).await,
        Err(problem) => return Err(problem),
    };
    if let Err(problem) = engine.clock.refresh().await {
        tracing::warn!(%problem, "the clock could not be read again");
    }
    let shares = shares(engine, session).await?;
    let (organizations, problem) = match &session.clickhouse {
        Some(clickhouse) => organizations(clickhouse).await,
        None => (Vec::new(), Some(Problem::KeyMissing)),
    };
    let seen = Sweep {
        at: engine.clock.now(),
        account_id: session.identity.account_id.clone(),
        problem,
        organizations,
        shares,
    };
    let word = lease.word();
    engine
        .journal
        .write(move |transaction| {
            word.keep(transaction)?;
            runs::settle_abandoned(transaction, seen.at)?;
            observations::keep(transaction, &seen)
        })
        .await?;
    lease.give_up().await?;
    engine.tick();
    board(engine, &session.identity).await
}

/// What there is on ClickHouse's side; the first problem that kept a whole list from being read.
async fn organizations(clickhouse: &ClickHouse) -> (Vec<SeenOrganization>, Option<Problem>) {
    let found = match clickhouse.organizations().await {
        Ok(found) => found,
        Err(problem) => return (Vec::new(), Some(problem)),
    };
    let (mut seen, mut first) = (Vec::new(), None);
    for organization in found {
        match services(clickhouse, &organization).await {
            Ok(organization) => seen.push(organization),
            Err(problem) => {
                // Still the key's organization: its rows keep what was last seen.
                seen.push(SeenOrganization {
                    id: organization.id,
                    complete: false,
                    services: Vec::new(),
                });
                first.get_or_insert(problem);
            }
        }
    }
    (seen, first)
}

async fn services(
    clickhouse: &ClickHouse,
    organization: &Organization,
) -> Result<SeenOrganization, Problem> {
    let listed = clickhouse.services(&organization.id).await?;
    for odd in &listed.odd {
        tracing::warn!(why = odd.why, "a service could not be read");
    }
    let gate = Arc::new(Semaphore::new(AT_ONCE));
    let mut reading = JoinSet::new();
    for (position, service) in listed.rows.into_iter().enumerate() {
        let (clickhouse, gate) = (clickhouse.clone(), Arc::clone(&gate));
        let organization = organization.id.clone();
        reading.spawn(async move {
            // Only closing it fails, and nobody does.
            let _turn = gate.acquire().await;
            let endpoints = endpoints(&clickhouse, &organization, &service).await;
            (position, SeenService { service, endpoints })
        });
    }
    let mut services = reading.join_all().await;
    services.sort_by_key(|(position, _)| *position);
    Ok(SeenOrganization {
        id: organization.id.clone(),
        complete: listed.odd.is_empty(),
        services: services.into_iter().map(|(_, service)| service).collect(),
    })
}

async fn endpoints(
    clickhouse: &ClickHouse,
    organization: &str,
    service: &Service,
) -> Result<SeenEndpoints, Problem> {
    let listed = clickhouse.endpoints(organization, &service.id).await?;
    for odd in &listed.odd {
        tracing::warn!(
            service = service.id,
            why = odd.why,
            "an endpoint could not be read"
        );
    }
    // Without endpoints nothing can use one: the request is left to others of this key's budget.
    let pipes = if listed.rows.is_empty() {
        Some(Vec::new())
    } else {
        match clickhouse.pipes(organization, &service.id).await {
            Ok(pipes) => Some(pipes.rows),
            Err(problem) => {
                tracing::warn!(service = service.id, %problem, "the pipes could not be read");
                None
            }
        }
    };
    Ok(SeenEndpoints {
        rows: listed.rows,
        complete: listed.odd.is_empty(),
        pipes,
    })
}

/// The state of the principal of every share of this account that waits to be accepted.
async fn shares(engine: &Inner, session: &Session) -> Result<Vec<(RunId, String)>, Problem> {
    let runs = engine.journal.read(runs::all).await?;
    let mut seen = Vec::new();
    for run in &runs {
        let here = run.identity.account_id == session.identity.account_id
            && run.identity.region == session.identity.region;
        if !here || watched(run).is_none() {
            continue;
        }
        match principal(session, run).await {
            Ok(Some(status)) => seen.push((run.id.clone(), status)),
            Ok(None) => {}
            Err(problem) => tracing::warn!(run = %run.id, %problem, "a share could not be read"),
        }
    }
    Ok(seen)
}

async fn principal(session: &Session, run: &Run) -> Result<Option<String>, Problem> {
    let made = run
        .steps
        .iter()
        .map(|step| (step.id.clone(), step.outputs.clone()))
        .collect();
    let Some(Ok(action)) = run.plan.steps.last().map(|step| step.action.resolve(&made)) else {
        return Ok(None);
    };
    Ok(
        match session.progress(&action, &Outputs::default()).await? {
            Progress::Waiting { seen, .. } | Progress::Ended { seen, .. } => Some(seen),
            Progress::Usable { .. } => Some("ASSOCIATED".to_owned()),
            Progress::Missing => None,
        },
    )
}
