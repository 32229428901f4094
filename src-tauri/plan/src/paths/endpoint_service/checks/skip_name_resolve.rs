//! The check on `skip_name_resolve`: health checks of a load balancer are connections without a log-in, for which
//! `MySQL` blocks a host after `max_connect_errors`.

use super::{Subject, check_again, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::observed::Observed;
use crate::problem::Remedy;
use crate::step::Engine;

pub(super) fn skip_name_resolve(subject: &Subject<'_>) -> Option<Check> {
    let id = CheckId::SkipNameResolve;
    let source = subject.source.as_ref().ok()?;
    if source.described.engine != Engine::Mysql {
        return None;
    }
    let text = "Set skip_name_resolve to 1 in the database's parameter group and restart it, then check again. Accounts that \
                are granted to host names have to be granted to addresses before.";
    let value = match (subject.facts.skip_name_resolve, &source.database) {
        (Some(Observed::Known { value }), Some(_)) => value,
        (Some(Observed::Unknown { problem }), Some(_)) => {
            return Some(unread(
                id,
                "The parameter skip_name_resolve could not be read.",
                Some(problem),
            ));
        }
        (None, _) | (Some(_), None) => {
            return Some(finding(
                id,
                Verdict::NotKnown,
                "The setting skip_name_resolve cannot be seen from here.",
                vec!["It is a setting of the server itself, or of a parameter group that was not read.".to_owned()],
                Some(Remedy {
                    command: Some("SELECT @@GLOBAL.skip_name_resolve;".to_owned()),
                    ..check_again(
                        "Ask the database: 1 is right. Otherwise set skip_name_resolve to 1 and restart it.",
                    )
                }),
            ));
        }
    };
    let evidence = vec![format!(
        "skip_name_resolve: {}",
        value.as_deref().unwrap_or("not set in the parameter group")
    )];
    let on = value.as_deref().is_some_and(|it| {
        it == "1" || it.eq_ignore_ascii_case("on") || it.eq_ignore_ascii_case("true")
    });
    Some(if on {
        passed(id, "The database does not look up host names.", evidence)
    } else {
        finding(
            id,
            Verdict::Warning,
            "The database looks up host names: in time it may block the load balancer.",
            evidence,
            Some(check_again(text)),
        )
    })
}
