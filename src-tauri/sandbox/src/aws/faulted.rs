//! What each service answers to a fault, in its own codes. Where the model knows a code, the model also
//! decides the HTTP status.

use crate::faults::Kind;
use crate::wire::failure::Failure;
use crate::wire::model::{self, Operation, Protocol};

/// The failure that stands for a fault; None for faults that are not an answer.
pub(crate) fn failure(
    kind: Kind,
    service: &str,
    protocol: Protocol,
    operation: &str,
) -> Option<Failure> {
    let modelled = || {
        let (_, model) = model::service(service)?;
        model.operations.get(operation)
    };
    Some(match kind {
        Kind::Throttle => throttled(service, protocol),
        Kind::Deny => denied(service, protocol, operation),
        Kind::ExpiredCredentials => expired(protocol),
        Kind::ServerError => broken(service, protocol),
        Kind::NotFoundOnce => not_found(service, modelled()?)?,
        Kind::Quota => over_quota(service, modelled()?)?,
        Kind::RefusedSharing => Failure::new(
            "OperationNotPermittedException",
            400,
            "The resource share cannot be shared with accounts outside of your organization.",
        ),
        _ => return None,
    })
}

fn throttled(service: &str, protocol: Protocol) -> Failure {
    const MESSAGE: &str = "Rate exceeded";
    match (protocol, service) {
        (Protocol::Ec2, _) => Failure::new("RequestLimitExceeded", 503, "Request limit exceeded."),
        (Protocol::Query, _) => Failure::new("Throttling", 400, MESSAGE),
        (_, "kafka") => Failure::new("TooManyRequestsException", 429, MESSAGE),
        (_, "servicequotas") => Failure::new("TooManyRequestsException", 400, MESSAGE),
        (_, "vpc-lattice") => {
            Failure::new("ThrottlingException", 429, MESSAGE).with("retryAfterSeconds", 1)
        }
        (Protocol::RestJson, _) => Failure::new("ThrottlingException", 429, MESSAGE),
        (Protocol::Json, _) => Failure::new("ThrottlingException", 400, MESSAGE),
    }
}

fn denied(service: &str, protocol: Protocol, operation: &str) -> Failure {
    let message = format!("User is not authorized to perform: {service}:{operation}");
    match protocol {
        Protocol::Ec2 => Failure::new(
            "UnauthorizedOperation",
            403,
            "You are not authorized to perform this operation.",
        ),
        Protocol::Query => Failure::new("AccessDenied", 403, message),
        Protocol::RestJson => Failure::new("AccessDeniedException", 403, message),
        Protocol::Json => Failure::new("AccessDeniedException", 400, message),
    }
}

fn expired(protocol: Protocol) -> Failure {
    const MESSAGE: &str = "The security token included in the request is expired";
    match protocol {
        Protocol::Ec2 => Failure::new("RequestExpired", 400, "Request has expired."),
        Protocol::Query => Failure::new("ExpiredToken", 403, MESSAGE),
        Protocol::RestJson => Failure::new("ExpiredTokenException", 403, MESSAGE),
        Protocol::Json => Failure::new("ExpiredTokenException", 400, MESSAGE),
    }
}

fn broken(service: &str, protocol: Protocol) -> Failure {
    let code = match (protocol, service) {
        (Protocol::Ec2, _) => "InternalError",
        (Protocol::Query, _) => "InternalFailure",
        (_, "vpc-lattice") => "InternalServerException",
        (_, "ram") => "ServerInternalException",
        (_, "servicequotas") => "ServiceException",
        (_, "pricing") => "InternalErrorException",
        _ => "InternalServerErrorException",
    };
    Failure::new(
        code,
        500,
        "The request processing has failed because of an unknown error.",
    )
}

fn not_found(service: &str, operation: &Operation) -> Option<Failure> {
    let code = not_found_code(service, operation)?;
    let failure = Failure::new(code, 400, "The resource could not be found.");
    Some(if service == "vpc-lattice" {
        failure
            .with("resourceId", "unknown")
            .with("resourceType", "RESOURCE")
    } else {
        failure
    })
}

/// How an operation says that something it was given the name of is not there; None where it never does.
pub(crate) fn not_found_code(service: &str, operation: &Operation) -> Option<&'static str> {
    // EC2's model names no errors.
    if service == "ec2" {
        return Some(match operation.name.as_str() {
            "DescribeVpcs" => "InvalidVpcID.NotFound",
            "DescribeSubnets" | "GetSubnetCidrReservations" => "InvalidSubnetID.NotFound",
            "DescribeSecurityGroups" => "InvalidGroup.NotFound",
            "DescribeSecurityGroupRules" => "InvalidSecurityGroupRuleId.NotFound",
            "DescribeNetworkInterfaces" => "InvalidNetworkInterfaceID.NotFound",
            "DescribeNetworkAcls" => "InvalidNetworkAclID.NotFound",
            "DescribeVpcEndpointServiceConfigurations"
            | "DescribeVpcEndpointServicePermissions"
            | "ModifyVpcEndpointServiceConfiguration"
            | "ModifyVpcEndpointServicePermissions"
            | "AcceptVpcEndpointConnections"
            | "RejectVpcEndpointConnections"
            | "StartVpcEndpointServicePrivateDnsVerification" => {
                "InvalidVpcEndpointServiceId.NotFound"
            }
            _ => return None,
        });
    }
    [
        "ResourceNotFoundException",
        "UnknownResourceException",
        "NoSuchResourceException",
        "NotFoundException",
        "DBClusterNotFoundFault",
        "DBInstanceNotFoundFault",
        "DBParameterGroupNotFoundFault",
        "ListenerNotFoundException",
        "TargetGroupNotFoundException",
        "LoadBalancerNotFoundException",
    ]
    .into_iter()
    .find(|code| operation.names_error(code))
}

fn over_quota(service: &str, operation: &Operation) -> Option<Failure> {
    let code = quota_code(operation)?;
    let failure = Failure::new(code, 400, "You have reached a service quota.");
    Some(if service == "vpc-lattice" {
        failure
            .with("resourceType", "RESOURCE")
            .with("serviceCode", "vpc-lattice")
            .with("quotaCode", "L-SANDBOX")
    } else {
        failure
    })
}

/// How an operation says that a quota is reached; None where it uses up none.
pub(crate) fn quota_code(operation: &Operation) -> Option<&'static str> {
    // The model names the limit for taking things out of a share too.
    if operation.name.starts_with("Disassociate") {
        return None;
    }
    [
        "ServiceQuotaExceededException",
        "ResourceShareLimitExceededException",
        "TooManyLoadBalancersException",
        "TooManyTargetGroupsException",
        "TooManyListenersException",
        "TooManyTargetsException",
    ]
    .into_iter()
    .find(|code| operation.names_error(code))
}
