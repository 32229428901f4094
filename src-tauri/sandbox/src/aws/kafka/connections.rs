//! Who is connected to a cluster from other VPCs. The cluster's owner sees it and can reject it.

use serde_json::{Value, json};

use super::{Context, Outcome, bad_request, cluster, members, paged, text};
use crate::wire::Members;
use crate::world::msk::{ConnectionState, takes};

pub(super) fn list(context: &mut Context<'_>, input: &Members) -> Outcome {
    let found = cluster(context, "ListClientVpcConnections", input)?;
    let described: Vec<Value> = found
        .connections
        .iter()
        .map(|it| {
            json!({
                "VpcConnectionArn": it.arn,
                "Authentication": it.authentication.word(),
                "Owner": it.owner,
                "State": it.state,
                "CreationTime": it.created_at.to_string(),
            })
        })
        .collect();
    let (items, next) = paged(input, described)?;
    Ok(members(
        json!({ "ClientVpcConnections": items, "NextToken": next }),
    ))
}

/// REJECTING, then REJECTED; it stays listed until the other side removes it.
pub(super) fn reject(context: &mut Context<'_>, input: &Members) -> Outcome {
    let parameter = "vpcConnectionArn";
    let arn = text(input, "VpcConnectionArn")
        .unwrap_or_default()
        .to_owned();
    let found = cluster(context, "RejectClientVpcConnection", input)?;
    let Some(connection) = found.connections.iter().find(|it| it.arn == arn) else {
        let message = "The cluster has no such VPC connection.";
        return Err(bad_request(message, parameter));
    };
    // "Reject a managed VPC connection to an Amazon MSK cluster", MSK developer guide.
    if connection.state != ConnectionState::Available {
        let message = "A VPC connection must be in the AVAILABLE state to be rejected.";
        return Err(bad_request(message, parameter));
    }
    let due = context.now + takes::CONNECTION_REJECT;
    if let Some(connection) = context.world.msk_connection_mut(&arn) {
        connection.state = ConnectionState::Rejecting;
        connection.due = Some(due);
    }
    Ok(Members::new())
}
