//! What became of a run, and whether that agrees with what the checks said.

use pipelink_plan::check::{Check, CheckId, Verdict};
use pipelink_plan::paths::vpc_resource::choices::{Choices, Extent};
use pipelink_plan::run::{Run, RunState, StepState};
use serde_json::Value;

use super::cases::End;
use crate::stage::{Stage, step};

/// What became of a run, in the words of those who decided it.
#[derive(Debug)]
pub(super) enum Became {
    Ready { reach: Value },
    Failed { reason: String },
    Refused { step: String },
}

impl Became {
    pub(super) async fn of(stage: &Stage, run: &Run) -> Self {
        let Some(endpoint) = stage.endpoint_of(run).await else {
            assert!(matches!(run.state, RunState::Stopped { .. }), "{run:#?}");
            let mut steps = run.steps.iter();
            let failed = steps.find(|step| matches!(step.state, StepState::Failed { .. }));
            let step = failed.unwrap_or_else(|| panic!("nothing failed: {run:#?}"));
            return Self::Refused {
                step: step.id.0.clone(),
            };
        };
        if endpoint["status"] == "Ready" {
            assert_eq!(run.state, RunState::Done, "{run:#?}");
            let configuration = endpoint["kind"]["VPC_RESOURCE"]["configuration_id"].as_str();
            return Self::Ready {
                reach: stage.reach_of_configuration(configuration.unwrap()).await,
            };
        }
        assert_eq!(endpoint["status"], "Failed", "{run:#?}");
        assert!(
            matches!(step(run, "endpoint").state, StepState::Failed { .. }),
            "{run:#?}"
        );
        Self::Failed {
            reason: endpoint["reason"].as_str().unwrap().to_owned(),
        }
    }

    pub(super) fn is(&self, end: End) -> bool {
        match (self, end) {
            (Self::Ready { reach }, End::Ready { arrives }) => reach["reaches"] == arrives,
            (Self::Failed { reason }, End::Failed(words)) => reason.contains(words),
            (Self::Refused { step }, End::Refused(at)) => step == at,
            _ => false,
        }
    }

    /// A failed check of what AWS or ClickHouse can see keeps the endpoint from becoming Ready; where all of those
    /// pass or only warn, it is Ready. The same with the checks of the way, and connections.
    pub(super) fn agrees(&self, checks: &[Check], choices: &Choices, what: &str) {
        let (way, seen): (Vec<_>, Vec<_>) = checks
            .iter()
            .partition(|check| of_the_way(check.id, choices));
        let any = |of: &[&Check], verdict| of.iter().any(|check| check.verdict == verdict);
        let (fails, not_known) = (any(&seen, Verdict::Failure), any(&seen, Verdict::NotKnown));
        if matches!(self, Self::Ready { .. }) {
            assert!(!fails, "{what}: {self:?}, {checks:#?}");
        } else {
            assert!(fails || not_known, "{what}: {self:?}, {checks:#?}");
        }
        if let Self::Ready { reach } = self {
            let arrives = reach["reaches"] == true;
            let all_pass = way.iter().all(|check| check.verdict == Verdict::Passed);
            let none_fails = !any(&way, Verdict::Failure);
            assert!(!arrives || none_fails, "{what}: {reach}, {checks:#?}");
            assert!(arrives || !all_pass, "{what}: {reach}, {checks:#?}");
        }
    }
}

/// Whether a check is of the way from the gateway to the source, which neither AWS nor ClickHouse looks at. AWS
/// looks at a database when it makes a configuration for it, and never again.
fn of_the_way(check: CheckId, choices: &Choices) -> bool {
    match check {
        CheckId::SecurityGroupPath | CheckId::NetworkAcls | CheckId::NameResolves => true,
        CheckId::DatabaseAvailable | CheckId::NotPublic => {
            matches!(choices.extent, Extent::OnConfiguration { .. })
        }
        _ => false,
    }
}

impl Stage {
    /// The endpoint that a run made, as the world has it.
    async fn endpoint_of(&self, run: &Run) -> Option<Value> {
        let world = self.world().await;
        let services = world["organization"]["services"].as_array().unwrap();
        services
            .iter()
            .flat_map(|service| service["endpoints"].as_array().into_iter().flatten())
            .find(|it| it["description"].as_str().unwrap().contains(&run.id.0))
            .cloned()
    }
}
