//! What the admin does by hand in ClickHouse while a run without a key waits for it.

use std::time::Duration;

use pipelink_engine::{Engine, Session};
use pipelink_plan::run::{Run, RunId, RunState, StepState};
use pipelink_plan::step::{Action, OutputName};
use serde_json::json;

use super::Stage;

/// The description of what is made by hand.
pub(crate) const BY_HAND: &str = "made by hand";

/// Drives a run as far as it goes; where it waits for the share's acceptance, the endpoint is made by hand.
pub(crate) async fn carry_on(
    stage: &Stage,
    engine: &Engine,
    session: &Session,
    run: &RunId,
) -> Run {
    let carried = engine.carry_on(session, run);
    tokio::pin!(carried);
    let mut pause = Duration::from_millis(200);
    loop {
        tokio::select! {
            run = &mut carried => return run.unwrap(),
            () = tokio::time::sleep(pause) => {}
        }
        let now = engine.run(run).await.unwrap().unwrap();
        if is_waiting_for_hands(&now) && stage.endpoint_by_hand().await.is_none() {
            stage.try_endpoint_by_hand(&now).await;
            // Refused or not answered, it is tried again, within the API's limit.
            pause = Duration::from_secs(2);
        }
    }
}

fn is_waiting_for_hands(run: &Run) -> bool {
    let step = run.steps.last();
    run.state == RunState::Running
        && step.is_some_and(|step| {
            step.id.0 == "acceptance" && matches!(step.state, StepState::Waiting { .. })
        })
}

impl Stage {
    /// Creates the endpoint of a run by hand, as the admin would in ClickHouse's console.
    pub(crate) async fn create_endpoint_by_hand(&self, run: &Run) {
        assert!(self.try_endpoint_by_hand(run).await, "{run:#?}");
    }

    async fn try_endpoint_by_hand(&self, run: &Run) -> bool {
        let (configuration, share) = to_paste(run);
        let answer = self
            .http
            .post(self.endpoints_url().await)
            .basic_auth(
                &self.connection.clickhouse_key_id,
                Some(&self.connection.clickhouse_key_secret),
            )
            .json(&json!({
                "description": BY_HAND,
                "type": "VPC_RESOURCE",
                "vpcResourceConfigurationId": configuration,
                "vpcResourceShareArn": share,
            }))
            .send()
            .await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    /// Deletes it again, if it is there, and waits until it is gone.
    pub(crate) async fn delete_endpoint_by_hand(&self) {
        let Some(id) = self.endpoint_by_hand().await else {
            return;
        };
        let url = format!("{}/{id}", self.endpoints_url().await);
        let answer = self
            .http
            .delete(url)
            .basic_auth(
                &self.connection.clickhouse_key_id,
                Some(&self.connection.clickhouse_key_secret),
            )
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
        self.advance(600).await;
        assert_eq!(self.endpoint_by_hand().await, None);
    }

    /// The ID of the endpoint that was made by hand.
    pub(crate) async fn endpoint_by_hand(&self) -> Option<String> {
        let things = self.things().await;
        things
            .into_iter()
            .find(|(_, thing)| thing["description"] == BY_HAND)
            .map(|(id, _)| id)
    }

    async fn endpoints_url(&self) -> String {
        format!(
            "{}/organizations/{}/services/{}/clickpipesReversePrivateEndpoints",
            self.connection.clickhouse_url,
            self.connection.organization_id,
            self.service("orders-analytics").await,
        )
    }
}

/// What the run says is to be pasted into ClickHouse: the configuration's ID and the share's ARN.
fn to_paste(run: &Run) -> (String, String) {
    let made = |name| {
        let mut steps = run.steps.iter();
        steps.find_map(|step| step.outputs.one(name).map(str::to_owned))
    };
    let there = run.plan.steps.iter().find_map(|step| match &step.action {
        Action::AwaitShareAcceptance { configuration, .. } => {
            configuration.value().map(str::to_owned)
        }
        _ => None,
    });
    (
        made(OutputName::ConfigurationId).or(there).unwrap(),
        made(OutputName::ShareArn).unwrap(),
    )
}
