//! The steps in ClickHouse in words: the same for every path.

use super::Words;
use crate::readings::words::counted;
use crate::step::{EndpointTarget, PrivateDnsMapping};

pub(super) fn endpoint(
    description: &str,
    to: &EndpointTarget,
    private_dns: &[PrivateDnsMapping],
) -> Words {
    let names = match private_dns {
        [] => String::new(),
        [one] => format!(
            " In ClickPipes' VPC, {} resolves to it: a preview that ClickHouse's support enables.",
            one.name
        ),
        several => format!(
            " In ClickPipes' VPC, {} of your own resolve to it: a preview that ClickHouse's support enables.",
            counted(several.len(), "name")
        ),
    };
    let (waits_for, usual_seconds) = match to {
        EndpointTarget::VpcResource { .. } => (
            "ClickHouse accepts the share, the endpoint is Ready and has its DNS name.",
            (60, 600),
        ),
        EndpointTarget::MskMultiVpc { .. } => (
            "ClickHouse connects to the cluster, the endpoint is Ready and has its DNS names.",
            (120, 900),
        ),
        EndpointTarget::EndpointService { .. } => (
            "ClickHouse asks the endpoint service for a connection and knows its VPC endpoint ID.",
            (30, 300),
        ),
    };
    Words {
        title: "Create the reverse private endpoint in ClickHouse".to_owned(),
        result: format!(
            "Reverse private endpoint \u{201c}{description}\u{201d}, with a DNS name that the service's ClickPipes can \
             use.{names}"
        ),
        waits_for: waits_for.to_owned(),
        usual_seconds,
        undo: Some(
            "The endpoint is deleted in ClickHouse: every ClickPipe that uses it loses its connection."
                .to_owned(),
        ),
    }
}

pub(super) fn ready() -> Words {
    Words {
        title: "Wait until the endpoint is Ready".to_owned(),
        result: "The reverse private endpoint works, and ClickHouse tells its DNS names."
            .to_owned(),
        waits_for: "The endpoint is Ready and has its DNS names.".to_owned(),
        usual_seconds: (30, 600),
        undo: None,
    }
}
