//! What can be done with a run's things after the run: giving its gateway other security groups, and looking at
//! what deleting everything would break. It reads; the engine writes.

use pipelink_plan::facts::RegionFacts;
use pipelink_plan::facts::clickhouse::{ClickPipe, ReversePrivateEndpoint};
use pipelink_plan::facts::lattice::{EndpointAssociation, ResourceGateway};
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::vpc_resource::{self, network};
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::readings::removal::{self, Removal};
use pipelink_plan::run::{Run, RunId};
use pipelink_plan::step::{Action, OutputName, Plan, Used};

use crate::app::no_run;
use crate::commands::runs::GatewayGroupsPage;
use crate::open_account::OpenAccount;
use crate::wizard;

impl OpenAccount {
    /// What undoing a run deletes, and what would break, as far as it can be read now.
    pub(crate) async fn removal(&self, id: &RunId) -> Result<Removal, Problem> {
        let run = self.run(id).await?;
        let aws = &self.session.aws;
        let (region, associations, (endpoints, pipes)) = tokio::join!(
            Box::pin(aws.discover_region(self.session.identity.clone())),
            self.associations(&run),
            self.users(&run),
        );
        Ok(removal::removal(
            &run,
            &region,
            &associations,
            &endpoints,
            &pipes,
        ))
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

    /// The plan that gives that gateway other security groups.
    pub(crate) async fn group_change(
        &self,
        id: &RunId,
        security_group_ids: &[String],
    ) -> Result<Plan, Problem> {
        let run = self.run(id).await?;
        let (_, gateway) = self.region_and_gateway(&run).await?;
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

    /// The endpoints and pipes of the service that the run made its endpoint for. A run without a key names
    /// none: then those of every service, for the values may have been pasted into any.
    async fn users(
        &self,
        run: &Run,
    ) -> (
        Observed<Vec<ReversePrivateEndpoint>>,
        Observed<Vec<ClickPipe>>,
    ) {
        let services = match service_of(run) {
            Some(service) => Ok(vec![service]),
            None => self.services().await,
        };
        match services {
            Ok(services) => tokio::join!(self.endpoints(&services), self.pipes(&services)),
            Err(problem) => (
                Observed::Unknown {
                    problem: problem.clone(),
                },
                Observed::Unknown { problem },
            ),
        }
    }

    async fn services(&self) -> Result<Vec<(String, String)>, Problem> {
        let services = self.wizard.services().await?;
        Ok(services
            .into_iter()
            .map(|service| (service.organization_id, service.id))
            .collect())
    }

    async fn endpoints(
        &self,
        services: &[(String, String)],
    ) -> Observed<Vec<ReversePrivateEndpoint>> {
        let read = async {
            let mut all = Vec::new();
            for (organization, service) in services {
                let rows = self.clickhouse()?.endpoints(organization, service).await?;
                all.extend(rows.rows);
            }
            Ok(all)
        };
        read.await.into()
    }

    async fn pipes(&self, services: &[(String, String)]) -> Observed<Vec<ClickPipe>> {
        let read = async {
            let mut all = Vec::new();
            for (organization, service) in services {
                let rows = self.clickhouse()?.pipes(organization, service).await?;
                all.extend(rows.rows);
            }
            Ok(all)
        };
        read.await.into()
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
        Used::ResourceConfiguration { .. } => None,
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
