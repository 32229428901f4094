//! How far an endpoint has come, for the step that waits for it.

use pipelink_plan::endpoint::{EndpointStatus, Turn};
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{OutputName, Outputs};

/// How far an endpoint has to come for its step to be done.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// Ready, with its DNS names.
    Ready,
    /// Ready: an MSK cluster is reached by the brokers' own names, which AWS tells.
    ReadyByAnyName,
    /// Ready, or asked for at an endpoint service under a known ID: what is left is somebody's acceptance.
    AskedFor,
}

/// What a look at the endpoint shows.
pub(super) fn progress_of(endpoint: ReversePrivateEndpoint, until: Until) -> Progress {
    let seen = endpoint.status.as_wire().to_owned();
    let turn = endpoint.status.turn();
    match endpoint.status {
        EndpointStatus::Ready
            if !endpoint.dns_names.is_empty() || until == Until::ReadyByAnyName =>
        {
            Progress::Usable {
                outputs: outputs(endpoint),
            }
        }
        EndpointStatus::Ready => Progress::Waiting {
            seen,
            turn: Turn::ClickHouse,
        },
        EndpointStatus::PendingAcceptance
            if until == Until::AskedFor && endpoint.endpoint_id.is_some() =>
        {
            Progress::Usable {
                outputs: outputs(endpoint),
            }
        }
        EndpointStatus::Failed
        | EndpointStatus::Rejected
        | EndpointStatus::Expired
        | EndpointStatus::Deleting => Progress::Ended { seen, reason: None },
        EndpointStatus::Provisioning
        | EndpointStatus::PendingAcceptance
        | EndpointStatus::Unknown
        | EndpointStatus::Other(_) => Progress::Waiting { seen, turn },
    }
}

fn outputs(endpoint: ReversePrivateEndpoint) -> Outputs {
    let mut outputs = Outputs::default().with(OutputName::EndpointId, endpoint.id);
    if let Some(id) = endpoint.endpoint_id {
        outputs = outputs.with(OutputName::VpcEndpointId, id);
    }
    if !endpoint.dns_names.is_empty() {
        outputs.0.insert(OutputName::DnsNames, endpoint.dns_names);
    }
    outputs
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipelink_plan::endpoint::EndpointKind;

    fn endpoint(status: &str, dns_names: &[&str]) -> ReversePrivateEndpoint {
        ReversePrivateEndpoint {
            id: "e".to_owned(),
            service_id: "s".to_owned(),
            description: String::new(),
            kind: EndpointKind::VpcResource,
            status: EndpointStatus::from_wire(status),
            endpoint_id: Some("vpce-1".to_owned()),
            dns_names: dns_names.iter().map(|name| (*name).to_owned()).collect(),
            private_dns_names: Vec::new(),
            resource_configuration_id: Some("rcfg-1".to_owned()),
            resource_share_arn: None,
            endpoint_service_name: None,
            msk_cluster_arn: None,
            msk_authentication: None,
            custom_private_dns_names: Vec::new(),
        }
    }

    #[test]
    fn ready_with_names_is_usable_and_without_is_clickhouses_turn() {
        let Progress::Usable { outputs } =
            progress_of(endpoint("Ready", &["a", "b"]), Until::Ready)
        else {
            unreachable!("Ready with names is usable");
        };
        assert_eq!(outputs.one(OutputName::EndpointId), Some("e"));
        assert_eq!(outputs.one(OutputName::VpcEndpointId), Some("vpce-1"));
        assert_eq!(outputs.0[&OutputName::DnsNames], ["a", "b"]);
        assert_eq!(
            progress_of(endpoint("Ready", &[]), Until::Ready),
            Progress::Waiting {
                seen: "Ready".to_owned(),
                turn: Turn::ClickHouse
            }
        );
    }

    #[test]
    fn every_other_status_waits_for_somebody_or_ends() {
        for (status, turn) in [
            ("Provisioning", Turn::ClickHouse),
            ("PendingAcceptance", Turn::You),
            ("Unknown", Turn::NotKnown),
            ("Hibernating", Turn::NotKnown),
        ] {
            let seen = status.to_owned();
            assert_eq!(
                progress_of(endpoint(status, &["a"]), Until::Ready),
                Progress::Waiting { seen, turn }
            );
        }
        for status in ["Failed", "Rejected", "Expired", "Deleting"] {
            let seen = status.to_owned();
            assert_eq!(
                progress_of(endpoint(status, &["a"]), Until::Ready),
                Progress::Ended { seen, reason: None }
            );
        }
    }

    #[test]
    fn one_that_waits_to_be_accepted_is_as_far_as_an_endpoint_service_needs() {
        let pending = || endpoint("PendingAcceptance", &[]);
        let Progress::Usable { outputs } = progress_of(pending(), Until::AskedFor) else {
            unreachable!("its ID is known");
        };
        assert_eq!(outputs.one(OutputName::VpcEndpointId), Some("vpce-1"));
        assert_eq!(outputs.one(OutputName::DnsNames), None);
        let mut nameless = pending();
        nameless.endpoint_id = None;
        assert_eq!(
            progress_of(nameless, Until::AskedFor),
            Progress::Waiting {
                seen: "PendingAcceptance".to_owned(),
                turn: Turn::You
            },
            "without its ID nobody can tell which connection to accept"
        );
    }

    #[test]
    fn a_cluster_needs_no_name_of_clickhouses() {
        assert!(matches!(
            progress_of(endpoint("Ready", &[]), Until::ReadyByAnyName),
            Progress::Usable { .. }
        ));
    }
}
