//! The check on an endpoint service that is there already: its state, and who may connect to it.

use super::{Subject, advice, check_again, finding, passed, unread};
use crate::CLICKPIPES_ACCOUNT;
use crate::check::{Check, CheckId, Verdict};
use crate::facts::load_balancing::EndpointService;
use crate::paths::endpoint_service::choices::Extent;
use crate::paths::endpoint_service::standing::is_clickpipes;

pub(super) fn state(subject: &Subject<'_>) -> Option<Check> {
    let id = CheckId::ServiceState;
    let Extent::OnService { .. } = subject.choices.extent else {
        return None;
    };
    let service = match &subject.standing {
        Ok(standing) => standing.service()?,
        Err(wrong) => {
            let problem = subject.facts.load_balancing.endpoint_services.problem();
            return Some(match problem {
                Some(_) => unread(id, "The endpoint service could not be read.", problem),
                None => finding(
                    id,
                    Verdict::Failure,
                    "The endpoint service is not there.",
                    vec![wrong.rule.clone()],
                    Some(advice("Choose a service from the list.")),
                ),
            });
        }
    };
    Some(of(service))
}

fn of(service: &EndpointService) -> Check {
    let id = CheckId::ServiceState;
    let mut evidence = vec![
        format!("Service {} is {}.", service.id, service.state),
        format!(
            "Acceptance is {}.",
            if service.acceptance_required {
                "required"
            } else {
                "not required"
            }
        ),
    ];
    let found = |verdict, headline: &str, evidence: &[String], remedy| {
        finding(id, verdict, headline, evidence.to_vec(), Some(remedy))
    };
    if service.state.eq_ignore_ascii_case("pending") {
        return found(
            Verdict::Warning,
            "The endpoint service is being set up.",
            &evidence,
            check_again("Wait until it is Available, then check again."),
        );
    }
    if ["deleting", "deleted", "failed"]
        .iter()
        .any(|it| service.state.eq_ignore_ascii_case(it))
    {
        return found(
            Verdict::Failure,
            "The endpoint service cannot be used.",
            &evidence,
            advice("Choose another service, or have one made."),
        );
    }
    if !service.state.eq_ignore_ascii_case("available") {
        return found(
            Verdict::NotKnown,
            "The endpoint service is in a state that this version does not know.",
            &evidence,
            check_again("Look at it in the AWS console, then check again."),
        );
    }
    let Some(principals) = service.principals.known() else {
        return unread(
            id,
            "Who may connect to the service could not be read.",
            service.principals.problem(),
        );
    };
    let mut principals = principals.clone();
    principals.sort_unstable();
    evidence.extend(principals.iter().map(|it| format!("May connect: {it}")));
    if !principals.iter().any(|it| is_clickpipes(it)) {
        evidence.push(format!(
            "The run lets account {CLICKPIPES_ACCOUNT} connect."
        ));
    }
    if principals.iter().any(|it| it == "*") {
        return found(
            Verdict::Warning,
            "The endpoint service is open to everybody.",
            &evidence,
            advice(
                "Take * out of its principals, unless others rely on it: ClickPipes' account is enough.",
            ),
        );
    }
    if !service.acceptance_required {
        return found(
            Verdict::Warning,
            "The endpoint service accepts connections by itself.",
            &evidence,
            advice(
                "Require acceptance, unless others rely on it: ClickPipes' account serves every customer, so that the \
                 principal alone does not tell whose endpoint it is.",
            ),
        );
    }
    passed(
        id,
        "The endpoint service is Available, and asks for acceptance.",
        evidence,
    )
}
