//! The steps of the MSK multi-VPC path in words.

use super::Words;
use crate::paths::msk_multi_vpc::{CONNECTIVITY, FIRST_PORT, policy};
use crate::readings::words::{authentication as called, listed, schemes as called_together};
use crate::step::{MskAuthentication, MultiVpcSchemes, Plan};

pub(super) fn connectivity(
    plan: &Plan,
    schemes: MultiVpcSchemes,
    previous: MultiVpcSchemes,
) -> Words {
    let cluster = &plan.source.name;
    Words {
        title: "Turn on multi-VPC connectivity".to_owned(),
        result: format!(
            "Cluster {cluster} takes connections from other VPCs with {}; so far with {}. MSK restarts its brokers one \
             after the other, and the cluster takes no other change meanwhile.",
            listed(&called_together(schemes)),
            listed(&called_together(previous))
        ),
        waits_for: "The cluster is ACTIVE again, with exactly these schemes on. The larger it is, the longer this \
                    takes: you can close the window meanwhile."
            .to_owned(),
        usual_seconds: (
            CONNECTIVITY.from_minutes * 60,
            CONNECTIVITY.to_minutes * 60,
        ),
        undo: Some(format!(
            "Stays on, since others may have come to use it. Only if you ask for it when undoing, the cluster goes back \
             to {} (kafka:UpdateConnectivity), which takes as long again and cuts off who connects with the others.",
            listed(&called_together(previous))
        )),
    }
}

pub(super) fn policy(plan: &Plan, cluster_arn: &str, principal: &str) -> Words {
    Words {
        title: "Let ClickPipes connect in the cluster policy".to_owned(),
        result: format!(
            "One statement more in the policy of cluster {}: account {principal} may {} on {cluster_arn}. All other \
             statements stay as they are; a cluster without a policy gets one. If somebody else changes the policy at \
             the same time, it is read again.",
            plan.source.name,
            policy::ACTIONS.join(", ")
        ),
        waits_for: "The policy has the statement.".to_owned(),
        usual_seconds: (1, 10),
        undo: Some(
            "Only this statement is taken out again (kafka:PutClusterPolicy). The policy is deleted only if nothing else \
             is left in it (kafka:DeleteClusterPolicy)."
                .to_owned(),
        ),
    }
}

pub(super) fn connection(authentication: MskAuthentication, owner: &str) -> Words {
    Words {
        title: "Create the endpoint in ClickHouse yourself".to_owned(),
        result:
            "A reverse private endpoint in ClickHouse, made by you with the two values that Pipelink shows."
                .to_owned(),
        waits_for: format!(
            "The cluster has a connection of account {owner} with {} that is AVAILABLE.",
            called(authentication)
        ),
        usual_seconds: (60, 3600),
        undo: None,
    }
}

pub(super) fn bootstrap(authentication: MskAuthentication) -> Words {
    Words {
        title: "Read the brokers' addresses".to_owned(),
        result: format!(
            "The addresses of the brokers for connections from other VPCs with {}: one port for each broker, counting \
             up from {FIRST_PORT}.",
            called(authentication)
        ),
        waits_for: "MSK has the addresses.".to_owned(),
        usual_seconds: (1, 60),
        undo: None,
    }
}
