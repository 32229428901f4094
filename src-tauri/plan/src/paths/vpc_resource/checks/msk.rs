//! The check on an MSK Serverless cluster's state.

use super::{Subject, check_again, finding, passed};
use crate::check::{Check, CheckId, Verdict};

pub(super) fn state(subject: &Subject<'_>) -> Check {
    Check {
        why: "Clients reach a cluster only while it is ACTIVE: the endpoint becomes Ready all the same."
            .to_owned(),
        ..of_cluster(subject)
    }
}

fn of_cluster(subject: &Subject<'_>) -> Check {
    let id = CheckId::MskState;
    let Some(cluster) = subject.cluster.map(|it| it.cluster) else {
        return subject.no_source(id);
    };
    let evidence = vec![format!(
        "Cluster {}, serverless, is {}.",
        cluster.name, cluster.state
    )];
    if cluster.state == "ACTIVE" {
        return passed(id, "The cluster is ACTIVE.", evidence);
    }
    finding(
        id,
        Verdict::Failure,
        format!("The cluster is {}.", cluster.state),
        evidence,
        Some(check_again("Wait until it is ACTIVE, then check again.")),
    )
}
