//! One account's board, put together from what the journal remembers. Calls nobody.

use std::collections::HashMap;

use pipelink_plan::board::{Board, BoardRow, UnreadService, WatchedShare};
use pipelink_plan::deadline;
use pipelink_plan::facts::Identity;
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::pipe_use::pipe_use;
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
                .filter(|pipe| pipe_use(pipe, &endpoint).is_some())
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
        && !matches!(run.steps.last()?.state, StepState::Done);
    if !waits {
        return None;
    }
    let outputs = run
        .steps
        .iter()
        .map(|step| (step.id.clone(), step.outputs.clone()))
        .collect();
    // The configuration may have been there before the run, so that no step has made it.
    let Ok(Action::AwaitShareAcceptance {
        configuration,
        share,
        ..
    }) = run.plan.steps.last()?.action.resolve(&outputs)
    else {
        return None;
    };
    let made = run
        .steps
        .iter()
        .find(|step| step.outputs.one(OutputName::ShareArn).is_some())?;
    Some(WatchedShare {
        run: run.id.clone(),
        source: run.plan.source.name.clone(),
        share_arn: share.value()?.to_owned(),
        configuration_id: configuration.value()?.to_owned(),
        principal_status: None,
        made_at: made.began_at.unwrap_or(run.began_at),
    })
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot go on should say where"
    )]

    use pipelink_plan::run::Run;
    use serde_json::{Value, json};

    use super::watched;

    const ARN: &str = "arn:aws:ram:us-east-1:111122223333:resource-share/1";

    /// A stopped run that waits for acceptance, with this configuration as its input.
    fn waiting(configuration: &Value) -> Run {
        let wait = json!({"id": "acceptance", "action": {
            "action": "awaitShareAcceptance",
            "configuration": configuration,
            "share": {"from": "output", "step": "share", "name": "shareArn"},
            "principal": "072088201116",
        }});
        let share = json!({"id": "share", "action": {
            "action": "createResourceShare",
            "name": "orders",
            "resource": {"from": "literal", "value": "arn"},
            "principal": "072088201116",
        }});
        let step = |id: &str, state: &str, outputs: Value| {
            json!({"id": id, "state": {"state": state}, "beganAt": null, "endedAt": null,
                "adopted": false, "outputs": outputs, "mayBeLeft": false})
        };
        serde_json::from_value(json!({
            "id": "run",
            "account": {"kind": "sandbox"},
            "identity": {"accountId": "111122223333", "arn": "arn", "partition": "aws",
                "region": "us-east-1", "endpointOverride": null},
            "plan": {
                "path": "vpcResource", "accountId": "111122223333", "region": "us-east-1",
                "source": {"target": {"kind": "ipAddress", "address": "10.0.0.9"}, "name": "10.0.0.9",
                    "engine": "other", "port": 5432, "tlsHost": null, "vpcId": "vpc-1"},
                "uses": [],
                "steps": [share, wait],
            },
            "accepted": [],
            "state": {"state": "running"},
            "beganAt": "2026-11-20T09:00:00Z", "endedAt": null, "cancelling": false, "undoAlso": [],
            "steps": [
                step("share", "done", json!({"shareArn": [ARN], "configurationId": ["rcfg-made"]})),
                step("acceptance", "sent", json!({})),
            ],
            "log": [],
        }))
        .unwrap()
    }

    #[test]
    fn a_share_is_watched_whether_the_run_made_its_configuration_or_found_it() {
        let found = waiting(&json!({"from": "literal", "value": "rcfg-there"}));
        let made = waiting(&json!({"from": "output", "step": "share", "name": "configurationId"}));
        for (run, configuration) in [(found, "rcfg-there"), (made, "rcfg-made")] {
            let share = watched(&run).unwrap();
            assert_eq!(share.configuration_id, configuration);
            assert_eq!(share.share_arn, ARN);
        }
    }
}
