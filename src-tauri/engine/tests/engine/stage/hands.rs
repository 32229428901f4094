//! What people do by hand while a run waits for them: the admin in ClickHouse's console and in public DNS, the owner of
//! an endpoint service. And the hours that MSK takes, which pass by the world's clock.

use std::collections::BTreeMap;
use std::time::Duration;

use pipelink_engine::{Engine, Session};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunId, StepState};
use pipelink_plan::step::{Action, ActionKind, Input, OutputName, Outputs, StepId};
use serde_json::{Value, json};

use super::Stage;
use super::shape::{ABROAD, AT_HOME};

/// The description of what is made by hand.
pub(crate) const BY_HAND: &str = "made by hand";
/// How much of an update of a cluster passes at once. The engine looks each minute.
const MUCH_OF_AN_UPDATE: u64 = 20 * 60;

/// How often a cluster is seen to be held up before nobody waits for it any more.
const LOOKS_IN_VAIN: u32 = 5;

/// Drives a run as far as it goes; what it waits for people to do is done meanwhile.
pub(crate) async fn carry_on(
    stage: &Stage,
    engine: &Engine,
    session: &Session,
    run: &RunId,
) -> Run {
    helped(stage, engine, run, engine.carry_on(session, run)).await
}

/// Undoes a run as far as it goes, with what stays unless it is asked for.
pub(crate) async fn undo(stage: &Stage, engine: &Engine, session: &Session, run: &RunId) -> Run {
    let also = [StepId::from("connectivity")];
    helped(stage, engine, run, engine.undo(session, run, &also)).await
}

/// Has it driven to where it comes by itself and with the help it needs.
pub(crate) async fn helped(
    stage: &Stage,
    engine: &Engine,
    run: &RunId,
    driving: impl Future<Output = Result<Run, Problem>>,
) -> Run {
    tokio::pin!(driving);
    let mut pause = Duration::from_millis(200);
    let mut looks_in_vain = 0;
    loop {
        tokio::select! {
            run = &mut driving => return run.unwrap(),
            () = tokio::time::sleep(pause) => {}
        }
        let now = engine.run(run).await.unwrap().unwrap();
        let Some(action) = under_way(&now) else {
            continue;
        };
        if stage.is_held_up(&action).await {
            // Hours would pass before it is too long: somebody leaves it.
            looks_in_vain += 1;
            if looks_in_vain == LOOKS_IN_VAIN {
                engine.cancel(run).await.unwrap();
            }
        }
        if stage.lend_a_hand(&now, &action).await {
            // Refused or not answered, it is tried again, within the API's limit.
            pause = Duration::from_secs(1);
        }
    }
}

/// Does what the run waits for, unless it is what the step at `not_at` waits for.
pub(crate) async fn lend(stage: &Stage, run: &Run, not_at: usize) {
    let is_left = position(run).is_some_and(|at| {
        // The hours of an update pass all the same.
        at == not_at && run.plan.steps[at].action.kind() == ActionKind::Wait
    });
    if let (false, Some(action)) = (is_left, under_way(run)) {
        stage.lend_a_hand(run, &action).await;
    }
}

/// The step that the run waits for, or takes back.
fn position(run: &Run) -> Option<usize> {
    let waits = |state: &StepState| matches!(state, StepState::Waiting { .. } | StepState::Undoing);
    run.steps.iter().position(|step| waits(&step.state))
}

/// What the run waits for, or takes back, with every input a literal.
fn under_way(run: &Run) -> Option<Action> {
    let position = position(run)?;
    let made: BTreeMap<StepId, Outputs> = run
        .steps
        .iter()
        .map(|step| (step.id.clone(), step.outputs.clone()))
        .collect();
    run.plan.steps[position].action.resolve(&made).ok()
}

impl Stage {
    /// Does what the action waits for, if that is not done yet. Says whether a request was made.
    async fn lend_a_hand(&self, run: &Run, action: &Action) -> bool {
        match action {
            Action::AwaitShareAcceptance { .. } | Action::AwaitMskConnection { .. } => {
                if self
                    .endpoint_by_hand(&to_paste(run, action))
                    .await
                    .is_some()
                {
                    return false;
                }
                self.try_endpoint_by_hand(run, action).await;
                true
            }
            Action::AwaitEndpointConnection { .. } => {
                match self.endpoint_by_hand(&to_paste(run, action)).await {
                    None => self.try_endpoint_by_hand(run, action).await,
                    Some((id, _)) => self.try_act(&format!("accept {id}")).await,
                };
                true
            }
            Action::AwaitConnectionAcceptance { endpoint, .. } => {
                let connection = endpoint.value().unwrap();
                let things = self.things().await;
                let found = things
                    .iter()
                    .find(|(_, it)| it["endpoint_id"] == connection);
                if let Some((id, _)) = found {
                    self.try_act(&format!("accept {id}")).await;
                }
                found.is_some()
            }
            Action::AwaitDnsRecord { .. } => {
                let service = made(run, OutputName::EndpointServiceId);
                self.try_act(&format!("publish-txt {service}")).await;
                true
            }
            Action::UpdateMskConnectivity { cluster_arn, .. } => {
                let cluster = self.cluster(cluster_arn).await;
                if cluster["state"] == "UPDATING" && !cluster["due"].is_null() {
                    self.advance(MUCH_OF_AN_UPDATE).await;
                }
                false
            }
            _ => false,
        }
    }

    /// Whether a fault holds the update of a cluster up.
    async fn is_held_up(&self, action: &Action) -> bool {
        let Action::UpdateMskConnectivity { cluster_arn, .. } = action else {
            return false;
        };
        let cluster = self.cluster(cluster_arn).await;
        cluster["state"] == "UPDATING" && cluster["due"].is_null()
    }

    /// A cluster as the world has it.
    pub(crate) async fn cluster(&self, arn: &str) -> Value {
        let world = self.world().await;
        let regions = world["regions"].as_object().unwrap();
        let mut clusters = regions
            .values()
            .flat_map(|region| region["msk_clusters"].as_array().into_iter().flatten());
        let own = |it: &&Value| arn.ends_with(it["uuid"].as_str().unwrap());
        clusters.find(own).unwrap().clone()
    }

    /// Creates the endpoint of a run by hand, as the admin would in ClickHouse's console.
    pub(crate) async fn create_endpoint_by_hand(&self, run: &Run) {
        let action = under_way(run).unwrap();
        assert!(self.try_endpoint_by_hand(run, &action).await, "{run:#?}");
    }

    async fn try_endpoint_by_hand(&self, run: &Run, action: &Action) -> bool {
        let mut body = to_paste(run, action);
        body["description"] = json!(BY_HAND);
        let service = clickhouse_service(run);
        let answer = self
            .http
            .post(self.endpoints_url(service).await)
            .basic_auth(
                &self.connection.clickhouse_key_id,
                Some(&self.connection.clickhouse_key_secret),
            )
            .json(&body)
            .send()
            .await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    /// Deletes all of them again, and waits until they are gone.
    pub(crate) async fn delete_endpoint_by_hand(&self) {
        let mut any = false;
        for service in [AT_HOME, ABROAD] {
            let world = self.world().await;
            let services = world["organization"]["services"].as_array().unwrap();
            let owner = services.iter().find(|it| it["name"] == service).unwrap();
            let endpoints = owner["endpoints"].as_array().into_iter().flatten();
            for endpoint in endpoints.filter(|it| it["description"] == BY_HAND) {
                let id = endpoint["id"].as_str().unwrap();
                let url = format!("{}/{id}", self.endpoints_url(service).await);
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
                any = true;
            }
        }
        if any {
            self.advance(600).await;
            assert_eq!(self.endpoint_by_hand(&json!({})).await, None);
        }
    }

    /// The ID of the endpoint that was made by hand with these values, and the endpoint.
    pub(crate) async fn endpoint_by_hand(&self, pasted: &Value) -> Option<(String, Value)> {
        let pasted = pasted.as_object().unwrap().iter();
        // The type has another form in the world.
        let values: Vec<String> = pasted
            .filter(|(name, _)| *name != "type")
            .map(|(_, value)| value.to_string())
            .collect();
        let things = self.things().await;
        things.into_iter().find(|(_, thing)| {
            let kind = thing["kind"].to_string();
            thing["description"] == BY_HAND && values.iter().all(|value| kind.contains(value))
        })
    }

    async fn endpoints_url(&self, service: &str) -> String {
        format!(
            "{}/organizations/{}/services/{}/clickpipesReversePrivateEndpoints",
            self.connection.clickhouse_url,
            self.connection.organization_id,
            self.service(service).await,
        )
    }
}

/// What the run says is to be pasted into ClickHouse.
fn to_paste(run: &Run, action: &Action) -> Value {
    let value = |input: &Input| input.value().unwrap().to_owned();
    match action {
        Action::AwaitShareAcceptance {
            configuration,
            share,
            ..
        } => json!({
            "type": "VPC_RESOURCE",
            "vpcResourceConfigurationId": value(configuration),
            "vpcResourceShareArn": value(share),
        }),
        Action::AwaitMskConnection {
            cluster_arn,
            authentication,
            ..
        } => json!({
            "type": "MSK_MULTI_VPC",
            "mskClusterArn": cluster_arn,
            "mskAuthentication": authentication.as_wire(),
        }),
        Action::AwaitEndpointConnection { service_name, .. } => json!({
            "type": "VPC_ENDPOINT_SERVICE",
            "vpcEndpointServiceName": value(service_name),
        }),
        other => panic!("{} gives nothing to paste: {run:#?}", other.operation()),
    }
}

/// The first output of that name.
pub(crate) fn made(run: &Run, name: OutputName) -> &str {
    let mut steps = run.steps.iter();
    steps.find_map(|step| step.outputs.one(name)).unwrap()
}

/// The service whose admin follows the run: the plan for `ClickPipes` abroad lets another region in.
fn clickhouse_service(run: &Run) -> &'static str {
    let lets_in = |action: &Action| match action {
        Action::CreateEndpointService {
            supported_regions, ..
        } => !supported_regions.is_empty(),
        Action::AddSupportedRegion { .. } => true,
        _ => false,
    };
    if run.plan.steps.iter().any(|step| lets_in(&step.action)) {
        ABROAD
    } else {
        AT_HOME
    }
}
