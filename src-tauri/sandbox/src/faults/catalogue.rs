//! Which faults can strike which operation. Only what can come true: an error that the service's model names
//! for the operation, a state that the operation sets going.

use serde_json::{Value, json};

use super::Kind;
use crate::aws;
use crate::cloud::{self, Operation as Cloud};
use crate::wire::model::{self, Model, Operation};

/// How faults and the log of calls name the Cloud API.
pub(crate) const CLICKHOUSE: &str = "clickhouse";

/// Faults of the way between client and service: any call can meet them.
const ON_THE_WAY: [Kind; 6] = [
    Kind::Delay,
    Kind::Reset,
    Kind::LostAnswer,
    Kind::Malformed,
    Kind::HoldBefore,
    Kind::HoldAfter,
];

/// Refusals that any AWS call can meet.
const OF_AWS: [Kind; 4] = [
    Kind::Throttle,
    Kind::Deny,
    Kind::ExpiredCredentials,
    Kind::ServerError,
];

/// Refusals that any call of the Cloud API can meet.
const OF_CLICKHOUSE: [Kind; 5] = [
    Kind::RateLimited,
    Kind::Unauthorized,
    Kind::Forbidden,
    Kind::ServerError,
    Kind::GatewayTimeoutButDone,
];

/// Every operation, with what can strike it.
pub(crate) fn operations() -> Value {
    let aws = model::services().iter().flat_map(|(service, model)| {
        model
            .operations
            .keys()
            .map(move |name| (*service, name.as_str()))
    });
    let cloud = Cloud::ALL.map(|operation| (CLICKHOUSE, operation.name()));
    aws.chain(cloud)
        .filter_map(|(service, operation)| {
            let kinds = kinds(service, operation)?;
            Some(json!({ "service": service, "operation": operation, "kinds": kinds }))
        })
        .collect::<Vec<_>>()
        .into()
}

/// What can strike an operation; None where the sandbox does not have it.
pub(crate) fn kinds(service: &str, operation: &str) -> Option<Vec<Kind>> {
    if service == CLICKHOUSE {
        let operation = Cloud::ALL.into_iter().find(|it| it.name() == operation)?;
        return Some(of_clickhouse(operation));
    }
    let (service, model) = model::service(service)?;
    let found = model.operations.get(operation)?;
    let meaning = aws::meaning(service, operation)?;
    Some(of_aws(service, model, found, meaning.writes))
}

/// The two sides word the same faults differently; each accepts the other's word.
pub(crate) fn spoken(service: &str, kind: Kind) -> Kind {
    if service == CLICKHOUSE {
        return match kind {
            Kind::Throttle => Kind::RateLimited,
            Kind::Deny => Kind::Forbidden,
            Kind::ExpiredCredentials => Kind::Unauthorized,
            other => other,
        };
    }
    match kind {
        Kind::RateLimited => Kind::Throttle,
        Kind::Forbidden => Kind::Deny,
        Kind::Unauthorized => Kind::ExpiredCredentials,
        other => other,
    }
}

fn of_aws(service: &str, model: &Model, operation: &Operation, writes: bool) -> Vec<Kind> {
    let mut kinds = OF_AWS.to_vec();
    kinds.extend(ON_THE_WAY);
    if aws::faulted::not_found_code(service, operation).is_some() {
        kinds.push(Kind::NotFoundOnce);
    }
    if aws::faulted::quota_code(operation).is_some() {
        kinds.push(Kind::Quota);
    }
    let is_list = aws::is_list(model, operation);
    if is_list && aws::has_pages(model, operation) {
        kinds.push(Kind::EmptyPage);
    }
    // Of what nobody changes there is no older answer.
    let fixed = matches!(service, "pricing" | "servicequotas")
        || matches!(
            operation.name.as_str(),
            "DescribeRegions"
                | "DescribeAvailabilityZones"
                | "DescribeConfigurationRevision"
                | "ListNodes"
        );
    if is_list && !writes && !fixed {
        kinds.push(Kind::StaleList);
    }
    let sets_going = match (service, operation.name.as_str()) {
        (
            "vpc-lattice",
            "CreateResourceGateway"
            | "UpdateResourceGateway"
            | "DeleteResourceGateway"
            | "CreateResourceConfiguration"
            | "UpdateResourceConfiguration"
            | "DeleteResourceConfiguration",
        )
        | ("ram", "CreateResourceShare" | "AssociateResourceShare") => {
            &[Kind::Stuck, Kind::FailedState][..]
        }
        ("kafka", "UpdateConnectivity")
        | ("elasticloadbalancing", "CreateLoadBalancer")
        | (
            "ec2",
            "CreateVpcEndpointServiceConfiguration"
            | "StartVpcEndpointServicePrivateDnsVerification"
            | "AcceptVpcEndpointConnections",
        ) => &[Kind::Stuck, Kind::FailedState],
        // There is no failed state for these.
        ("kafka", "RejectClientVpcConnection")
        | ("ec2", "DeleteVpcEndpointServiceConfigurations")
        | ("ram", "DeleteResourceShare" | "DisassociateResourceShare") => &[Kind::Stuck],
        _ => &[],
    };
    kinds.extend(sets_going);
    if service == "ram" && sets_going.contains(&Kind::FailedState) {
        kinds.push(Kind::RefusedSharing);
    }
    kinds
}

fn of_clickhouse(operation: Cloud) -> Vec<Kind> {
    let mut kinds = OF_CLICKHOUSE.to_vec();
    kinds.extend(ON_THE_WAY);
    if !matches!(
        operation,
        Cloud::WhoAmI | Cloud::ListOrganizations | Cloud::ListServices
    ) {
        kinds.push(Kind::NotFoundOnce);
    }
    if matches!(
        operation,
        Cloud::ListServices | Cloud::ListReversePrivateEndpoints
    ) {
        kinds.push(Kind::StaleList);
    }
    if cloud::needs_running_service(operation) {
        kinds.push(Kind::ServiceIdle);
    }
    kinds.extend(match operation {
        Cloud::CreateReversePrivateEndpoint => &[
            Kind::Quota,
            Kind::NoCapacity,
            Kind::Stuck,
            Kind::FailedState,
        ][..],
        Cloud::DeleteReversePrivateEndpoint | Cloud::UpdateServiceState => &[Kind::Stuck],
        _ => &[],
    });
    kinds
}
