//! Checks on the cluster itself: its type, state, version and instances.

use jiff::Timestamp;

use super::{Subject, advice, check_again, finding, passed};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::msk::ClusterOperation;
use crate::paths::msk_multi_vpc::cluster::{self, Kind, Version, is_too_small};
use crate::problem::Problem;

pub(super) fn kind(subject: &Subject<'_>) -> Check {
    let id = CheckId::MskType;
    let cluster = match subject.cluster(id) {
        Ok(cluster) => cluster,
        Err(check) => return *check,
    };
    let name = &cluster.name;
    let mut evidence = vec![format!("Type of cluster {name}: {}", cluster.kind)];
    evidence.extend(
        cluster
            .provisioned
            .as_ref()
            .map(|it| format!("Brokers: {} of {}", it.brokers, it.instance_type)),
    );
    match cluster::kind(cluster) {
        Kind::Standard => passed(
            id,
            format!("Cluster {name} is provisioned, with standard brokers."),
            evidence,
        ),
        Kind::Express => finding(
            id,
            Verdict::Failure,
            format!(
                "Cluster {name} has Express brokers, to which ClickPipes do not connect this way."
            ),
            evidence,
            Some(advice(
                "Choose VPC endpoint service: a load balancer, a service and an endpoint for each broker.",
            )),
        ),
        Kind::Serverless => finding(
            id,
            Verdict::Failure,
            format!("Cluster {name} is serverless, which has no multi-VPC connectivity."),
            evidence,
            Some(advice(
                "Choose VPC resource: a gateway that looks names up within the VPC, and the cluster's bootstrap host.",
            )),
        ),
        Kind::Unknown => finding(
            id,
            Verdict::NotKnown,
            format!("The type of cluster {name} is not known."),
            evidence,
            Some(check_again(
                "Look at the cluster's type in the MSK console, then check again.",
            )),
        ),
    }
}

pub(super) fn version(subject: &Subject<'_>) -> Check {
    let id = CheckId::MskVersion;
    let (cluster, provisioned) = match subject.provisioned(id) {
        Ok(known) => known,
        Err(check) => return *check,
    };
    let name = &cluster.name;
    let Some(version) = &provisioned.kafka_version else {
        return finding(
            id,
            Verdict::NotKnown,
            format!("AWS does not say which version of Kafka cluster {name} runs."),
            Vec::new(),
            Some(check_again(
                "Look at the version in the MSK console, then check again.",
            )),
        );
    };
    let evidence = vec![format!("Kafka version of cluster {name}: {version}")];
    match cluster::version(version) {
        Version::NewEnough => passed(
            id,
            format!("Kafka {version} has multi-VPC connectivity."),
            evidence,
        ),
        Version::TooOld => finding(
            id,
            Verdict::Failure,
            format!("Kafka {version} is too old: 2.7.1 is the oldest that will do."),
            evidence,
            Some(check_again(
                "Upgrade the cluster in the MSK console, then check again, or choose VPC endpoint service.",
            )),
        ),
        Version::Unknown => finding(
            id,
            Verdict::NotKnown,
            format!("Whether Kafka {version} is 2.7.1 or newer is not known."),
            evidence,
            Some(check_again(
                "Look the version up in the MSK console, then check again.",
            )),
        ),
    }
}

pub(super) fn instance(subject: &Subject<'_>) -> Check {
    let id = CheckId::MskInstance;
    let (cluster, provisioned) = match subject.provisioned(id) {
        Ok(known) => known,
        Err(check) => return *check,
    };
    let name = &cluster.name;
    let instance = &provisioned.instance_type;
    let evidence = vec![format!("Brokers of cluster {name}: {instance}")];
    if instance.is_empty() {
        return finding(
            id,
            Verdict::NotKnown,
            format!("AWS does not say which instances cluster {name} has."),
            Vec::new(),
            Some(check_again(
                "Look at the instance type in the MSK console, then check again.",
            )),
        );
    }
    if is_too_small(instance) {
        return finding(
            id,
            Verdict::Failure,
            format!(
                "Brokers of cluster {name} are {instance}, which have no multi-VPC connectivity."
            ),
            evidence,
            Some(check_again(
                "Change the brokers to a larger instance type, then check again, or choose VPC endpoint service.",
            )),
        );
    }
    passed(
        id,
        format!("Brokers of cluster {name} are {instance}."),
        evidence,
    )
}

pub(super) fn state(subject: &Subject<'_>) -> Check {
    let id = CheckId::MskState;
    let cluster = match subject.cluster(id) {
        Ok(cluster) => cluster,
        Err(check) => return *check,
    };
    let name = &cluster.name;
    let mut evidence = vec![format!("State of cluster {name}: {}", cluster.state)];
    if cluster.state == "ACTIVE" {
        return passed(id, format!("Cluster {name} is active."), evidence);
    }
    evidence.extend(under_way(subject));
    match cluster.state.as_str() {
        "CREATING" | "UPDATING" | "HEALING" | "MAINTENANCE" | "REBOOTING_BROKER" => finding(
            id,
            Verdict::Failure,
            format!("Cluster {name} is not active: it is {}.", cluster.state),
            evidence,
            Some(check_again(
                "Wait until the cluster is active, then check again.",
            )),
        ),
        "DELETING" | "FAILED" => finding(
            id,
            Verdict::Failure,
            format!(
                "Cluster {name} cannot be used: its state is {}.",
                cluster.state
            ),
            evidence,
            Some(advice("Choose another cluster.")),
        ),
        other => finding(
            id,
            Verdict::NotKnown,
            format!("Cluster {name} is in state {other}, which this version does not know."),
            evidence,
            Some(check_again(
                "Look at the cluster in the MSK console, then check again.",
            )),
        ),
    }
}

/// What is being done to the cluster now, and since when, as far as that was read.
fn under_way(subject: &Subject<'_>) -> Vec<String> {
    let Some(operations) = subject.msk.operations.known() else {
        return subject
            .msk
            .operations
            .problem()
            .map(|problem| {
                format!(
                    "What is being done to it is not known. {}",
                    Problem::headline(problem)
                )
            })
            .into_iter()
            .collect();
    };
    let mut running: Vec<&ClusterOperation> = operations
        .iter()
        .filter(|it| it.ended_at.is_none())
        .collect();
    running.sort_by_key(|it| (it.started_at, &it.arn));
    if running.is_empty() {
        return vec!["AWS lists no operation that is under way.".to_owned()];
    }
    running
        .into_iter()
        .map(|it| {
            let kind = it.kind.as_deref().unwrap_or("An operation");
            let state = it
                .state
                .as_ref()
                .map_or_else(String::new, |state| format!(" ({state})"));
            match it.started_at {
                Some(since) => format!("{kind}{state} is under way since {}.", at(since)),
                None => format!("{kind}{state} is under way."),
            }
        })
        .collect()
}

/// Such as "2026-11-23 14:05 UTC".
pub(super) fn at(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
