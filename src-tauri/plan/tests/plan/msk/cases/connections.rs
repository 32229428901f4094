//! Connections of the cluster, and endpoints of the service to it.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::endpoint::EndpointStatus;
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::facts::msk::ClientVpcConnection;
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::Problem;

use super::{Case, case};
use crate::facts::*;
use crate::msk::facts::*;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = taken();
    cases.extend(free());
    cases.extend(endpoints());
    cases
}

fn taken() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Warning};
    let id = CheckId::MskConnectionFree;
    vec![
        case(id, Failure, "taken by an endpoint of the service", |w| {
            w.connect(connection("taken"));
            w.add_endpoint(msk_endpoint("e-1"));
        }),
        case(
            id,
            Failure,
            "taken by an endpoint of the service that is being made",
            |w| {
                w.connect(connection("taken"));
                w.add_endpoint(ReversePrivateEndpoint {
                    status: EndpointStatus::Provisioning,
                    ..msk_endpoint("e-1")
                });
            },
        ),
        case(id, Failure, "taken by another service of the key", |w| {
            w.connect(connection("taken"));
            w.add_service("reporting", known(Vec::new()));
            w.add_service("search", known(vec![msk_endpoint("e-7")]));
        }),
        case(
            id,
            Failure,
            "taken, and a service of the key is idle",
            |w| {
                w.connect(connection("taken"));
                w.add_service("reporting", known(Vec::new()));
                w.add_service(
                    "search",
                    Observed::Unknown {
                        problem: Problem::ServiceIdle {
                            service_id: "search".to_owned(),
                            message: "424".to_owned(),
                        },
                    },
                );
            },
        ),
        case(
            id,
            Failure,
            "taken, and of a service one endpoint could not be read",
            |w| {
                w.connect(connection("taken"));
                w.add_service("reporting", known(Vec::new()));
                w.clickhouse.as_mut().unwrap().elsewhere[0].odd_endpoints = 1;
            },
        ),
        case(
            id,
            Failure,
            "taken, and no service of the key has it",
            |w| {
                w.connect(connection("taken"));
                w.add_service("reporting", known(Vec::new()));
            },
        ),
        case(
            id,
            Failure,
            "taken, an own endpoint could not be read",
            |w| {
                w.connect(connection("taken"));
                w.clickhouse.as_mut().unwrap().odd_endpoints = 1;
            },
        ),
        case(id, Failure, "taken, services not listed", |w| {
            w.connect(connection("taken"));
            w.clickhouse.as_mut().unwrap().services = denied("listing services");
        }),
        case(id, Failure, "taken, and an own endpoint failed", |w| {
            w.connect(connection("taken"));
            w.add_endpoint(ReversePrivateEndpoint {
                status: EndpointStatus::Failed,
                ..msk_endpoint("e-1")
            });
        }),
        case(
            id,
            Failure,
            "taken, and an endpoint of another service is being deleted",
            |w| {
                w.connect(connection("taken"));
                w.add_service(
                    "search",
                    known(vec![ReversePrivateEndpoint {
                        status: EndpointStatus::Deleting,
                        ..msk_endpoint("e-7")
                    }]),
                );
            },
        ),
        case(id, Failure, "taken by one that is being turned off", |w| {
            w.connect(ClientVpcConnection {
                state: Some("deactivating".to_owned()),
                ..connection("taken")
            });
        }),
        case(id, Failure, "taken by another service", |w| {
            w.connect(connection("taken"));
            w.connect(ClientVpcConnection {
                owner: Some("444455556666".to_owned()),
                ..connection("analytics")
            });
        }),
        case(id, Failure, "taken, without a key", |w| {
            *w = w.clone().by_hand();
            w.connect(connection("taken"));
        }),
        case(id, Failure, "taken, endpoints not read", |w| {
            w.connect(connection("taken"));
            w.clickhouse.as_mut().unwrap().endpoints = denied("listing endpoints");
        }),
        case(id, Failure, "taken with SCRAM, in other letters", |w| {
            *w = w.clone().scram();
            w.connect(ClientVpcConnection {
                authentication: Some("sasl/scram".to_owned()),
                state: Some("CREATING".to_owned()),
                created_at: None,
                ..connection("taken")
            });
        }),
        case(id, Warning, "one that was rejected", |w| {
            w.connect(ClientVpcConnection {
                state: Some("REJECTED".to_owned()),
                ..connection("old")
            });
        }),
        case(id, NotKnown, "one of nobody", |w| {
            w.connect(ClientVpcConnection {
                owner: None,
                authentication: None,
                state: None,
                ..connection("odd")
            });
        }),
        case(id, NotKnown, "connections refused", |w| {
            w.msk.connections = denied("kafka:ListClientVpcConnections");
        }),
    ]
}

fn free() -> Vec<Case> {
    let id = CheckId::MskConnectionFree;
    vec![
        case(id, Verdict::Passed, "taken with the other one", |w| {
            *w = w.clone().scram();
            w.connect(connection("iam"));
        }),
        case(id, Verdict::Passed, "many of another owner", |w| {
            for number in 1..=7 {
                w.connect(ClientVpcConnection {
                    owner: Some("444455556666".to_owned()),
                    ..connection(&format!("analytics-{number}"))
                });
            }
        }),
    ]
}

fn endpoints() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let id = CheckId::ExistingEndpoint;
    let of_status = |verdict, what, status: EndpointStatus| {
        case(id, verdict, what, |w: &mut MskWorld| {
            w.add_endpoint(ReversePrivateEndpoint {
                status,
                ..msk_endpoint("e-1")
            });
        })
    };
    vec![
        of_status(Failure, "Ready", EndpointStatus::Ready),
        of_status(Failure, "being made", EndpointStatus::Provisioning),
        of_status(Warning, "failed", EndpointStatus::Failed),
        of_status(Warning, "being deleted", EndpointStatus::Deleting),
        of_status(
            NotKnown,
            "in a newer state",
            EndpointStatus::Other("Paused".to_owned()),
        ),
        case(id, Failure, "one failed, one Ready", |w| {
            w.add_endpoint(ReversePrivateEndpoint {
                status: EndpointStatus::Failed,
                ..msk_endpoint("e-1")
            });
            w.add_endpoint(msk_endpoint("e-2"));
        }),
        case(id, NotKnown, "one of unknown authentication", |w| {
            w.add_endpoint(ReversePrivateEndpoint {
                msk_authentication: None,
                ..msk_endpoint("e-1")
            });
        }),
        case(id, NotKnown, "an endpoint could not be read", |w| {
            w.clickhouse.as_mut().unwrap().odd_endpoints = 1;
        }),
        case(id, NotKnown, "endpoints not read", |w| {
            w.clickhouse.as_mut().unwrap().endpoints = denied("listing endpoints");
        }),
        case(id, NotKnown, "the key is gone", |w| w.clickhouse = None),
        case(id, NotKnown, "without a key", |w| *w = w.clone().by_hand()),
        case(
            id,
            Passed,
            "to the cluster with the other one, and elsewhere",
            |w| {
                *w = w.clone().scram();
                w.add_endpoint(msk_endpoint("e-1"));
                w.add_endpoint(endpoint("e-2", "rcfg-1"));
                w.add_endpoint(ReversePrivateEndpoint {
                    msk_cluster_arn: Some(CLICKS.replace("clicks", "orders")),
                    msk_authentication: Some("SASL_SCRAM".to_owned()),
                    ..msk_endpoint("e-3")
                });
            },
        ),
    ]
}
