//! From choices to a plan: gateway, configuration, share, and then the endpoint or the wait for it.

use super::choices::{Choices, ServiceChoice};
use crate::CLICKPIPES_ACCOUNT;
use crate::facts::RegionFacts;
use crate::names::{self, Field, FieldError};
use crate::source::Database;
use crate::step::{Action, Input, OutputName, PathKind, Plan, SourceRef, Step, StepId};

/// The source of a plan, as far as it is known; `None` where the database was not read, or its engine, port
/// or VPC is missing.
pub fn source_ref(region: &RegionFacts, source_arn: &str) -> Option<SourceRef> {
    Database::find(region, source_arn)?.source_ref()
}

/// The plan for these choices, or every field that breaks its rule.
///
/// What AWS and ClickHouse would object to is the checks' business, not this function's: a plan can be made
/// although a check fails.
pub fn plan(region: &RegionFacts, choices: &Choices) -> Result<Plan, Vec<FieldError>> {
    let source = source(region, &choices.source_arn);
    let wrong: Vec<FieldError> = source
        .as_ref()
        .err()
        .cloned()
        .into_iter()
        .chain(field_errors(choices))
        .collect();
    let source = match source {
        Ok(source) if wrong.is_empty() => source,
        _ => return Err(wrong),
    };
    Ok(Plan {
        path: PathKind::VpcResource,
        account_id: region.identity.account_id.clone(),
        region: region.identity.region.clone(),
        steps: steps(&source, choices),
        source,
    })
}

/// Every field, but the source, that breaks its rule: what can be said without having read anything.
pub fn field_errors(choices: &Choices) -> Vec<FieldError> {
    [
        names::subnets(&choices.subnet_ids),
        names::security_groups(&choices.security_group_ids),
        names::gateway_name(&choices.gateway_name),
        names::configuration_name(&choices.configuration_name),
        names::share_name(&choices.share_name),
        names::description(&choices.description),
        service(&choices.service),
    ]
    .into_iter()
    .filter_map(Result::err)
    .collect()
}

fn source(region: &RegionFacts, arn: &str) -> Result<SourceRef, FieldError> {
    let parts = names::rds_arn(arn)?;
    let wrong = |rule: String| Err(FieldError::new(Field::Source, rule));
    let identity = &region.identity;
    if parts.region != identity.region || parts.account_id != identity.account_id {
        return wrong(format!(
            "Choose a database of account {} in {}.",
            identity.account_id, identity.region
        ));
    }
    let Some(database) = Database::find(region, arn) else {
        return wrong(format!(
            "Choose a database from the list: {} was not found in {}.",
            parts.name, identity.region
        ));
    };
    database.source_ref().ok_or_else(|| {
        FieldError::new(
            Field::Source,
            "Choose a PostgreSQL, MySQL or MariaDB database whose port and VPC are known.",
        )
    })
}

fn service(choice: &ServiceChoice) -> Result<(), FieldError> {
    match choice {
        ServiceChoice::Key {
            organization_id,
            service_id,
        } => names::cloud_id(organization_id).and_then(|()| names::cloud_id(service_id)),
        ServiceChoice::Hand { region, .. } => names::service_region(region),
    }
}

fn steps(source: &SourceRef, choices: &Choices) -> Vec<Step> {
    let configuration_id = || Input::output("configuration", OutputName::ConfigurationId);
    let share_arn = || Input::output("share", OutputName::ShareArn);
    let last = match &choices.service {
        ServiceChoice::Key {
            organization_id,
            service_id,
        } => step(
            "endpoint",
            Action::CreateReversePrivateEndpoint {
                organization_id: organization_id.clone(),
                service_id: service_id.clone(),
                description: choices.description.trim().to_owned(),
                configuration: configuration_id(),
                share: share_arn(),
            },
        ),
        ServiceChoice::Hand { .. } => step(
            "acceptance",
            Action::AwaitShareAcceptance {
                configuration: configuration_id(),
                share: share_arn(),
                principal: CLICKPIPES_ACCOUNT.to_owned(),
            },
        ),
    };
    vec![
        step(
            "gateway",
            Action::CreateResourceGateway {
                name: choices.gateway_name.clone(),
                vpc_id: source.vpc_id.clone(),
                subnet_ids: sorted(&choices.subnet_ids),
                security_group_ids: sorted(&choices.security_group_ids),
            },
        ),
        step(
            "configuration",
            Action::CreateResourceConfiguration {
                name: choices.configuration_name.clone(),
                gateway: Input::output("gateway", OutputName::GatewayId),
                database_arn: source.arn.clone(),
            },
        ),
        step(
            "share",
            Action::CreateResourceShare {
                name: choices.share_name.clone(),
                resource: Input::output("configuration", OutputName::ConfigurationArn),
                principal: CLICKPIPES_ACCOUNT.to_owned(),
            },
        ),
        last,
    ]
}

fn step(id: &str, action: Action) -> Step {
    Step {
        id: StepId::from(id),
        action,
    }
}

/// The order in which things were ticked must not make another plan.
fn sorted(ids: &[String]) -> Vec<String> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids
}
