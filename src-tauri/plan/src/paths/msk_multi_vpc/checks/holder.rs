//! Whose endpoint holds the connection that a cluster has with an authentication, as far as a key can see.

use super::Subject;
use crate::endpoint::{EndpointStatus, Turn};
use crate::facts::clickhouse::{ReversePrivateEndpoint, Service};
use crate::facts::{ClickHouseFacts, ServiceEndpoints};
use crate::observed::Observed;
use crate::paths::clickhouse::odd;
use crate::paths::findings::first_lines;
use crate::paths::msk_multi_vpc::existing::{ended, holding};
use crate::problem::Problem;

pub(super) enum Holder<'a> {
    /// An endpoint of the chosen service.
    Own(&'a ReversePrivateEndpoint),
    /// An endpoint of another service of the organization.
    Elsewhere {
        service: &'a Service,
        endpoint: &'a ReversePrivateEndpoint,
    },
    /// None that could be read.
    NotSeen,
}

/// The holder, and what is said of it.
pub(super) fn holder<'a>(subject: &Subject<'a>) -> (Vec<String>, Holder<'a>) {
    let Some(clickhouse) = subject.clickhouse else {
        let line = "Whether it belongs to an endpoint of your service cannot be seen without a ClickHouse API key.";
        return (vec![line.to_owned()], Holder::NotSeen);
    };
    let holder = find(subject, clickhouse);
    let lines = match holder {
        Holder::Own(endpoint) => vec![of_yours(endpoint)],
        Holder::Elsewhere { service, endpoint } => vec![of_another(service, endpoint)],
        Holder::NotSeen => not_seen(subject, clickhouse),
    };
    (lines, holder)
}

fn find<'a>(subject: &Subject<'a>, clickhouse: &'a ClickHouseFacts) -> Holder<'a> {
    let of = |endpoints: &'a Observed<Vec<ReversePrivateEndpoint>>| {
        let all = endpoints.known().map_or(&[][..], Vec::as_slice);
        holding(all, subject.cluster_arn, subject.authentication)
    };
    if let Some(own) = of(&clickhouse.endpoints) {
        return Holder::Own(own);
    }
    let mut elsewhere: Vec<(&Service, &ReversePrivateEndpoint)> = clickhouse
        .elsewhere
        .iter()
        .filter_map(|it| Some((&it.service, of(&it.endpoints)?)))
        .collect();
    // One that works says the most.
    elsewhere.sort_by_key(|(service, it)| (it.status.turn() != Turn::Nobody, &service.id));
    match elsewhere.first() {
        Some((service, endpoint)) => Holder::Elsewhere { service, endpoint },
        None => Holder::NotSeen,
    }
}

fn of_yours(endpoint: &ReversePrivateEndpoint) -> String {
    format!("Your service has {}.", named(endpoint))
}

fn of_another(service: &Service, endpoint: &ReversePrivateEndpoint) -> String {
    format!(
        "Service {} of your organization has {}.",
        service.name,
        named(endpoint)
    )
}

fn named(endpoint: &ReversePrivateEndpoint) -> String {
    format!(
        "endpoint {} ({}) to this cluster, which is {}",
        endpoint.description,
        endpoint.id,
        endpoint.status.as_wire()
    )
}

/// No endpoint that was read is the holder: those that ended, and who may be.
fn not_seen(subject: &Subject<'_>, clickhouse: &ClickHouseFacts) -> Vec<String> {
    let of = |endpoints| ended_of(subject, endpoints);
    let own = of(&clickhouse.endpoints);
    let elsewhere: Vec<(&Service, &ReversePrivateEndpoint)> = clickhouse
        .elsewhere
        .iter()
        .flat_map(|it| {
            of(&it.endpoints)
                .into_iter()
                .map(|ended| (&it.service, ended))
        })
        .collect();
    let told = Ended {
        own: !own.is_empty(),
        any: !own.is_empty() || !elsewhere.is_empty(),
        deleting: own
            .iter()
            .chain(elsewhere.iter().map(|(_, it)| it))
            .any(|it| it.status == EndpointStatus::Deleting),
    };
    let own = own.into_iter().map(of_yours);
    let elsewhere = elsewhere
        .into_iter()
        .map(|(service, it)| of_another(service, it));
    let mut lines = first_lines(own.chain(elsewhere).collect());
    lines.push(who_else(subject, clickhouse, told));
    lines
}

fn ended_of<'a>(
    subject: &Subject<'_>,
    endpoints: &'a Observed<Vec<ReversePrivateEndpoint>>,
) -> Vec<&'a ReversePrivateEndpoint> {
    let all = endpoints.known().map_or(&[][..], Vec::as_slice);
    ended(all, subject.cluster_arn, subject.authentication)
}

/// Which endpoints with this authentication to this cluster ended.
#[derive(Clone, Copy)]
struct Ended {
    own: bool,
    any: bool,
    deleting: bool,
}

/// It is one that could not be read, or nobody's of this key.
fn who_else(subject: &Subject<'_>, clickhouse: &ClickHouseFacts, ended: Ended) -> String {
    let none = |ended: bool| {
        if ended {
            "No other endpoint"
        } else {
            "No endpoint"
        }
    };
    if let Observed::Unknown { problem } = &clickhouse.endpoints {
        return format!(
            "Whether it belongs to an endpoint of your service is not known. {}",
            problem.headline()
        );
    }
    let own = match odd(clickhouse) {
        Some(odd) => {
            let none = none(ended.own);
            format!("{none} of your service that could be read leads to this cluster. {odd}")
        }
        None => format!("{} of your service leads to this cluster", none(ended.own)),
    };
    let services = match &clickhouse.services {
        Observed::Known { value } => value,
        Observed::Unknown { problem } => {
            return format!(
                "{}. Another service of your organization may hold it: these could not be listed. {}",
                own.trim_end_matches('.'),
                problem.headline()
            );
        }
    };
    let (mut unread, mut why) = (Vec::new(), None);
    let mut read = 1;
    for service in services {
        if Some(service.id.as_str()) == subject.service_id {
            continue;
        }
        let found = clickhouse
            .elsewhere
            .iter()
            .find(|it| it.service.id == service.id);
        if found.is_some_and(is_read) {
            read += 1;
            continue;
        }
        why = why.or_else(|| found?.endpoints.problem().map(Problem::headline));
        unread.push(service.name.clone());
    }
    if !unread.is_empty() {
        let why = why.map_or_else(String::new, |why| format!(" {why}"));
        return format!(
            "{} that could be read leads to this cluster. It may be held by a service whose endpoints could not be \
             read: {}.{why}",
            none(ended.any),
            first_lines(unread).join(", ").trim_end_matches('.')
        );
    }
    if odd(clickhouse).is_some() {
        return own;
    }
    let own = match read {
        1 => own,
        _ => format!(
            "{} of the {read} services that your key can read leads to this cluster",
            none(ended.any)
        ),
    };
    if ended.deleting {
        return format!(
            "{own}: the one that is being deleted holds it until it is gone, or another organization does, or a service that \
             your key cannot see."
        );
    }
    format!("{own}: another organization holds it, or a service that your key cannot see.")
}

/// Whether all of its endpoints were read.
fn is_read(service: &ServiceEndpoints) -> bool {
    service.odd_endpoints == 0 && service.endpoints.known().is_some()
}
