//! `UpdateConnectivity`: how clients of other VPCs may come. One kind of setting in a call, and what is sent
//! replaces what was: a scheme that is not named is turned off.

use serde_json::{Value, json};
use uuid::Uuid;

use super::clusters::not_for_serverless;
use super::{Context, Outcome, bad_request, cluster, members, text};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::Region;
use crate::world::msk::{ClusterKind, ClusterState, MskCluster, Scheme};

/// The first version of Kafka that has multi-VPC connectivity.
const FIRST_KAFKA: [u32; 3] = [2, 7, 1];

const CONNECTIVITY: &str = "connectivityInfo";
const AUTHENTICATION: &str = "vpcConnectivity.clientAuthentication";

pub(super) fn update(context: &mut Context<'_>, input: &Members) -> Outcome {
    let found = cluster(context, "UpdateConnectivity", input)?;
    let wanted = wanted(input)?;
    if found.kind == ClusterKind::Serverless {
        return Err(not_for_serverless());
    }
    if found.state != ClusterState::Active {
        let message = "The cluster must be in the ACTIVE state for this operation.";
        return Err(bad_request(message, "clusterArn"));
    }
    if text(input, "CurrentVersion") != Some(&found.current_version) {
        let message = "The current version is not the version of the cluster.";
        return Err(bad_request(message, "currentVersion"));
    }
    check(context.here(), found, &wanted)?;

    let arn = found.arn(context.region, context.account());
    let id = Uuid::new_v4().to_string();
    let operation = found.arn_below(context.region, context.account(), "cluster-operation", &id);
    let now = context.now;
    if let Some(found) = context.here_mut().msk_cluster_mut(&arn) {
        found.begin_update(operation.clone(), wanted, now);
    }
    Ok(members(
        json!({ "ClusterArn": arn, "ClusterOperationArn": operation }),
    ))
}

/// The authentication that is asked for over VPC connectivity, if that is all that is asked for.
fn wanted(input: &Members) -> Result<Vec<Scheme>, Failure> {
    let info = input.get("ConnectivityInfo").and_then(Value::as_object);
    let mut kinds: Vec<&str> = info
        .into_iter()
        .flat_map(|it| it.keys().map(String::as_str))
        .collect();
    if input.contains_key("ZookeeperAccess") {
        kinds.push("ZookeeperAccess");
    }
    match kinds[..] {
        ["VpcConnectivity"] => {}
        [] => {
            let message = "The request does not include any connectivity setting.";
            return Err(bad_request(message, CONNECTIVITY));
        }
        [other] => {
            return Err(Failure::not_simulated(format_args!(
                "UpdateConnectivity of {other}"
            )));
        }
        // hashicorp/terraform-provider-aws#47279 has this text.
        _ => {
            let message = "You can't update multiple connectivity settings in the same request. \
                           Modify your request to update only NetworkType, VpcConnectivity, or \
                           PublicAccess connectivity setting, and try again.";
            return Err(bad_request(message, CONNECTIVITY));
        }
    }
    let Some(authentication) = info
        .and_then(|it| it["VpcConnectivity"].get("ClientAuthentication"))
        .filter(|it| it.as_object().is_some_and(|it| !it.is_empty()))
    else {
        let message = "The VPC connectivity has no client authentication.";
        return Err(bad_request(message, AUTHENTICATION));
    };
    let places = [
        (Scheme::Iam, "/Sasl/Iam/Enabled"),
        (Scheme::Scram, "/Sasl/Scram/Enabled"),
        (Scheme::Tls, "/Tls/Enabled"),
    ];
    let on = |place: &str| authentication.pointer(place).and_then(Value::as_bool) == Some(true);
    Ok(places
        .into_iter()
        .filter(|(_, place)| on(place))
        .map(|(scheme, _)| scheme)
        .collect())
}

/// Whether the cluster can have this: "Requirements and limitations for multi-VPC private connectivity" in the
/// MSK developer guide. The texts are the sandbox's own.
fn check(region: &Region, cluster: &MskCluster, wanted: &[Scheme]) -> Result<(), Failure> {
    let refuse = |message: String| Err(bad_request(message, AUTHENTICATION));
    let mut present = cluster.vpc_authentication.clone();
    present.sort_unstable();
    if present == wanted {
        return refuse("The request changes nothing of the cluster's connectivity.".to_owned());
    }
    // Turning off is always possible.
    if wanted.is_empty() {
        return Ok(());
    }
    let instance = &cluster.instance_type;
    if instance.ends_with("t3.small") || cluster.is_express() {
        return refuse(format!(
            "The instance type {instance} does not have multi-VPC private connectivity."
        ));
    }
    if !has_multi_vpc(&cluster.kafka_version) {
        return refuse(format!(
            "Apache Kafka {} does not have multi-VPC private connectivity.",
            cluster.kafka_version
        ));
    }
    if cluster.unauthenticated {
        let message = "A cluster that allows unauthenticated access can't have multi-VPC private \
                       connectivity.";
        return refuse(message.to_owned());
    }
    let mut missing = wanted.iter();
    if let Some(scheme) = missing.find(|it| !cluster.authentication.contains(it)) {
        return refuse(format!(
            "{} is not enabled on the cluster, so it can't be enabled for VPC connectivity.",
            scheme.word()
        ));
    }
    // The guide calls this mandatory; that a call is refused over it is known of public access only.
    if wanted.contains(&Scheme::Scram) && region.everyone_if_no_acl(cluster) {
        let message = "SASL/SCRAM can be enabled for VPC connectivity only where the configuration has \
                       allow.everyone.if.no.acl.found=false.";
        return refuse(message.to_owned());
    }
    Ok(())
}

fn has_multi_vpc(version: &str) -> bool {
    // "3.7.x.kraft": what is no number is the newest of its kind.
    let number = |part: &str| part.parse().unwrap_or(u32::MAX);
    let mut parts = version.split('.').map(number);
    let three = [(); 3].map(|()| parts.next().unwrap_or(0));
    three >= FIRST_KAFKA
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kafka_has_multi_vpc_connectivity_from_2_7_1_on() {
        for (version, has) in [
            ("2.6.2", false),
            ("2.7.0", false),
            ("2.7.1", true),
            ("2.8.1", true),
            ("2.8.2.tiered", true),
            ("3.7.x.kraft", true),
            ("4.0.x", true),
            ("1.1.1", false),
        ] {
            assert_eq!(has_multi_vpc(version), has, "{version}");
        }
    }
}
