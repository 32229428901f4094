//! Checks on the database: partition, public address, status, VPC.

use super::{Subject, advice, check_again, finding, passed, unread};
use crate::CLICKPIPES_ACCOUNT;
use crate::check::{Check, CheckId, Verdict};
use crate::problem::Remedy;
use crate::readings::shell;
use crate::source::Publicity;

pub(super) fn partition(subject: &Subject<'_>) -> Check {
    let id = CheckId::Partition;
    let partition = &subject.region.identity.partition;
    let evidence = vec![
        format!(
            "Account {} is in partition {partition}.",
            subject.region.identity.account_id
        ),
        format!("ClickPipes' account {CLICKPIPES_ACCOUNT} is in partition aws."),
    ];
    if partition == "aws" {
        passed(
            id,
            "The account can share with ClickPipes' account.",
            evidence,
        )
    } else {
        finding(
            id,
            Verdict::Failure,
            format!("Partition {partition} cannot share with ClickPipes' account."),
            evidence,
            Some(advice(
                "Use a database in an account of partition aws, or the IP allow list instead of PrivateLink.",
            )),
        )
    }
}

pub(super) fn not_public(subject: &Subject<'_>) -> Check {
    let id = CheckId::NotPublic;
    let database = match subject.database(id) {
        Ok(database) => database,
        Err(check) => return *check,
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
    let database = match subject.database(id) {
        Ok(database) => database,
        Err(check) => return *check,
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

pub(super) fn same_vpc(subject: &Subject<'_>) -> Check {
    let id = CheckId::SameVpc;
    let database = match subject.database(id) {
        Ok(database) => database,
        Err(check) => return *check,
    };
    let vpc = &subject.vpc.vpc_id;
    let Some(database_vpc) = database.vpc_id() else {
        return unread(
            id,
            "The database's VPC is not known.",
            database.unread_because,
        );
    };
    let evidence = vec![
        format!("Database {} is in {database_vpc}.", database.name),
        format!("The gateway goes into {vpc}."),
    ];
    if database_vpc != vpc {
        return finding(
            id,
            Verdict::Failure,
            format!("The database is in {database_vpc}, the gateway would be in {vpc}."),
            evidence,
            Some(advice(
                "Choose subnets and security groups of the database's VPC.",
            )),
        );
    }
    let strangers = strangers(subject);
    if !strangers.is_empty() {
        return finding(
            id,
            Verdict::Failure,
            format!("Not in {vpc}: {}.", strangers.join(", ")),
            evidence,
            Some(advice(
                "Choose subnets and security groups of the database's VPC.",
            )),
        );
    }
    let problem = subject
        .vpc
        .subnets
        .problem()
        .or(subject.vpc.security_groups.problem());
    if problem.is_some() {
        let headline =
            format!("Whether all subnets and security groups are in {vpc} is not known.");
        return unread(id, headline, problem);
    }
    passed(
        id,
        "The database, subnets and security groups are in one VPC.",
        evidence,
    )
}

/// Chosen subnets and groups that are not in the VPC, as far as it could be read.
fn strangers(subject: &Subject<'_>) -> Vec<String> {
    let choices = subject.choices;
    let subnets = subject.vpc.subnets.known().map(|all| {
        missing(
            &choices.subnet_ids,
            all.iter()
                .filter(|it| it.vpc_id == subject.vpc.vpc_id)
                .map(|it| it.id.as_str()),
        )
    });
    let groups = subject.vpc.security_groups.known().map(|all| {
        missing(
            &choices.security_group_ids,
            all.iter()
                .filter(|it| it.vpc_id == subject.vpc.vpc_id)
                .map(|it| it.id.as_str()),
        )
    });
    subnets.into_iter().chain(groups).flatten().collect()
}

fn missing<'a>(wanted: &[String], there: impl Iterator<Item = &'a str>) -> Vec<String> {
    let there: Vec<&str> = there.collect();
    let mut missing: Vec<String> = wanted
        .iter()
        .filter(|id| !there.contains(&id.as_str()))
        .cloned()
        .collect();
    missing.sort_unstable();
    missing
}
