//! Checks on the source itself: a database's public address and status.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::together::together;
use super::{Subject, advice, check_again, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::paths::reach::destination::{Destination, Kind, bearer, holding};
use crate::problem::Remedy;
use crate::readings::shell;
use crate::source::Publicity;
use crate::step::Definition;

pub(super) fn not_public(subject: &Subject<'_>) -> Check {
    let id = CheckId::NotPublic;
    let targets = match subject.targets(id) {
        Ok(targets) => targets,
        Err(check) => return *check,
    };
    let Some(database) = &subject.database else {
        let each = targets.each.iter().map(host_not_public).collect();
        return together(each).unwrap_or_else(|| subject.no_source(id));
    };
    let mut evidence: Vec<String> = Vec::new();
    if let Some(cluster) = database.cluster
        && !database.is_aurora()
    {
        evidence.push(format!(
            "Cluster {}: {}",
            cluster.identifier,
            accessible(cluster.publicly_accessible)
        ));
    }
    evidence.extend(database.instances.iter().map(|instance| {
        format!(
            "Instance {}: {}",
            instance.identifier,
            accessible(instance.publicly_accessible)
        )
    }));
    evidence.extend(
        database
            .unread_members
            .iter()
            .map(|member| format!("Instance {member}: not read")),
    );
    match database.publicity() {
        Publicity::Private => passed(id, "The database has no public address.", evidence),
        Publicity::Public(names) => {
            let remedy = if database.cluster.is_some() && !database.is_aurora() {
                advice(
                    "Restore the cluster from a snapshot as a private one, since RDS cannot change this of a Multi-AZ \
                     cluster, or use the IP allow list instead of PrivateLink.",
                )
            } else {
                Remedy {
                    command: Some(make_private(subject, &names)),
                    ..check_again(
                        "Make it private, then check again, or use the IP allow list instead of PrivateLink. Clients \
                         that connect over the internet lose their connection.",
                    )
                }
            };
            finding(
                id,
                Verdict::Failure,
                format!("Publicly accessible: {}.", names.join(", ")),
                evidence,
                Some(remedy),
            )
        }
        Publicity::NotKnown(reason) => {
            let mut check = unread(
                id,
                "Whether the database has a public address is not known.",
                database.unread_because,
            );
            check.evidence = evidence;
            check.evidence.push(reason);
            check
        }
    }
}

/// AWS asks for no public address of databases only.
fn host_not_public(destination: &Destination<'_>) -> Check {
    let id = CheckId::NotPublic;
    let words = &destination.words;
    match destination.kind {
        Kind::IpAddress => passed(
            id,
            format!("{words} is a private address."),
            vec![format!(
                "{words} is in a range that is not routed on the internet."
            )],
        ),
        Kind::Cluster => passed(
            id,
            "An MSK Serverless cluster has no public address.",
            vec!["It is reached from its VPC only.".to_owned()],
        ),
        Kind::Database | Kind::DomainName => passed(
            id,
            "AWS takes public and private names alike.",
            vec![
                "The rule is one for databases; what the name resolves to is looked at by itself."
                    .to_owned(),
            ],
        ),
    }
}

fn accessible(publicly: Option<bool>) -> &'static str {
    match publicly {
        Some(true) => "publicly accessible",
        Some(false) => "private",
        None => "not said by AWS",
    }
}

/// One command for each instance. `ModifyDBCluster` has no such setting.
fn make_private(subject: &Subject<'_>, instances: &[String]) -> String {
    let region = shell::quote(&subject.region.identity.region);
    let commands: Vec<String> = instances
        .iter()
        .map(|name| {
            format!(
                "aws rds modify-db-instance --db-instance-identifier {} --no-publicly-accessible --apply-immediately \
                 --region {region}",
                shell::quote(name)
            )
        })
        .collect();
    commands.join("\n")
}

pub(super) fn available(subject: &Subject<'_>) -> Check {
    let id = CheckId::DatabaseAvailable;
    let wanted = match subject.wanted(id) {
        Ok(wanted) => wanted,
        Err(check) => return *check,
    };
    let Some(database) = &subject.database else {
        let each = wanted.definitions.iter();
        let each = each.filter_map(|it| host_available(subject, it)).collect();
        return together(each).unwrap_or_else(|| subject.no_source(id));
    };
    let mut evidence = vec![format!("{} is {}.", database.name, database.status)];
    if database.cluster.is_some() {
        evidence.extend(
            database
                .instances
                .iter()
                .map(|it| format!("Member {} is {}.", it.identifier, it.status)),
        );
    }
    if database.status != "available" {
        return finding(
            id,
            Verdict::Failure,
            format!("The database is {}.", database.status),
            evidence,
            Some(check_again("Wait until it is available, then check again.")),
        );
    }
    let busy: Vec<&str> = database
        .instances
        .iter()
        .filter(|it| it.status != "available")
        .map(|it| it.identifier.as_str())
        .collect();
    if busy.is_empty() {
        passed(id, "The database is available.", evidence)
    } else {
        finding(
            id,
            Verdict::Warning,
            format!(
                "The cluster is available, but not its member {}.",
                busy.join(", ")
            ),
            evidence,
            Some(check_again("Wait until it is available, then check again.")),
        )
    }
}

/// Of a host AWS knows no state.
fn host_available(subject: &Subject<'_>, definition: &Definition) -> Option<Check> {
    let (host, address) = match definition {
        Definition::Database { .. } => return None,
        Definition::DomainName { name, .. } => (name.clone(), None),
        Definition::IpAddress { address, .. } => (address.to_string(), Some(*address)),
    };
    let port = definition.ports().first()?.first;
    Some(Check {
        why: "AWS does not look whether anything answers: the endpoint becomes Ready all the same, and the ClickPipe \
              times out."
            .to_owned(),
        ..host_answers(subject, &host, address, port)
    })
}

/// Whether a host answers cannot be seen from outside of its network; an address that nothing bears can.
fn host_answers(subject: &Subject<'_>, words: &str, address: Option<Ipv4Addr>, port: u16) -> Check {
    let id = CheckId::DatabaseAvailable;
    let try_it = Remedy {
        command: Some(format!("nc -vz -w 5 {} {port}", shell::quote(words))),
        ..check_again(format!(
            "Try from an instance in {} whether it answers, then check again.",
            subject.vpc.vpc_id
        ))
    };
    let net = address.map(Ipv4Net::from);
    let subnet = net.and_then(|net| holding(subject.vpc, net));
    let (Some(net), Some(subnet)) = (net, subnet) else {
        return finding(
            id,
            Verdict::NotKnown,
            format!("Whether {words} answers at TCP {port} cannot be seen from here."),
            vec![format!(
                "{words} is no database that AWS tells the state of."
            )],
            Some(try_it),
        );
    };
    if subject.vpc.network_interfaces.known().is_none() {
        let mut check = unread(
            id,
            format!("Whether anything has the address {words} could not be read."),
            subject.vpc.network_interfaces.problem(),
        );
        check.evidence.push(format!("{words} is in {}.", subnet.id));
        return check;
    }
    match bearer(subject.vpc, net) {
        Some(interface) => finding(
            id,
            Verdict::NotKnown,
            format!("Whether {words} answers at TCP {port} cannot be seen from here."),
            vec![format!(
                "Network interface {} has the address.",
                interface.id
            )],
            Some(try_it),
        ),
        None => finding(
            id,
            Verdict::Warning,
            format!("No network interface that you may see has the address {words}."),
            vec![format!("Looked at in {}.", subnet.id)],
            Some(try_it),
        ),
    }
}
