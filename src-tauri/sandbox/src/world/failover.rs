//! A database fails over: its name stands for another address from then on, and whoever kept the old one
//! reaches what is no longer the writer, or nothing at all.

use std::net::{IpAddr, Ipv4Addr};

use super::database::DbInstance;
use super::dns::Dns;
use super::network::Subnet;
use super::{Region, World, ids, space};

/// What RDS calls the name of a cluster's writer, and of its readers.
const WRITER: &str = "cluster-";
const READERS: &str = "cluster-ro-";

/// Whether a cluster, or an instance that is in none, has where to fail over to.
pub(crate) fn possible(world: &World, region: &Region, id: &str) -> bool {
    if region.db_clusters.iter().any(|it| it.id == id) {
        return next_writer(region, id).is_some();
    }
    let mut instances = region.db_instances.iter();
    instances.any(|it| it.id == id && elsewhere(&world.dns, region, it).is_some())
}

/// Fails a database over, where it can be.
pub(crate) fn fail_over(world: &mut World, region: &str, id: &str) {
    let World { dns, regions, .. } = world;
    let Some(region) = regions.get_mut(region) else {
        return;
    };
    if region.db_clusters.iter().any(|it| it.id == id) {
        promote(dns, region, id);
    } else {
        relocate(dns, region, id);
    }
}

fn next_writer<'a>(region: &'a Region, cluster: &'a str) -> Option<&'a DbInstance> {
    let members = region.members(cluster);
    let ready = |it: &&DbInstance| !it.writer && it.status == "available";
    members.into_iter().find(ready)
}

/// One of the readers becomes the writer of a cluster; every instance stays where it is.
fn promote(dns: &mut Dns, region: &mut Region, id: &str) {
    let Some(new) = next_writer(region, id).map(|it| it.id.clone()) else {
        return;
    };
    for instance in &mut region.db_instances {
        if instance.cluster_id.as_deref() == Some(id) {
            instance.writer = instance.id == new;
        }
    }
    let Some(cluster) = region.db_clusters.iter().find(|it| it.id == id) else {
        return;
    };
    let (writers, readers): (Vec<_>, Vec<_>) =
        region.members(id).into_iter().partition(|it| it.writer);
    for (kind, instances) in [(WRITER, writers), (READERS, readers)] {
        let suffix = cluster.host_suffix.replacen(WRITER, kind, 1);
        let found = instances.iter().filter_map(|it| address(dns, it));
        let addresses = found.map(IpAddr::V4).collect();
        point(dns, &format!("{id}.{suffix}"), addresses);
    }
}

/// An instance moves to its standby: another address, in another subnet of its group.
fn relocate(dns: &mut Dns, region: &mut Region, id: &str) {
    let Some(instance) = region.db_instances.iter().find(|it| it.id == id).cloned() else {
        return;
    };
    let Some((new, subnet)) = elsewhere(dns, region, &instance) else {
        return;
    };
    let old = address(dns, &instance);
    let (subnet_id, zone_id) = (subnet.id.clone(), subnet.zone_id.clone());
    let holds = |addresses: &[Ipv4Addr]| old.is_some_and(|it| addresses.contains(&it));
    let mut interfaces = region.network_interfaces.iter_mut();
    if let Some(interface) = interfaces.find(|it| holds(&it.addresses)) {
        interface.id = ids::hex17("eni");
        interface.addresses = vec![new];
        interface.subnet_id = subnet_id;
    }
    let mut instances = region.db_instances.iter_mut();
    if let Some(instance) = instances.find(|it| it.id == id) {
        instance.zone_id = zone_id;
    }
    point(dns, &host(&instance), vec![IpAddr::V4(new)]);
}

/// A free address for an instance in a subnet where it is not.
fn elsewhere<'a>(
    dns: &Dns,
    region: &'a Region,
    instance: &DbInstance,
) -> Option<(Ipv4Addr, &'a Subnet)> {
    if instance.cluster_id.is_some() || instance.status != "available" {
        return None;
    }
    let here = address(dns, instance)?;
    let group = region.subnet_group(&instance.subnet_group)?;
    let subnets = group.subnet_ids.iter().filter_map(|id| region.subnet(id));
    let mut others = subnets.filter(|it| !it.cidr.contains(&here));
    others.find_map(|subnet| Some((space::place(region, subnet, 1)?.primary, subnet)))
}

fn host(instance: &DbInstance) -> String {
    format!("{}.{}", instance.id, instance.host_suffix)
}

fn address(dns: &Dns, instance: &DbInstance) -> Option<Ipv4Addr> {
    let found = dns.public(&host(instance))?.addresses.first()?;
    match found {
        IpAddr::V4(address) => Some(*address),
        IpAddr::V6(_) => None,
    }
}

fn point(dns: &mut Dns, name: &str, addresses: Vec<IpAddr>) {
    if let Some(entry) = dns.public.iter_mut().find(|it| it.name == name) {
        entry.addresses = addresses;
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use super::*;
    use crate::world::scenario::new_world;

    fn stands_for(world: &World, name: &str) -> String {
        let domain = "us-east-1.rds.amazonaws.com";
        let found = world.dns.public(&format!("{name}.{domain}")).expect(name);
        found.addresses[0].to_string()
    }

    #[test]
    fn a_clusters_name_follows_its_writer_and_the_readers_name_the_others() {
        let mut world = new_world("default", 1.0).unwrap().unwrap();
        let (writer, readers) = (
            "orders-postgres.cluster-cx7k2m9qp4ab",
            "orders-postgres.cluster-ro-cx7k2m9qp4ab",
        );
        let before = (stands_for(&world, writer), stands_for(&world, readers));
        fail_over(&mut world, "us-east-1", "orders-postgres");
        let after = (stands_for(&world, writer), stands_for(&world, readers));
        assert_eq!((after.1, after.0), before);
        let region = &world.regions["us-east-1"];
        let members = region.members("orders-postgres");
        assert_eq!(
            (members[0].id.as_str(), members[0].writer),
            ("orders-postgres-2", true)
        );
        assert_eq!(members.iter().filter(|it| it.writer).count(), 1);
        // What was the writer still answers, which is what makes a stale target hard to see.
        assert!(world.answers(region, before.0.parse().unwrap(), 5432));
    }

    #[test]
    fn an_instance_leaves_its_address() {
        let mut world = new_world("default", 1.0).unwrap().unwrap();
        let name = "inventory-postgres.cx7k2m9qp4ab";
        let before: Ipv4Addr = stands_for(&world, name).parse().unwrap();
        assert!(possible(
            &world,
            &world.regions["us-east-1"],
            "inventory-postgres"
        ));
        fail_over(&mut world, "us-east-1", "inventory-postgres");
        let after: Ipv4Addr = stands_for(&world, name).parse().unwrap();
        assert_ne!(before, after);
        let region = &world.regions["us-east-1"];
        assert!(!world.answers(region, before, 5432));
        assert!(world.answers(region, after, 5432));
        let mut interfaces = region.network_interfaces.iter();
        let moved = interfaces.find(|it| it.addresses == [after]).unwrap();
        assert_eq!(moved.group_ids, ["sg-00067b6180603c704"]);
        assert!(
            region
                .subnet(&moved.subnet_id)
                .unwrap()
                .cidr
                .contains(&after)
        );
    }

    #[test]
    fn what_has_nowhere_to_go_stays() {
        let world = new_world("default", 1.0).unwrap().unwrap();
        let region = &world.regions["us-east-1"];
        // One instance; stopped; a member of a cluster, which does not fail over by itself.
        for id in [
            "insights-postgres",
            "staging-postgres",
            "orders-postgres-1",
            "nothing",
        ] {
            assert!(!possible(&world, region, id), "{id}");
        }
    }
}
