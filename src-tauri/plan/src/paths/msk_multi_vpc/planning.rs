//! From choices to a plan: connectivity and policy as far as they are missing, then the endpoint or the wait for it,
//! then the addresses.

use super::FIRST_PORT;
use super::choices::Choices;
use super::policy::{Allowance, allows};
use crate::CLICKPIPES_ACCOUNT;
use crate::facts::RegionFacts;
use crate::facts::msk::{MskCluster, MskFacts};
use crate::names::{self, Field, FieldError};
use crate::paths::choices::ServiceChoice;
use crate::step::{
    Action, EndpointTarget, Engine, PathKind, Plan, SourceRef, Step, StepId, Target,
};

/// The plan for these choices, or every field that breaks its rule.
///
/// What AWS and ClickHouse would object to is the checks' business, not this function's: a plan can be made
/// although a check fails.
pub fn plan(
    region: &RegionFacts,
    msk: &MskFacts,
    choices: &Choices,
) -> Result<Plan, Vec<FieldError>> {
    let mut wrong = field_errors(choices);
    match chosen(region, msk, choices) {
        Ok(cluster) if wrong.is_empty() => Ok(Plan {
            path: PathKind::MskMultiVpc,
            account_id: region.identity.account_id.clone(),
            region: region.identity.region.clone(),
            source: source(cluster, msk),
            uses: Vec::new(),
            steps: steps(cluster, msk, choices),
        }),
        Ok(_) => Err(wrong),
        Err(stands_against) => {
            wrong.push(stands_against);
            wrong.sort_by_key(|it| it.field);
            wrong.dedup();
            Err(wrong)
        }
    }
}

/// Every field that breaks its rule: what can be said without having read anything.
pub fn field_errors(choices: &Choices) -> Vec<FieldError> {
    [
        names::msk_arn(&choices.cluster_arn).map(|_| ()),
        choices.service.check(),
        names::description(&choices.description),
    ]
    .into_iter()
    .filter_map(Result::err)
    .collect()
}

/// The chosen cluster, as it was read, or what stands against it.
fn chosen<'a>(
    region: &RegionFacts,
    msk: &'a MskFacts,
    choices: &Choices,
) -> Result<&'a MskCluster, FieldError> {
    let parts = names::msk_arn(&choices.cluster_arn)?;
    let identity = &region.identity;
    let wrong = |rule: String| Err(FieldError::new(Field::Source, rule));
    if parts.region != identity.region || parts.account_id != identity.account_id {
        return wrong(format!(
            "Choose a cluster of account {} in {}.",
            identity.account_id, identity.region
        ));
    }
    match (msk.cluster.known(), msk.cluster.problem()) {
        (Some(cluster), _) if cluster.arn == choices.cluster_arn => Ok(cluster),
        (None, Some(problem)) => wrong(format!(
            "Cluster {} could not be read. {}",
            parts.name,
            problem.headline()
        )),
        _ => wrong(format!(
            "Choose a cluster from the list: {} was not found in {}.",
            parts.name, identity.region
        )),
    }
}

fn source(cluster: &MskCluster, msk: &MskFacts) -> SourceRef {
    SourceRef {
        target: Target::MskCluster {
            arn: cluster.arn.clone(),
        },
        name: cluster.name.clone(),
        engine: Engine::Kafka,
        port: FIRST_PORT,
        // The addresses that AWS gives for other VPCs are the ones its certificates are made out to.
        tls_host: None,
        // No step of this path needs it: where it could not be read, it stays empty.
        vpc_id: msk.vpc_id.clone().unwrap_or_default(),
        schema_registry: None,
    }
}

fn steps(cluster: &MskCluster, msk: &MskFacts, choices: &Choices) -> Vec<Step> {
    let cluster_arn = &choices.cluster_arn;
    let authentication = choices.authentication;
    let previous = cluster
        .provisioned
        .as_ref()
        .map(|it| it.multi_vpc)
        .unwrap_or_default();
    let connectivity = (!previous.has(authentication)).then(|| {
        step(
            "connectivity",
            Action::UpdateMskConnectivity {
                cluster_arn: cluster_arn.clone(),
                schemes: previous.with(authentication),
                previous,
            },
        )
    });
    let policy = (!is_allowed(msk, cluster_arn)).then(|| {
        step(
            "policy",
            Action::AllowInClusterPolicy {
                cluster_arn: cluster_arn.clone(),
                principal: CLICKPIPES_ACCOUNT.to_owned(),
            },
        )
    });
    let bootstrap = step(
        "bootstrap",
        Action::ReadBootstrapBrokers {
            cluster_arn: cluster_arn.clone(),
            authentication,
        },
    );
    connectivity
        .into_iter()
        .chain(policy)
        .chain([endpoint(choices), bootstrap])
        .collect()
}

/// Whether the policy lets ClickPipes connect already. Where that is not known, the plan's own statement says so.
fn is_allowed(msk: &MskFacts, cluster_arn: &str) -> bool {
    msk.policy
        .known()
        .and_then(Option::as_ref)
        .is_some_and(|policy| {
            matches!(
                allows(Some(&policy.document), cluster_arn, CLICKPIPES_ACCOUNT),
                Ok(Allowance::Allowed { .. })
            )
        })
}

fn endpoint(choices: &Choices) -> Step {
    let cluster_arn = choices.cluster_arn.clone();
    let authentication = choices.authentication;
    match &choices.service {
        ServiceChoice::Key {
            organization_id,
            service_id,
        } => step(
            "endpoint",
            Action::CreateReversePrivateEndpoint {
                organization_id: organization_id.clone(),
                service_id: service_id.clone(),
                description: choices.description.trim().to_owned(),
                to: EndpointTarget::MskMultiVpc {
                    cluster_arn,
                    authentication,
                },
                // ClickHouse takes none for this type: AWS gives the endpoint the brokers' names.
                private_dns: Vec::new(),
            },
        ),
        ServiceChoice::Hand { .. } => step(
            "connection",
            Action::AwaitMskConnection {
                cluster_arn,
                authentication,
                owner: CLICKPIPES_ACCOUNT.to_owned(),
            },
        ),
    }
}

fn step(id: &str, action: Action) -> Step {
    Step {
        id: StepId::from(id),
        action,
    }
}
