#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use crate::world::World;
use crate::world::msk::{ClusterKind, Scheme, read_policy};
use crate::world::scenario::new_world;

fn default() -> World {
    new_world("default", 1.0).unwrap().unwrap()
}

#[test]
fn clusters_stand_on_what_is_there() {
    stand(&default());
    stand(&new_world("crowded", 1.0).unwrap().unwrap());
}

fn stand(world: &World) {
    let account = &world.account.id;
    for (name, region) in &world.regions {
        for cluster in &region.msk_clusters {
            let arn = cluster.arn(name, account);
            assert_eq!(
                region.msk_cluster(&arn).map(|it| &it.uuid),
                Some(&cluster.uuid)
            );
            let mut vpcs: Vec<_> = cluster
                .subnet_ids
                .iter()
                .map(|id| &region.subnet(id).expect(&arn).vpc_id)
                .collect();
            vpcs.dedup();
            assert_eq!(vpcs.len(), 1, "{arn}");
            for id in &cluster.security_group_ids {
                assert_eq!(&region.security_group(id).expect(&arn).vpc_id, vpcs[0]);
            }
            let brokers = region.brokers(cluster);
            assert_eq!(brokers.len(), cluster.broker_interfaces.len(), "{arn}");
            for broker in &brokers {
                assert!(cluster.subnet_ids.contains(&broker.subnet_id), "{arn}");
                let mut interfaces = region.network_interfaces.iter();
                let own = interfaces.find(|it| it.id == broker.interface_id).unwrap();
                assert_eq!(own.group_ids, cluster.security_group_ids, "{arn}");
            }
            if cluster.kind == ClusterKind::Provisioned {
                assert_eq!(brokers.len(), cluster.brokers as usize, "{arn}");
                let zones: Vec<_> = cluster
                    .subnet_ids
                    .iter()
                    .map(|id| region.subnet(id).unwrap().zone_id.clone())
                    .collect();
                assert_eq!(zones, cluster.zone_ids, "{arn}");
            }
            if let Some(used) = &cluster.configuration {
                let configuration = region.msk_configuration(&used.name).expect(&arn);
                let mut revisions = configuration.revisions.iter();
                assert!(revisions.any(|it| it.revision == used.revision), "{arn}");
            }
        }
    }
}

#[test]
fn policies_are_as_aws_writes_them() {
    let world = default();
    let clusters = world.regions.values().flat_map(|it| &it.msk_clusters);
    let mut found = 0;
    for policy in clusters.filter_map(|it| it.policy.as_ref()) {
        let written = read_policy(&policy.document.to_string());
        assert_eq!(written.as_ref(), Ok(&policy.document));
        found += 1;
    }
    assert!(found >= 2);
}

#[test]
fn each_cluster_is_there_for_one_thing() {
    let world = default();
    let region = &world.regions["us-east-1"];
    let of = |name: &str| {
        let mut clusters = region.msk_clusters.iter();
        clusters.find(|it| it.name == name).expect(name)
    };
    assert!(of("sessions").is_express());
    assert!(of("metrics").authentication.contains(&Scheme::Scram));
    assert!(region.everyone_if_no_acl(of("metrics")));
    assert!(region.everyone_if_no_acl(of("clicks")), "MSK's own default");
    assert!(!region.everyone_if_no_acl(of("events")));
    assert!(of("payments").held_by("072088201116", Scheme::Iam));
    assert!(!of("payments").held_by("072088201116", Scheme::Scram));
    let policy = of("telemetry").policy.as_ref().unwrap();
    let arn = of("telemetry").arn("us-east-1", &world.account.id);
    assert!(policy.refuses("072088201116", &arn).is_some());
    assert_eq!(policy.refuses("444455556666", &arn), None);
}
