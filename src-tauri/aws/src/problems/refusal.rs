//! What a code and a status of AWS mean. Codes are stronger: the same status stands for many of them.

/// Why AWS refused, as its code and status tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    Denied,
    Expired,
    UnknownKeys,
    Throttled,
    Quota,
    NotPermitted,
    NotFound,
    Conflict,
    ServerError,
    Invalid,
}

pub(super) fn refusal(code: Option<&str>, status: u16) -> Refusal {
    if let Some(known) = code.and_then(refusal_of_code) {
        return known;
    }
    match status {
        // VPC Lattice answers 402 for a quota.
        402 => Refusal::Quota,
        401 | 403 => Refusal::Denied,
        404 => Refusal::NotFound,
        409 => Refusal::Conflict,
        429 => Refusal::Throttled,
        500.. => Refusal::ServerError,
        _ => Refusal::Invalid,
    }
}

pub(super) fn refusal_of_code(code: &str) -> Option<Refusal> {
    Some(match code {
        "AccessDenied"
        | "AccessDeniedException"
        | "UnauthorizedOperation"
        | "Forbidden"
        | "ForbiddenException"
        | "NotAuthorized"
        | "UnauthorizedException" => Refusal::Denied,
        "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" => Refusal::Expired,
        "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "AuthFailure"
        | "SignatureDoesNotMatch"
        | "InvalidSignatureException"
        | "IncompleteSignature"
        | "IncompleteSignatureException"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException" => Refusal::UnknownKeys,
        // EC2 throttles with RequestLimitExceeded at status 503.
        "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "RequestLimitExceeded"
        | "RequestThrottled"
        | "RequestThrottledException"
        | "TooManyRequestsException"
        | "EC2ThrottledException" => Refusal::Throttled,
        "ServiceQuotaExceededException"
        | "ResourceShareLimitExceededException"
        | "LimitExceededException"
        | "TargetGroupAssociationLimit" => Refusal::Quota,
        // Elastic Load Balancing's and EC2's ways to name a quota, such as TooManyTargetGroups; both at status 400.
        other if other.starts_with("TooMany") || other.ends_with("LimitExceeded") => Refusal::Quota,
        "OperationNotPermittedException" => Refusal::NotPermitted,
        // RAM answers 400 for the first two, Service Quotas and the Price List API for the others.
        "UnknownResourceException"
        | "ResourceArnNotFoundException"
        | "NoSuchResourceException"
        | "NotFoundException"
        | "ResourceNotFoundException" => Refusal::NotFound,
        "IdempotentParameterMismatchException"
        | "IdempotentParameterMismatch"
        | "DuplicateListener"
        | "DuplicateLoadBalancerName"
        | "DuplicateTargetGroupName"
        | "ExistingVpcEndpointConnections"
        | "ResourceInUse"
        | "InvalidStateTransitionException"
        | "ResourceShareAlreadyExistsException" => Refusal::Conflict,
        // EC2's naming rule, such as InvalidSubnetID.NotFound, and Elastic Load Balancing's, such as
        // TargetGroupNotFound; their status is 400.
        other if other.ends_with("NotFound") => Refusal::NotFound,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_stronger_than_the_status() {
        assert_eq!(
            refusal(Some("RequestLimitExceeded"), 503),
            Refusal::Throttled
        );
        assert_eq!(
            refusal(Some("UnknownResourceException"), 400),
            Refusal::NotFound
        );
        assert_eq!(
            refusal(Some("InvalidSubnetID.NotFound"), 400),
            Refusal::NotFound
        );
        assert_eq!(
            refusal(Some("ExpiredTokenException"), 403),
            Refusal::Expired
        );
        assert_eq!(
            refusal(Some("InvalidClientTokenId"), 403),
            Refusal::UnknownKeys
        );
        assert_eq!(refusal(Some("UnauthorizedOperation"), 403), Refusal::Denied);
        assert_eq!(
            refusal(Some("ResourceShareLimitExceededException"), 400),
            Refusal::Quota
        );
        assert_eq!(
            refusal(Some("IdempotentParameterMismatchException"), 400),
            Refusal::Conflict
        );
        assert_eq!(
            refusal(Some("OperationNotPermittedException"), 400),
            Refusal::NotPermitted
        );
        assert_eq!(
            refusal(Some("NoSuchResourceException"), 400),
            Refusal::NotFound
        );
        assert_eq!(refusal(Some("NotFoundException"), 400), Refusal::NotFound);
        // Elastic Load Balancing answers 400 for everything.
        for (code, wanted) in [
            ("LoadBalancerNotFound", Refusal::NotFound),
            ("DuplicateTargetGroupName", Refusal::Conflict),
            ("ResourceInUse", Refusal::Conflict),
            ("TooManyTargetGroups", Refusal::Quota),
            ("VpcLimitExceeded", Refusal::Quota),
            ("TooManyRequestsException", Refusal::Throttled),
        ] {
            assert_eq!(refusal(Some(code), 400), wanted, "{code}");
        }
    }

    #[test]
    fn an_unknown_code_falls_to_its_status() {
        assert_eq!(refusal(Some("NewInThisYear"), 402), Refusal::Quota);
        assert_eq!(refusal(Some("NewInThisYear"), 403), Refusal::Denied);
        assert_eq!(refusal(None, 404), Refusal::NotFound);
        assert_eq!(refusal(None, 409), Refusal::Conflict);
        assert_eq!(refusal(None, 429), Refusal::Throttled);
        assert_eq!(refusal(None, 503), Refusal::ServerError);
        assert_eq!(refusal(Some("ValidationException"), 400), Refusal::Invalid);
    }
}
