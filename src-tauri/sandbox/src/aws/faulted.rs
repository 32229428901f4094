//! What each service answers to a fault, in its own codes.

use crate::faults::Kind;
use crate::wire::failure::Failure;
use crate::wire::model::Protocol;

/// The failure that stands for a fault; None for faults that are not an answer.
pub(crate) fn failure(
    kind: Kind,
    service: &str,
    protocol: Protocol,
    operation: &str,
) -> Option<Failure> {
    let lattice = service == "vpc-lattice";
    let kafka = service == "kafka";
    Some(match (kind, protocol) {
        (Kind::Throttle | Kind::RateLimited, Protocol::Ec2) => {
            Failure::new("RequestLimitExceeded", 503, "Request limit exceeded.")
        }
        (Kind::Throttle | Kind::RateLimited, Protocol::Query) => {
            Failure::new("Throttling", 400, "Rate exceeded")
        }
        (Kind::Throttle | Kind::RateLimited, Protocol::RestJson) if kafka => {
            Failure::new("TooManyRequestsException", 429, "Rate exceeded")
        }
        (Kind::Throttle | Kind::RateLimited, Protocol::RestJson) => {
            let failure = Failure::new("ThrottlingException", 429, "Rate exceeded");
            if lattice {
                failure.with("retryAfterSeconds", 1)
            } else {
                failure
            }
        }

        (Kind::Deny | Kind::Forbidden, Protocol::Ec2) => Failure::new(
            "UnauthorizedOperation",
            403,
            "You are not authorized to perform this operation.",
        ),
        (Kind::Deny | Kind::Forbidden, Protocol::Query) => {
            Failure::new("AccessDenied", 403, not_authorized(service, operation))
        }
        (Kind::Deny | Kind::Forbidden, Protocol::RestJson) => Failure::new(
            "AccessDeniedException",
            403,
            not_authorized(service, operation),
        ),

        (Kind::ExpiredCredentials | Kind::Unauthorized, Protocol::Ec2) => {
            Failure::new("RequestExpired", 400, "Request has expired.")
        }
        (Kind::ExpiredCredentials | Kind::Unauthorized, Protocol::Query) => {
            Failure::new("ExpiredToken", 403, EXPIRED)
        }
        (Kind::ExpiredCredentials | Kind::Unauthorized, Protocol::RestJson) => {
            Failure::new("ExpiredTokenException", 403, EXPIRED)
        }

        (Kind::Quota, Protocol::Ec2) => Failure::new(
            "ResourceLimitExceeded",
            400,
            "You have reached a limit of your account.",
        ),
        (Kind::Quota, Protocol::Query) => Failure::new("LimitExceeded", 400, "Limit exceeded."),
        (Kind::Quota, Protocol::RestJson) if lattice => Failure::new(
            "ServiceQuotaExceededException",
            402,
            "You have reached a service quota.",
        )
        .with("resourceType", "RESOURCE")
        .with("serviceCode", "vpc-lattice")
        .with("quotaCode", "L-SANDBOX"),
        (Kind::Quota, Protocol::RestJson) if kafka => Failure::new(
            "BadRequestException",
            400,
            "You have reached a service quota.",
        ),
        (Kind::Quota, Protocol::RestJson) => {
            let message = "You have reached the number of resource shares in this region.";
            Failure::new("ResourceShareLimitExceededException", 400, message)
        }

        (Kind::ServerError, Protocol::Ec2) => {
            Failure::new("InternalError", 500, "An internal error has occurred")
        }
        (Kind::ServerError, Protocol::Query) => Failure::new("InternalFailure", 500, INTERNAL),
        (Kind::ServerError, Protocol::RestJson) => Failure::new(
            match service {
                "vpc-lattice" => "InternalServerException",
                "ram" => "ServerInternalException",
                _ => "InternalServerErrorException",
            },
            500,
            INTERNAL,
        ),

        (Kind::NotFoundOnce, Protocol::RestJson) if lattice => {
            Failure::new("ResourceNotFoundException", 404, "Resource not found")
                .with("resourceId", "unknown")
                .with("resourceType", "RESOURCE")
        }
        (Kind::NotFoundOnce, Protocol::RestJson) if kafka => {
            Failure::new("NotFoundException", 404, "The cluster was not found.")
        }
        (Kind::NotFoundOnce, Protocol::RestJson) => Failure::new(
            "UnknownResourceException",
            400,
            "The resource could not be found.",
        ),
        (Kind::NotFoundOnce, Protocol::Ec2) => {
            Failure::new(not_found_code(operation), 400, "The ID does not exist")
        }
        (Kind::NotFoundOnce, Protocol::Query) => Failure::new(
            not_found_code(operation),
            404,
            "The resource was not found.",
        ),

        _ => return None,
    })
}

const EXPIRED: &str = "The security token included in the request is expired";
const INTERNAL: &str = "The request processing has failed because of an unknown error.";

fn not_authorized(service: &str, operation: &str) -> String {
    format!("User is not authorized to perform: {service}:{operation}")
}

fn not_found_code(operation: &str) -> &'static str {
    match operation {
        "DescribeVpcs" => "InvalidVpcID.NotFound",
        "DescribeSubnets" | "GetSubnetCidrReservations" => "InvalidSubnetID.NotFound",
        "DescribeSecurityGroups" => "InvalidGroup.NotFound",
        "DescribeSecurityGroupRules" => "InvalidSecurityGroupRuleId.NotFound",
        "DescribeNetworkInterfaces" => "InvalidNetworkInterfaceID.NotFound",
        "DescribeNetworkAcls" => "InvalidNetworkAclID.NotFound",
        "DescribeDBClusters" => "DBClusterNotFoundFault",
        "DescribeDBInstances" => "DBInstanceNotFoundFault",
        _ => "InvalidParameterValue",
    }
}
