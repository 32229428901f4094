//! The MSK cluster whose brokers stand behind the load balancers.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::facts::msk::{MskCluster, Provisioned};
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::endpoint_service::choices::SourceChoice;
use pipelink_plan::step::MskAuthentication;

use super::{Case, case};
use crate::endpoint_service::world::World;
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    authentication().into_iter().chain(state()).collect()
}

fn brokers() -> World {
    World::healthy().of_brokers()
}

fn scram(world: &mut World) {
    if let SourceChoice::MskBrokers { authentication, .. } = &mut world.choices.source {
        *authentication = MskAuthentication::SaslScram;
    }
}

fn cluster(world: &mut World) -> &mut MskCluster {
    match &mut world.msk().cluster {
        Observed::Known { value } => value,
        Observed::Unknown { problem } => panic!("not known: {problem}"),
    }
}

fn provisioned(world: &mut World) -> &mut Provisioned {
    cluster(world).provisioned.as_mut().unwrap()
}

fn authentication() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed};
    let id = CheckId::MskAuthentication;
    vec![
        case(id, Passed, "IAM is on", brokers(), |_| {}),
        case(id, Failure, "SCRAM is off, IAM on", brokers(), scram),
        case(id, Failure, "nothing but TLS is on", brokers(), |w| {
            provisioned(w).schemes.iam = false;
            provisioned(w).schemes.tls = true;
        }),
        case(id, Failure, "no TLS", brokers(), |w| {
            provisioned(w).client_encryption = Some("PLAINTEXT".to_owned());
        }),
        case(
            id,
            Passed,
            "SCRAM is on, and others need neither ACL nor password",
            brokers(),
            |w| {
                scram(w);
                provisioned(w).schemes.scram = true;
                provisioned(w).unauthenticated = true;
            },
        ),
        case(id, NotKnown, "cluster refused", brokers(), |w| {
            w.msk().cluster = denied("kafka:DescribeClusterV2");
        }),
        case(id, NotKnown, "cluster not read", brokers(), |w| {
            w.msk = None;
        }),
    ]
}

fn state() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let id = CheckId::MskState;
    let with_state = |verdict, what, word: &'static str| {
        case(id, verdict, what, brokers(), move |w| {
            word.clone_into(&mut cluster(w).state);
        })
    };
    vec![
        with_state(Passed, "active", "ACTIVE"),
        with_state(Warning, "being updated", "UPDATING"),
        with_state(Warning, "a broker being replaced", "HEALING"),
        with_state(Failure, "being created", "CREATING"),
        with_state(Failure, "being deleted", "DELETING"),
        with_state(Failure, "failed", "FAILED"),
        with_state(NotKnown, "a new word", "RESTING"),
        case(id, NotKnown, "cluster refused", brokers(), |w| {
            w.msk().cluster = denied("kafka:DescribeClusterV2");
        }),
        case(id, NotKnown, "cluster not read", brokers(), |w| {
            w.msk = None;
        }),
    ]
}
