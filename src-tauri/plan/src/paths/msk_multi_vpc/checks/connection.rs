//! The check on connections: no other one of ClickPipes' account has the authentication.

use super::cluster::at;
use super::holder::{Holder, holder};
use super::{Subject, advice, check_again, finding, first_lines, other, passed, unread, word};
use crate::check::{Check, CheckId, Verdict};
use crate::endpoint::Turn;
use crate::facts::msk::ClientVpcConnection;
use crate::paths::msk_multi_vpc::connections::{Hold, hold, is_clickpipes, may_reject};
use crate::problem::Remedy;
use crate::readings::shell;

pub(super) fn free(subject: &Subject<'_>) -> Check {
    let id = CheckId::MskConnectionFree;
    let Some(connections) = subject.msk.connections.known() else {
        return unread(
            id,
            "The cluster's connections could not be read.",
            subject.msk.connections.problem(),
        );
    };
    let wanted = word(subject.authentication);
    let mut sorted: Vec<(Hold, &ClientVpcConnection)> = connections
        .iter()
        .map(|it| (hold(it, subject.authentication), it))
        .collect();
    sorted.sort_by(|(hold, it), (other_hold, other)| {
        other_hold.cmp(hold).then_with(|| it.arn.cmp(&other.arn))
    });
    let mut lines = first_lines(sorted.iter().map(|(_, it)| line(it)).collect());
    match sorted.first() {
        Some((Hold::Held, connection)) => {
            let (whose, holder) = holder(subject);
            lines.splice(0..0, whose);
            finding(
                id,
                Verdict::Failure,
                format!("ClickPipes have a connection with {wanted} to this cluster already."),
                lines,
                Some(take_over(subject, connection, &holder)),
            )
        }
        Some((Hold::Unknown, _)) => finding(
            id,
            Verdict::NotKnown,
            format!("Whether ClickPipes have a connection with {wanted} already is not known."),
            lines,
            Some(check_again(
                "Look at the cluster's client VPC connections in the MSK console, then check again.",
            )),
        ),
        Some((Hold::Fading, _)) => finding(
            id,
            Verdict::Warning,
            format!("A connection of ClickPipes with {wanted} is on its way out and still listed."),
            lines,
            Some(check_again(
                "Wait until AWS does not list it any more, then check again: until then a new one may be refused.",
            )),
        ),
        Some((Hold::None, _)) | None => {
            if lines.is_empty() {
                lines.push("The cluster has no connections from other VPCs.".to_owned());
            }
            passed(
                id,
                format!("ClickPipes have no connection with {wanted} to this cluster yet."),
                lines,
            )
        }
    }
}

fn line(connection: &ClientVpcConnection) -> String {
    let whose = match &connection.owner {
        Some(_) if is_clickpipes(connection) => "ClickPipes".to_owned(),
        Some(owner) => format!("account {owner}"),
        None => "an account that AWS does not name".to_owned(),
    };
    let authentication = connection
        .authentication
        .as_deref()
        .unwrap_or("no known authentication");
    let state = connection.state.as_deref().unwrap_or("of unknown state");
    let since = connection
        .created_at
        .map_or_else(String::new, |time| format!(", since {}", at(time)));
    format!(
        "{} of {whose}: {authentication}, {state}{since}",
        connection.arn
    )
}

fn take_over(
    subject: &Subject<'_>,
    connection: &ClientVpcConnection,
    holder: &Holder<'_>,
) -> Remedy {
    let other = word(other(subject.authentication));
    match holder {
        Holder::Own(endpoint) if endpoint.status.turn() == Turn::Nobody => {
            return advice(
                "Use that endpoint for the ClickPipe: all ClickPipes of a service can share it.",
            );
        }
        Holder::Own(_) => {
            return check_again(
                "Wait until that endpoint is Ready and use it, or delete it in ClickHouse, then check again.",
            );
        }
        Holder::Elsewhere { service, .. } => {
            return check_again(format!(
                "Set up the ClickPipe in service {}, or choose {other}, if it is free, or delete that endpoint in ClickHouse, \
                 which cuts off whoever uses it, then check again.",
                service.name
            ));
        }
        Holder::NotSeen => {}
    }
    if !may_reject(connection) {
        let state = connection.state.as_deref().unwrap_or_default();
        return check_again(format!(
            "Choose {other}, if it is free, or wait until the connection is not {state} any more, then check again: until then \
             it cannot be rejected."
        ));
    }
    let command = format!(
        "aws kafka reject-client-vpc-connection --cluster-arn {} --vpc-connection-arn {} --region {}",
        shell::quote(subject.cluster_arn),
        shell::quote(&connection.arn),
        shell::quote(&subject.region.identity.region)
    );
    Remedy {
        command: Some(command),
        ..check_again(format!(
            "Choose {other}, if it is free, or reject the connection, which cuts off whoever uses it, then check again."
        ))
    }
}
