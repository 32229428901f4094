#![allow(clippy::unwrap_used, reason = "tests")]

use super::account::{
    CLUSTERS, ENDPOINT_SERVICES, LOAD_BALANCERS, MOST_LISTENERS, REGION, TARGET_GROUPS, VPC,
};
use crate::world::World;
use crate::world::load_balancing::LoadBalancerKind;
use crate::world::load_balancing_health::Health;
use crate::world::msk::ClusterKind;
use crate::world::organization::{
    CLICKPIPES_ACCOUNT, EndpointKind, EndpointStatus, ReversePrivateEndpoint,
};
use crate::world::scenario::new_world;

fn crowded() -> World {
    new_world("crowded", 1.0).unwrap().unwrap()
}

#[test]
fn there_are_as_many_as_said_and_no_name_twice() {
    let world = crowded();
    let region = &world.regions[REGION];
    let serverless = |it: &&_| matches!(it, ClusterKind::Serverless);
    let kinds = region.msk_clusters.iter().map(|it| it.kind);
    assert_eq!(kinds.clone().count(), CLUSTERS);
    assert_eq!(
        kinds.collect::<Vec<_>>().iter().filter(serverless).count(),
        5
    );
    let balancers = region.load_balancers.iter();
    let network = balancers.filter(|it| it.kind == LoadBalancerKind::Network);
    assert_eq!(network.count(), LOAD_BALANCERS);
    assert_eq!(region.target_groups.len(), TARGET_GROUPS);
    assert_eq!(region.endpoint_services.len(), ENDPOINT_SERVICES);

    let arns = region.load_balancers.iter().map(|it| &it.arn);
    let arns = arns.chain(region.target_groups.iter().map(|it| &it.arn));
    let arns = arns.chain(region.listeners.iter().map(|it| &it.arn));
    let names = region.load_balancers.iter().map(|it| &it.name);
    let names = names.chain(region.network_interfaces.iter().map(|it| &it.id));
    let mut all: Vec<_> = arns.chain(names).collect();
    let before = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), before);
    let most = region.load_balancers.iter();
    let most = most.map(|it| region.listeners_of(&it.arn).count()).max();
    assert_eq!(most, Some(MOST_LISTENERS));
}

#[test]
fn every_load_balancer_of_the_crowd_reaches_what_it_sends_to() {
    let world = crowded();
    let region = &world.regions[REGION];
    let own = region.load_balancers.iter().filter(|it| it.vpc_id == VPC);
    for balancer in own {
        let interfaces = region.interfaces_of(balancer).count();
        assert_eq!(interfaces, balancer.subnet_ids.len(), "{}", balancer.name);
        for listener in region.listeners_of(&balancer.arn) {
            let group = region.target_group(&listener.target_group_arn).unwrap();
            assert_eq!(group.port, listener.port);
            for target in &group.targets {
                let health = world.health(region, group, target, world.now());
                assert_eq!(health, Health::Healthy, "{}", group.name);
            }
        }
    }
}

#[test]
fn connections_of_clickpipes_are_of_endpoints_that_the_organization_has() {
    let mut world = crowded();
    let now = world.now();
    crate::world::aging::advance(&mut world, now);
    let services = &world.regions[REGION].endpoint_services;
    let of_crowd = services
        .iter()
        .filter(|it| it.id.starts_with("vpce-svc-00000"));
    let mut found = [0; 3];
    for service in of_crowd {
        let connection = &service.connections[0];
        assert_eq!(connection.owner, CLICKPIPES_ACCOUNT);
        let mut endpoints = world
            .organization
            .services
            .iter()
            .flat_map(|it| &it.endpoints);
        let own = |it: &&_| is_of(it, &connection.endpoint_id);
        let endpoint = endpoints.find(own).unwrap();
        assert!(matches!(
            &endpoint.kind,
            EndpointKind::VpcEndpointService { service_name, .. } if *service_name == service.name(REGION)
        ));
        match endpoint.status {
            EndpointStatus::Ready => found[0] += 1,
            EndpointStatus::PendingAcceptance => found[1] += 1,
            _ => found[2] += 1,
        }
    }
    assert_eq!(found, [14, 1, 1], "ready, waiting, failed");
}

fn is_of(endpoint: &ReversePrivateEndpoint, id: &str) -> bool {
    endpoint.endpoint_id.as_deref() == Some(id)
}
