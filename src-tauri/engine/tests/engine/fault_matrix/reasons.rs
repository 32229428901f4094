//! The typed reason: which problem each fault may stop a run with.

use pipelink_plan::problem::Problem;

use super::{Case, Strikes};

/// Whether a run that met the case's fault may stand still with that problem.
pub(super) fn fits(case: &Case, problem: &Problem) -> bool {
    let struck = case.call.operation;
    // What takes no token is not sent again: what came of it is looked for, and then told as not known.
    let not_known = matches!(problem, Problem::OutcomeUnknown { operation }
        if case.call.service == "clickhouse" && operation == "CreateReversePrivateEndpoint");
    if limit_passed(case, problem)
        || is_left_attached(case, problem)
        || is_of_the_lost_answer(case, problem)
    {
        return true;
    }
    match case.kind.as_str() {
        "deny" => matches!(problem, Problem::AccessDenied { action, .. }
            if *action == format!("{}:{struck}", case.call.service)),
        "expired_credentials" => matches!(problem, Problem::CredentialsExpired { .. }),
        "forbidden" => {
            matches!(problem, Problem::KeyForbidden { operation, .. } if operation == struck)
        }
        "unauthorized" => matches!(problem, Problem::KeyRejected),
        "throttle" | "rate_limited" => {
            matches!(problem, Problem::Throttled { operation, .. } if operation == struck)
        }
        // The Cloud API has no word of its own for a quota.
        "quota" if case.call.service == "clickhouse" => {
            matches!(problem, Problem::Refused { operation, .. } if operation == struck)
        }
        "quota" => {
            matches!(problem, Problem::QuotaExceeded { operation, .. } if operation == struck)
        }
        "refused_sharing" => {
            matches!(problem, Problem::SharingRefused { operation, .. } if operation == struck)
        }
        "service_idle" => matches!(problem, Problem::ServiceIdle { .. }),
        "not_found_once" => matches!(problem, Problem::NotFound { .. }),
        // Shown as it was before the update that is over, it seems to have been changed back.
        "stale_list" if case.call.service == "kafka" => matches!(
            problem,
            Problem::EndedIn { .. } | Problem::NotFound { .. } | Problem::StillWaiting { .. }
        ),
        // What was made does not come to be shown, or what was deleted stays so.
        "stale_list" => {
            not_known
                || matches!(
                    problem,
                    Problem::NotFound { .. } | Problem::StillWaiting { .. }
                )
        }
        "server_error" | "gateway_timeout_but_done" => {
            not_known
                || matches!(problem, Problem::ServerError { operation, .. } if operation == struck)
        }
        "reset" | "lost_answer" => {
            not_known
                || matches!(problem, Problem::Unreachable { operation, .. } if operation == struck)
        }
        // An error that cannot be read is a refusal all the same.
        "malformed" => {
            not_known
                || matches!(problem, Problem::Refused { operation, .. } if operation == struck)
                || matches!(problem, Problem::Malformed { operation, .. } if operation == struck)
        }
        // A wait of hours is not sat out here.
        "stuck" if struck == "UpdateConnectivity" => matches!(problem, Problem::Cancelled),
        "stuck" => matches!(problem, Problem::StillWaiting { .. }),
        "failed_state" | "no_capacity" => matches!(problem, Problem::EndedIn { .. }),
        "hold_before" | "hold_after" => matches!(problem, Problem::Interrupted),
        // They pass by themselves.
        "delay" | "empty_page" => false,
        kind => panic!("which problem does {kind} come to?"),
    }
}

/// The write whose answer is lost before the fault: the SDK repeats it as long as its quota of repetitions lasts, which
/// all cases of a process share, and the run sends it three times at most.
fn is_of_the_lost_answer(case: &Case, problem: &Problem) -> bool {
    matches!(problem, Problem::Unreachable { operation, .. }
        if case.call.after.is_some_and(|write| operation == write))
}

/// Whether a limit of minutes was used up by a call that got through in the end. The SDK's own pauses are in the
/// system's time, in which such a limit is a second or two at the speed of these runs.
fn limit_passed(case: &Case, problem: &Problem) -> bool {
    let reads = ["Get", "List", "Describe"]
        .iter()
        .any(|verb| case.call.operation.starts_with(verb));
    let gets_through = match case.kind.as_str() {
        "delay" => true,
        "lost_answer" | "malformed" | "gateway_timeout_but_done" => !reads,
        _ => false,
    };
    matches!(problem, Problem::StillWaiting { .. })
        && (case.strikes == Strikes::Once || gets_through)
}

/// An endpoint is detached only where one may see whose it is and that it is nobody else's. Otherwise it stays,
/// and the configuration that it uses is refused to be deleted.
fn is_left_attached(case: &Case, problem: &Problem) -> bool {
    let looks_whose = match case.call.operation {
        "ListResourceEndpointAssociations" | "GetResourceShareAssociations" => case.kind == "deny",
        "DeleteResourceEndpointAssociation" => case.kind == "not_found_once",
        _ => false,
    };
    looks_whose
        && matches!(problem, Problem::Conflict { operation, .. } if operation == "DeleteResourceConfiguration")
}
