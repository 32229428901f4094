//! What can be done with a run's things after the run: giving its gateway other security groups, and looking at
//! what deleting everything would break. It reads; the engine writes.

use std::collections::BTreeSet;

use pipelink_aws::Look;
use pipelink_clickhouse::OddRow;
use pipelink_plan::facts::RegionFacts;
use pipelink_plan::facts::clickhouse::{ClickPipe, ReversePrivateEndpoint, Service};
use pipelink_plan::facts::lattice::{EndpointAssociation, ResourceGateway};
use pipelink_plan::facts::load_balancing::LoadBalancingFacts;
use pipelink_plan::facts::msk::ClientVpcConnection;
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::vpc_resource::{self, network};
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::readings::removal::{self, Around, Removal};
use pipelink_plan::run::{Run, RunId};
use pipelink_plan::step::{Action, OutputName, PathKind, Plan, Target, Used};

use crate::app::no_run;
use crate::commands::runs::GatewayGroupsPage;
use crate::open_account::OpenAccount;
use crate::wizard;

impl OpenAccount {
    /// What undoing a run deletes, and what would break, as far as it can be read now.
    pub(crate) async fn removal(&self, id: &RunId) -> Result<Removal, Problem> {
        let run = self.run(id).await?;
        let aws = &self.session.aws;
        let (region, associations, load_balancing, cluster_connections, users) = tokio::join!(
            Box::pin(aws.discover_region(self.session.identity.clone())),
            self.associations(&run),
            self.load_balancing(&run),
            self.cluster_connections(&run),
            self.users(&run),
        );
        let Users {
            endpoints,
            pipes,
            unread,
        } = users?;
        let around = Around {
            region: &region,
            associations: &associations,
            load_balancing: load_balancing.as_ref(),
            cluster_connections: cluster_connections.as_ref(),
            endpoints: &Observed::Known { value: endpoints },
            pipes: &Observed::Known { value: pipes },
        };
        let mut removal = removal::removal(&run, &around);
        for problem in unread {
            if !removal.unread.contains(&problem) {
                removal.unread.push(problem);
            }
        }
        Ok(removal)
    }

    /// The gateway that a run made, uses or changes, and the groups that it could have.
    pub(crate) async fn gateway_groups(&self, id: &RunId) -> Result<GatewayGroupsPage, Problem> {
        let run = self.run(id).await?;
        let (region, gateway) = self.region_and_gateway(&run).await?;
        let vpc = self
            .session
            .aws
            .discover_vpc(&gateway.vpc_id, &self.session.identity.account_id)
            .await;
        if let Some(problem) = vpc.security_groups.problem() {
            return Err(problem.clone());
        }
        Ok(GatewayGroupsPage {
            groups: network::groups_of_gateway(&region, &vpc, &run.plan.source, &gateway),
            gateway,
        })
    }

    /// The plan that gives that gateway other security groups, if it still has those that were shown.
    pub(crate) async fn group_change(
        &self,
        id: &RunId,
        shown: &[String],
        security_group_ids: &[String],
    ) -> Result<Plan, Problem> {
        let run = self.run(id).await?;
        let (_, gateway) = self.region_and_gateway(&run).await?;
        let sorted = |ids: &[String]| -> BTreeSet<String> { ids.iter().cloned().collect() };
        if sorted(&gateway.security_group_ids) != sorted(shown) {
            return Err(Problem::Conflict {
                operation: "UpdateResourceGateway".to_owned(),
                message: format!(
                    "The gateway's security groups are now {}: they were changed since they were shown.",
                    gateway.security_group_ids.join(", ")
                ),
            });
        }
        vpc_resource::change_gateway_groups(
            &self.session.identity,
            &gateway,
            &run.plan.source,
            security_group_ids,
        )
        .map_err(|errors| wizard::no_plan(&errors))
    }

    async fn run(&self, id: &RunId) -> Result<Run, Problem> {
        self.engine.run(id).await?.ok_or_else(|| no_run(id))
    }

    async fn region_and_gateway(
        &self,
        run: &Run,
    ) -> Result<(RegionFacts, ResourceGateway), Problem> {
        let id = gateway_of(run).ok_or_else(|| Problem::NotFound {
            party: Party::Computer,
            operation: "GetResourceGateway".to_owned(),
            message: format!("run {} has no gateway", run.id),
        })?;
        let aws = &self.session.aws;
        let (region, gateway) = tokio::join!(
            Box::pin(aws.discover_region(self.session.identity.clone())),
            aws.gateway(&id),
        );
        Ok((region, gateway?))
    }

    async fn associations(&self, run: &Run) -> Observed<Vec<EndpointAssociation>> {
        match configuration_of(run) {
            Some(id) => self.session.aws.endpoint_associations(&id).await.into(),
            None => Observed::Known { value: Vec::new() },
        }
    }

    /// The load balancers and services that a run made or builds upon, with what hangs on them.
    async fn load_balancing(&self, run: &Run) -> Option<LoadBalancingFacts> {
        if run.plan.path != PathKind::EndpointService {
            return None;
        }
        let of = |name: OutputName| {
            let outputs = run
                .steps
                .iter()
                .filter_map(move |step| step.outputs.0.get(&name));
            outputs.flatten().cloned()
        };
        let used = run.plan.uses.iter().filter_map(|used| match used {
            Used::LoadBalancer { arn, .. } => Some(arn.clone()),
            Used::EndpointService { id, .. } => Some(id.clone()),
            Used::ResourceGateway { .. } | Used::ResourceConfiguration { .. } => None,
        });
        let at: Vec<String> = of(OutputName::LoadBalancerArn)
            .chain(of(OutputName::EndpointServiceId))
            .chain(used)
            .collect();
        Some(
            self.session
                .aws
                .discover_load_balancing(Look::At(&at))
                .await,
        )
    }

    /// The connections to the cluster that is the run's source.
    async fn cluster_connections(&self, run: &Run) -> Option<Observed<Vec<ClientVpcConnection>>> {
        match (&run.plan.path, &run.plan.source.target) {
            (PathKind::MskMultiVpc, Target::MskCluster { arn }) => {
                Some(self.session.aws.client_connections(arn).await.into())
            }
            _ => None,
        }
    }

    /// Everything in ClickHouse that may use what the run made. The run's own service is read now; the others,
    /// which may have been given the same values by hand, are as the last sweep left them.
    async fn users(&self, run: &Run) -> Result<Users, Problem> {
        let own = service_of(run);
        let (board, mut users) = tokio::join!(
            self.engine.board(&self.session.identity),
            self.users_in(own.as_ref()),
        );
        let board = board?;
        let is_own = |service: &Service| own.as_ref().is_some_and(|(_, id)| *id == service.id);
        users.unread.extend(board.stale());
        users.unread.extend(board.problem);
        let others = board.unread.into_iter().filter(|it| !is_own(&it.service));
        users.unread.extend(others.map(|it| it.problem));
        for row in board.rows.into_iter().filter(|it| !is_own(&it.service)) {
            match row.pipes {
                Some(pipes) => users.pipes.extend(pipes),
                None => users.unread.push(Problem::NotAsked {
                    reason: format!("the ClickPipes of {} were not read", row.service.name),
                }),
            }
            users.endpoints.push(row.endpoint);
        }
        Ok(users)
    }

    /// The endpoints and pipes of one service, read now. A row that cannot be read may be one that breaks.
    async fn users_in(&self, service: Option<&(String, String)>) -> Users {
        let mut users = Users::default();
        let Some((organization, service)) = service else {
            return users;
        };
        let clickhouse = match self.clickhouse() {
            Ok(clickhouse) => clickhouse,
            Err(problem) => {
                users.unread.push(problem);
                return users;
            }
        };
        let (endpoints, pipes) = tokio::join!(
            clickhouse.endpoints(organization, service),
            clickhouse.pipes(organization, service),
        );
        match endpoints {
            Ok(read) => {
                users.endpoints = read.rows;
                users.odd("ListReversePrivateEndpoints", read.odd);
            }
            Err(problem) => users.unread.push(problem),
        }
        match pipes {
            Ok(read) => {
                users.pipes = read.rows;
                users.odd("ListClickPipes", read.odd);
            }
            Err(problem) => users.unread.push(problem),
        }
        users
    }
}

/// What may use what a run made, and what could not be read of it.
#[derive(Default)]
struct Users {
    endpoints: Vec<ReversePrivateEndpoint>,
    pipes: Vec<ClickPipe>,
    unread: Vec<Problem>,
}

impl Users {
    fn odd(&mut self, operation: &str, odd: Vec<OddRow>) {
        self.unread
            .extend(odd.into_iter().map(|row| Problem::Malformed {
                party: Party::ClickHouse,
                operation: operation.to_owned(),
                message: row.why,
            }));
    }
}

/// The gateway that a run made, changes or builds upon.
fn gateway_of(run: &Run) -> Option<String> {
    let changed = run.plan.steps.iter().find_map(|step| match &step.action {
        Action::UpdateGatewaySecurityGroups { gateway_id, .. } => Some(gateway_id.clone()),
        _ => None,
    });
    let used = run.plan.uses.iter().find_map(|used| match used {
        Used::ResourceGateway { id, .. } => Some(id.clone()),
        Used::ResourceConfiguration { .. }
        | Used::LoadBalancer { .. }
        | Used::EndpointService { .. } => None,
    });
    made(run, OutputName::GatewayId).or(changed).or(used)
}

/// The configuration that a run made. One that it only uses stays, and so does what hangs on it.
fn configuration_of(run: &Run) -> Option<String> {
    made(run, OutputName::ConfigurationId)
}

fn made(run: &Run, name: OutputName) -> Option<String> {
    run.steps
        .iter()
        .find_map(|step| step.outputs.one(name))
        .map(str::to_owned)
}

fn service_of(run: &Run) -> Option<(String, String)> {
    run.plan.steps.iter().find_map(|step| match &step.action {
        Action::CreateReversePrivateEndpoint {
            organization_id,
            service_id,
            ..
        } => Some((organization_id.clone(), service_id.clone())),
        _ => None,
    })
}
