//! Where brokers are: bootstrap strings by way and authentication, and the nodes with their addresses.

use serde_json::{Value, json};

use super::clusters::not_for_serverless;
use super::{Context, Outcome, cluster, members, paged};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::msk::{ClusterKind, ClusterState, Scheme};

/// How many brokers a bootstrap string names at most.
const BOOTSTRAP: usize = 3;

pub(super) fn bootstrap(context: &mut Context<'_>, input: &Members) -> Outcome {
    let found = cluster(context, "GetBootstrapBrokers", input)?;
    if matches!(
        found.state,
        ClusterState::Creating | ClusterState::Deleting | ClusterState::Failed
    ) {
        return Err(Failure::new(
            "ConflictException",
            409,
            "The cluster is not in a state in which it has bootstrap brokers.",
        )
        .with("InvalidParameter", "clusterArn"));
    }
    if found.kind == ClusterKind::Serverless {
        let host = found.serverless_host(context.region);
        return Ok(members(json!({
            "BootstrapBrokerStringSaslIam": format!("{host}:9098"),
        })));
    }
    let at_port = |port: u32| {
        let hosts = (1..=found.brokers).map(|id| (found.broker_host(context.region, id), port));
        string(hosts)
    };
    let own = |scheme: Scheme, port: u32| {
        let on = found.authentication.contains(&scheme);
        on.then(|| at_port(port))
    };
    let over_vpc = |scheme: Scheme| {
        let on = found.vpc_authentication.contains(&scheme);
        on.then(|| string(found.connection_brokers(context.region, scheme)))
    };
    // Clients that do not say who they are come over TLS too.
    let tls = found.unauthenticated || found.authentication.contains(&Scheme::Tls);
    Ok(members(json!({
        "BootstrapBrokerStringTls":
            tls.then(|| at_port(9094)),
        "BootstrapBrokerStringSaslScram": own(Scheme::Scram, 9096),
        "BootstrapBrokerStringSaslIam": own(Scheme::Iam, 9098),
        "BootstrapBrokerStringVpcConnectivityTls": over_vpc(Scheme::Tls),
        "BootstrapBrokerStringVpcConnectivitySaslScram": over_vpc(Scheme::Scram),
        "BootstrapBrokerStringVpcConnectivitySaslIam": over_vpc(Scheme::Iam),
    })))
}

fn string(brokers: impl IntoIterator<Item = (String, u32)>) -> String {
    let named = brokers.into_iter().take(BOOTSTRAP);
    let written: Vec<String> = named.map(|(host, port)| format!("{host}:{port}")).collect();
    written.join(",")
}

pub(super) fn nodes(context: &mut Context<'_>, input: &Members) -> Outcome {
    let found = cluster(context, "ListNodes", input)?;
    if found.kind == ClusterKind::Serverless {
        return Err(not_for_serverless());
    }
    let nodes: Vec<Value> = context
        .here()
        .brokers(found)
        .into_iter()
        .map(|it| {
            let own = it.interface_id.trim_start_matches("eni-");
            json!({
                "NodeType": "BROKER",
                "NodeARN": found.arn_below(context.region, context.account(), "broker", own),
                "InstanceType": found.instance_type,
                "AddedToClusterTime": found.created_at.to_string(),
                "BrokerNodeInfo": {
                    "BrokerId": f64::from(it.id),
                    "AttachedENIId": it.interface_id,
                    "ClientSubnet": it.subnet_id,
                    "ClientVpcIpAddress": it.address,
                    "CurrentBrokerSoftwareInfo": { "KafkaVersion": found.kafka_version },
                    "Endpoints": [found.broker_host(context.region, it.id)],
                },
            })
        })
        .collect();
    let (items, next) = paged(input, nodes)?;
    Ok(members(json!({ "NodeInfoList": items, "NextToken": next })))
}
