//! The check on quotas: there is room for what the plan makes.
//!
//! Which quota is which: AWS General Reference, "Amazon VPC Lattice endpoints and quotas" and "AWS Resource
//! Access Manager endpoints and quotas". A quota that is not found by its code or name is not known.

use super::{Subject, check_again, finding, passed};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::Quota;
use crate::observed::Observed;
use crate::paths::vpc_resource::choices::Extent;
use crate::paths::vpc_resource::reuse::own_configurations;
use crate::paths::vpc_resource::steps::children;
use crate::problem::{Problem, Remedy};
use crate::readings::shell;

/// A quota that a plan uses up by one.
struct Known {
    service_code: &'static str,
    quota_code: &'static str,
    /// In AWS's words.
    name: &'static str,
}

const GATEWAYS: Known = Known {
    service_code: "vpc-lattice",
    quota_code: "L-0DCA4434",
    name: "Resource gateways per VPC",
};
const CONFIGURATIONS: Known = Known {
    service_code: "vpc-lattice",
    quota_code: "L-5FF8F9B9",
    name: "Resource configurations per AWS Region",
};
const CHILDREN: Known = Known {
    service_code: "vpc-lattice",
    quota_code: "L-9BC96FEF",
    name: "Child Resource Configurations per Group Resource Configuration",
};
const SHARES: Known = Known {
    service_code: "ram",
    quota_code: "L-595828F9",
    name: "Number of resource shares",
};

impl Known {
    fn find<'a>(&self, quotas: &'a [Quota]) -> Option<&'a Quota> {
        let of_service = || {
            quotas
                .iter()
                .filter(|it| it.service_code == self.service_code)
        };
        of_service()
            .find(|it| it.quota_code == self.quota_code)
            .or_else(|| of_service().find(|it| it.name.eq_ignore_ascii_case(self.name)))
    }
}

/// How one quota stands.
struct Stand<'a> {
    verdict: Verdict,
    line: String,
    known: Known,
    /// Why it is not known how many there are.
    uncounted: Option<&'a Problem>,
}

pub(super) fn quotas(subject: &Subject<'_>) -> Check {
    let id = CheckId::Quotas;
    let stands: Vec<Stand<'_>> = uses(subject)
        .into_iter()
        .map(|it| stand(subject, it))
        .collect();
    let evidence: Vec<String> = stands.iter().map(|it| it.line.clone()).collect();
    let Some(worst) = stands.iter().min_by_key(|it| it.verdict) else {
        return passed(id, "The plan uses up no quota.", evidence);
    };
    let named = |verdict: Verdict| {
        let names: Vec<&str> = stands
            .iter()
            .filter(|it| it.verdict == verdict)
            .map(|it| it.known.name)
            .collect();
        names.join(", ")
    };
    match worst.verdict {
        Verdict::Passed => passed(id, "There is room in the quotas.", evidence),
        Verdict::Failure => finding(
            id,
            Verdict::Failure,
            format!("A quota is used up: {}.", named(Verdict::Failure)),
            evidence,
            Some(check_again(
                "Delete what is not needed any more, or ask AWS under Service Quotas for more. Then check again.",
            )),
        ),
        Verdict::Warning => finding(
            id,
            Verdict::Warning,
            format!("A quota is nearly used up: {}.", named(Verdict::Warning)),
            evidence,
            Some(check_again(
                "There is room for this connection. Ask AWS under Service Quotas for more before the next ones.",
            )),
        ),
        Verdict::NotKnown => finding(
            id,
            Verdict::NotKnown,
            format!(
                "Whether there is room is not known: {}.",
                named(Verdict::NotKnown)
            ),
            evidence,
            Some(match worst.uncounted {
                Some(problem) => problem.remedy(),
                None => ask(subject, &worst.known),
            }),
        ),
    }
}

/// How many more of something the plan makes, and how many there are.
struct Use<'a> {
    known: Known,
    there: Result<usize, &'a Problem>,
    made: usize,
}

fn uses<'a>(subject: &Subject<'a>) -> Vec<Use<'a>> {
    let region = subject.region;
    let children = subject.wanted.as_ref().map_or(0, |it| children(it).len());
    let one = |known, there| Use {
        known,
        there,
        made: 1,
    };
    let gateway = one(
        GATEWAYS,
        counted(&region.gateways, |all| {
            all.iter()
                .filter(|it| it.vpc_id == subject.vpc.vpc_id)
                .count()
        }),
    );
    let configurations = Use {
        known: CONFIGURATIONS,
        there: counted(&region.configurations, |_| {
            own_configurations(region).count()
        }),
        made: 1 + children,
    };
    // The group is a new one.
    let of_group = (children > 0).then_some(Use {
        known: CHILDREN,
        there: Ok(0),
        made: children,
    });
    let share = one(SHARES, counted(&region.shares, Vec::len));
    match subject.choices.extent {
        Extent::Everything { .. } => [Some(gateway), Some(configurations), of_group, Some(share)],
        Extent::OnGateway { .. } => [None, Some(configurations), of_group, Some(share)],
        Extent::OnConfiguration { .. } => [None, None, None, Some(share)],
    }
    .into_iter()
    .flatten()
    .collect()
}

fn counted<T>(
    observed: &Observed<Vec<T>>,
    count: impl Fn(&Vec<T>) -> usize,
) -> Result<usize, &Problem> {
    match observed {
        Observed::Known { value } => Ok(count(value)),
        Observed::Unknown { problem } => Err(problem),
    }
}

fn stand<'a>(subject: &Subject<'_>, of: Use<'a>) -> Stand<'a> {
    let Use {
        known,
        there: count,
        made,
    } = of;
    let uncounted = count.err();
    let (verdict, line) = match (&subject.region.quotas, count) {
        (_, Err(problem)) => (
            Verdict::NotKnown,
            format!(
                "{}: how many are in use is not known. {}",
                known.name,
                problem.headline()
            ),
        ),
        (Observed::Unknown { problem }, Ok(count)) => (
            Verdict::NotKnown,
            format!(
                "{}: {count} in use, of how many is not known. {}",
                known.name,
                problem.headline()
            ),
        ),
        (Observed::Known { value }, Ok(count)) => match known.find(value) {
            None => (
                Verdict::NotKnown,
                format!(
                    "{}: {count} in use; AWS's list of quotas does not have it.",
                    known.name
                ),
            ),
            Some(quota) => (
                level(count, made, quota.value),
                match made {
                    1 => format!("{}: {count} of {} in use.", known.name, quota.value),
                    _ => format!(
                        "{}: {count} of {} in use, {made} more are made.",
                        known.name, quota.value
                    ),
                },
            ),
        },
    };
    Stand {
        verdict,
        line,
        known,
        uncounted,
    }
}

/// No room for what is made is a failure; that nine tenths were in use before the last of it, a warning.
fn level(there: usize, made: usize, most: f64) -> Verdict {
    // Counts of AWS's objects are far below what an `f64` holds exactly.
    let before_last = u32::try_from(there + made - 1).map_or(f64::INFINITY, f64::from);
    if before_last >= most {
        Verdict::Failure
    } else if before_last * 10.0 >= most * 9.0 {
        Verdict::Warning
    } else {
        Verdict::Passed
    }
}

fn ask(subject: &Subject<'_>, known: &Known) -> Remedy {
    Remedy {
        command: Some(format!(
            "aws service-quotas list-service-quotas --service-code {} --region {}",
            shell::quote(known.service_code),
            shell::quote(&subject.region.identity.region)
        )),
        ..check_again(
            "Look the quotas up yourself, or ask for the right servicequotas:ListServiceQuotas and check again.",
        )
    }
}
