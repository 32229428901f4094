//! One account's board, put together from what the journal remembers. Calls nobody.

use std::collections::HashMap;

use pipelink_plan::board::{Board, BoardRow, UnreadService, WatchedShare};
use pipelink_plan::deadline;
use pipelink_plan::facts::Identity;
use pipelink_plan::facts::clickhouse::{ClickPipe, ReversePrivateEndpoint};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunState, StepState};
use pipelink_plan::step::{Action, OutputName};

use crate::Inner;
use crate::journal::observations::{self, KnownStatus, RememberedEndpoint};
use crate::journal::runs;

pub(crate) async fn board(engine: &Inner, account: &Identity) -> Result<Board, Problem> {
    let clock = engine.clock.clone();
    let (account_id, region) = (account.account_id.clone(), account.region.clone());
    engine
        .journal
        .read(move |connection| {
            let runs = runs::all(connection)?;
            let last = observations::last_sweep(connection, &account_id)?;
            let organizations = last
                .as_ref()
                .map(|last| last.organizations.clone())
                .unwrap_or_default();
            let (endpoints, unread) =
                observations::remembered(connection, &account_id, &organizations)?;
            let statuses = observations::principal_statuses(connection)?;
            let makers = Makers::of(&runs);
            let shares = runs
                .iter()
                .filter(|run| {
                    run.identity.account_id == account_id && run.identity.region == region
                })
                .filter_map(watched)
                .map(|share| WatchedShare {
                    principal_status: statuses.get(&share.run).cloned(),
                    ..share
                })
                .collect();
            Ok(Board {
                now: clock.now(),
                clock_speed: clock.speed(),
                rows: endpoints
                    .into_iter()
                    .map(|endpoint| row(endpoint, &makers))
                    .collect(),
                unread: unread
                    .into_iter()
                    .map(|(service, problem)| UnreadService { service, problem })
                    .collect(),
                shares,
                problem: last.as_ref().and_then(|last| last.problem.clone()),
                swept_at: last.map(|last| last.ended_at),
            })
        })
        .await
}

fn row(seen: RememberedEndpoint, makers: &Makers<'_>) -> BoardRow {
    let RememberedEndpoint {
        endpoint,
        service,
        pipes,
        since,
        known,
        seen_at,
    } = seen;
    let maker = makers.of_endpoint(&endpoint);
    BoardRow {
        turn: endpoint.status.turn(),
        // Counted from the status it was last known to be in: a word that tells none stops no clock.
        deletion: known.and_then(|known| {
            let KnownStatus {
                status,
                since,
                last_seen_in_another,
            } = known;
            deadline::window(&status, since, last_seen_in_another, None)
        }),
        pipes: pipes.map(|pipes| {
            pipes
                .into_iter()
                .filter(|pipe| uses(pipe, &endpoint))
                .collect()
        }),
        since,
        seen_at,
        run: maker.map(|run| run.id.clone()),
        port: maker.map(|run| run.plan.source.port),
        endpoint,
        service,
    }
}

/// Which run made what.
struct Makers<'a> {
    by_endpoint: HashMap<&'a str, &'a Run>,
    /// For endpoints made by hand with the values of a run.
    by_share: HashMap<&'a str, &'a Run>,
}

impl<'a> Makers<'a> {
    fn of(runs: &'a [Run]) -> Self {
        let outputs = |name| {
            runs.iter().flat_map(move |run| {
                run.steps
                    .iter()
                    .filter_map(move |step| Some((step.outputs.one(name)?, run)))
            })
        };
        Self {
            by_endpoint: outputs(OutputName::EndpointId).collect(),
            by_share: outputs(OutputName::ShareArn).collect(),
        }
    }

    fn of_endpoint(&self, endpoint: &ReversePrivateEndpoint) -> Option<&'a Run> {
        let by_share = || self.by_share.get(endpoint.resource_share_arn.as_deref()?);
        self.by_endpoint
            .get(endpoint.id.as_str())
            .or_else(by_share)
            .copied()
    }
}

/// The share of a run without a ClickHouse key that waits to be accepted; its principal's state not filled in.
pub(crate) fn watched(run: &Run) -> Option<WatchedShare> {
    let waits = matches!(run.state, RunState::Running | RunState::Stopped { .. })
        && matches!(
            run.plan.steps.last()?.action,
            Action::AwaitShareAcceptance { .. }
        )
        && !matches!(run.steps.last()?.state, StepState::Done);
    if !waits {
        return None;
    }
    let one = |name| run.steps.iter().find_map(|step| step.outputs.one(name));
    let made = run
        .steps
        .iter()
        .find(|step| step.outputs.one(OutputName::ShareArn).is_some())?;
    Some(WatchedShare {
        run: run.id.clone(),
        source: run.plan.source.name.clone(),
        share_arn: one(OutputName::ShareArn)?.to_owned(),
        configuration_id: one(OutputName::ConfigurationId)?.to_owned(),
        principal_status: None,
        made_at: made.began_at.unwrap_or(run.began_at),
    })
}

/// Whether a pipe goes through the endpoint: it names it, or connects to one of its names. A name may stand
/// for one label with `*` (clickhouse.com documentation, custom private DNS).
fn uses(pipe: &ClickPipe, endpoint: &ReversePrivateEndpoint) -> bool {
    let names = endpoint.dns_names.iter().chain(&endpoint.private_dns_names);
    pipe.endpoint_ids.contains(&endpoint.id)
        || names
            .into_iter()
            .any(|name| pipe.hosts.iter().any(|host| is_named(host, name)))
}

fn is_named(host: &str, name: &str) -> bool {
    let bare = |name: &str| name.trim_end_matches('.').to_ascii_lowercase();
    let (host, name) = (bare(host), bare(name));
    match name.strip_prefix("*.") {
        Some(parent) => host
            .split_once('.')
            .is_some_and(|(label, rest)| !label.is_empty() && rest == parent),
        None => host == name,
    }
}

#[cfg(test)]
mod tests {
    use super::is_named;

    #[test]
    fn a_host_is_matched_to_a_name_or_to_one_label_of_a_wildcard() {
        assert!(is_named("DB.Example.com.", "db.example.com"));
        assert!(is_named("b-1.example.com", "*.example.com"));
        assert!(!is_named("a.b-1.example.com", "*.example.com"));
        assert!(!is_named("example.com", "*.example.com"));
        assert!(!is_named(".example.com", "*.example.com"));
        assert!(!is_named("db.example.org", "db.example.com"));
    }
}
