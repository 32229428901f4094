//! A finished run, and what there is beside it.

use pipelink_plan::account::AccountRef;
use pipelink_plan::facts::RegionFacts;
use pipelink_plan::facts::clickhouse::{ClickPipe, ReversePrivateEndpoint};
use pipelink_plan::facts::lattice::EndpointAssociation;
use pipelink_plan::facts::load_balancing::LoadBalancingFacts;
use pipelink_plan::facts::msk::ClientVpcConnection;
use pipelink_plan::observed::Observed;
use pipelink_plan::readings::removal::{self, Removal, removal};
use pipelink_plan::run::{Run, RunId, RunState, RunStep, StepState};
use pipelink_plan::step::{OutputName, Plan};

use super::super::made_by;
use crate::facts::*;

pub(super) const OWN_ENDPOINT: &str = "3b9c7f10-52de-4d0f-8a11-0e6f9d2c4b58";
pub(super) const OWN_VPC_ENDPOINT: &str = "vpce-0e0000000000000009";
pub(super) const OWN_GATEWAY: &str = "rgw-0c0000000000000009";
pub(super) const OWN_CONFIGURATION: &str = "rcfg-0c0000000000000009";

/// A finished run of the plan.
pub(super) fn done(plan: Plan) -> Run {
    let made = made_by(&plan);
    let began_at = "2026-11-20T09:00:00Z".parse().unwrap();
    let steps = plan
        .steps
        .iter()
        .map(|step| RunStep {
            id: step.id.clone(),
            state: StepState::Done,
            began_at: Some(began_at),
            ended_at: Some(began_at),
            adopted: false,
            may_be_left: step.action.may_be_left(),
            outputs: made.get(&step.id).cloned().unwrap_or_default(),
        })
        .collect();
    Run {
        id: RunId("01939c3e-5b00-7c1d-8f2a-3b4c5d6e7f80".to_owned()),
        account: AccountRef::Sandbox,
        identity: region().identity,
        plan,
        accepted: Vec::new(),
        state: RunState::Done,
        began_at,
        ended_at: None,
        cancelling: false,
        undo_also: Vec::new(),
        steps,
        log: Vec::new(),
    }
}

/// What there is beside a run; nothing to begin with.
pub(super) struct Around {
    pub(super) region: RegionFacts,
    pub(super) associations: Observed<Vec<EndpointAssociation>>,
    pub(super) load_balancing: Option<LoadBalancingFacts>,
    pub(super) cluster_connections: Option<Observed<Vec<ClientVpcConnection>>>,
    pub(super) endpoints: Observed<Vec<ReversePrivateEndpoint>>,
    pub(super) pipes: Observed<Vec<ClickPipe>>,
}

impl Around {
    pub(super) fn nothing() -> Self {
        Self {
            region: region(),
            associations: known(Vec::new()),
            load_balancing: Some(LoadBalancingFacts {
                load_balancers: known(Vec::new()),
                target_groups: known(Vec::new()),
                endpoint_services: known(Vec::new()),
            }),
            cluster_connections: Some(known(Vec::new())),
            endpoints: known(Vec::new()),
            pipes: known(Vec::new()),
        }
    }

    pub(super) fn removal(&self, run: &Run) -> Removal {
        removal(
            run,
            &removal::Around {
                region: &self.region,
                associations: &self.associations,
                load_balancing: self.load_balancing.as_ref(),
                cluster_connections: self.cluster_connections.as_ref(),
                endpoints: &self.endpoints,
                pipes: &self.pipes,
            },
        )
    }

    pub(super) fn add_pipe(&mut self, name: &str, endpoint: Option<&str>, host: Option<&str>) {
        all(&mut self.pipes).push(ClickPipe {
            id: format!("id of {name}"),
            name: name.to_owned(),
            state: "Running".to_owned(),
            endpoint_ids: endpoint.map(str::to_owned).into_iter().collect(),
            hosts: host.map(str::to_owned).into_iter().collect(),
        });
    }

    pub(super) fn attach(&mut self, vpc_endpoint: &str, owner: Option<&str>) {
        all(&mut self.associations).push(EndpointAssociation {
            id: format!("rea-of-{vpc_endpoint}"),
            vpc_endpoint_id: Some(vpc_endpoint.to_owned()),
            vpc_endpoint_owner: owner.map(str::to_owned),
        });
    }
}

/// The run's own endpoint as ClickHouse tells it.
pub(super) fn own_endpoint() -> ReversePrivateEndpoint {
    ReversePrivateEndpoint {
        endpoint_id: Some(OWN_VPC_ENDPOINT.to_owned()),
        private_dns_names: vec!["*.orders.example.com".to_owned()],
        ..endpoint(OWN_ENDPOINT, OWN_CONFIGURATION)
    }
}

pub(super) fn share_of(run: &Run) -> String {
    run.steps
        .iter()
        .find_map(|step| step.outputs.one(OutputName::ShareArn))
        .unwrap()
        .to_owned()
}
