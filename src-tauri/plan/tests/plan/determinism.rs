//! Planning is deterministic: the order in which things were read changes nothing.

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::advice::sources;
use pipelink_plan::facts::network::SecurityGroup;
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::vpc_resource::checks::check;
use pipelink_plan::paths::vpc_resource::choices::Extent;
use pipelink_plan::paths::vpc_resource::network::page;
use pipelink_plan::paths::vpc_resource::{existing_endpoint, plan, source_ref};
use pipelink_plan::step::DnsResolution;
use proptest::prelude::*;

use crate::facts::*;

/// A seeded shuffle (Fisher-Yates over a linear congruential generator).
struct Shuffle(u64);

impl Shuffle {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn items<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }

    fn observed<T>(&mut self, observed: &mut Observed<Vec<T>>) {
        if let Observed::Known { value } = observed {
            self.items(value);
        }
    }

    fn world(&mut self, world: &mut World) {
        let region = &mut world.region;
        for cluster in all(&mut region.clusters) {
            self.items(&mut cluster.members);
            self.items(&mut cluster.security_group_ids);
        }
        for instance in all(&mut region.instances) {
            self.items(&mut instance.subnet_ids);
        }
        for gateway in all(&mut region.gateways) {
            self.items(&mut gateway.subnet_ids);
            self.items(&mut gateway.security_group_ids);
        }
        for share in all(&mut region.shares) {
            self.items(&mut share.associations);
        }
        for SecurityGroup { rules, .. } in all(&mut world.vpc.security_groups) {
            self.items(rules);
        }
        self.observed(&mut region.clusters);
        self.observed(&mut region.instances);
        self.observed(&mut region.msk_clusters);
        self.observed(&mut region.vpcs);
        self.observed(&mut region.gateways);
        self.observed(&mut region.configurations);
        self.observed(&mut region.shares);
        self.observed(&mut region.quotas);
        self.observed(&mut world.vpc.subnets);
        self.observed(&mut world.vpc.security_groups);
        self.observed(&mut world.vpc.network_interfaces);
        self.observed(&mut world.vpc.reservations);
        for acl in all(&mut world.vpc.network_acls) {
            self.items(&mut acl.entries);
            self.items(&mut acl.subnet_ids);
        }
        self.observed(&mut world.vpc.network_acls);
        let clickhouse = world.clickhouse.as_mut().unwrap();
        self.observed(&mut clickhouse.services);
        self.observed(&mut clickhouse.endpoints);
        if let Extent::Everything {
            subnet_ids,
            security_group_ids,
            ..
        } = &mut world.choices.extent
        {
            self.items(subnet_ids);
            self.items(security_group_ids);
        }
        self.items(&mut world.lookups);
        for lookup in &mut world.lookups {
            self.observed(&mut lookup.addresses);
        }
    }
}

/// With enough in it that order could matter: several endpoints, groups and subnets of one zone.
fn crowded() -> World {
    let mut world = World::healthy();
    let member = world.instance("orders-postgres-2").arn.clone();
    let configurations = all(&mut world.region.configurations);
    configurations.push(configuration(
        "rcfg-1",
        "orders-postgres-clickpipes",
        ORDERS,
    ));
    configurations.push(configuration("rcfg-2", "two", ORDERS));
    configurations.push(configuration("rcfg-3", "three", &member));
    all(&mut world.region.gateways).push(gateway("rgw-1", "orders-postgres-clickpipes"));
    for (id, configuration) in [("e-1", "rcfg-3"), ("e-2", "rcfg-2"), ("e-3", "rcfg-1")] {
        world.add_endpoint(endpoint(id, configuration));
    }
    world.subnet_ids().push(SUBNET_SMALL.to_owned());
    world.subnet_ids().push(SUBNET_SHARED.to_owned());
    world.security_group_ids().push(GROUP_WEB.to_owned());
    all(&mut world.vpc.subnets).push(subnet(
        "subnet-0a0000000000000a9",
        "twin-a",
        "10.20.9.0/24",
        "a",
        1,
        251,
    ));
    world
}

/// That world with each source and extent: what differs is what is read and how.
fn worlds() -> Vec<World> {
    let mut crowded = crowded();
    let standing = World::healthy().on_configuration();
    all(&mut crowded.region.gateways).extend(standing.region.gateways.known().unwrap().clone());
    all(&mut crowded.region.configurations)
        .extend(standing.region.configurations.known().unwrap().clone());
    for (name, status) in [("one", "ASSOCIATED"), ("two", "ASSOCIATING")] {
        let of = configuration(STANDING_CONFIGURATION, "standing", ORDERS);
        all(&mut crowded.region.shares).push(share(name, &of, CLICKPIPES_ACCOUNT, status));
    }
    let of_name = crowded.clone().of_name(
        DnsResolution::Public,
        &["10.20.1.40", "198.51.100.7", "10.99.0.7"],
    );
    let mut of_address = crowded.clone();
    of_address.choices.source = ip_address("10.20.1.40", "5432, 6432-6440");
    let mut on_configuration = crowded.clone();
    on_configuration.choices.extent = standing.choices.extent;
    let mut of_hosts = crowded.clone().of_brokers(
        "b-1.kafka.example.com, 10.20.1.40:9093, b-2.kafka.example.com:9094",
        "registry.example.com:8081",
    );
    of_hosts.lookups = vec![
        looked_up("b-1.kafka.example.com", &["10.20.1.40", "10.99.0.7"]),
        looked_up("b-2.kafka.example.com", &[]),
    ];
    let of_serverless = crowded.clone().of_serverless();
    vec![
        crowded,
        of_name,
        of_address,
        on_configuration,
        of_hosts,
        of_serverless,
    ]
}

proptest! {
    #[test]
    fn permuted_facts_and_choices_give_the_same_answers(seed in any::<u64>()) {
        for one in worlds() {
            let mut other = one.clone();
            Shuffle(seed).world(&mut other);
            let source = &one.choices.source;
            let checked = |world: &World| {
                check(world.facts(), &world.vpc, world.clickhouse.as_ref(), &world.lookups, &world.choices)
            };
            prop_assert_eq!(plan(one.facts(), &one.choices), plan(other.facts(), &other.choices));
            prop_assert_eq!(checked(&one), checked(&other));
            prop_assert_eq!(page(one.facts(), &one.vpc, source), page(other.facts(), &other.vpc, source));
            prop_assert_eq!(sources(&one.region), sources(&other.region));
            prop_assert_eq!(source_ref(one.facts(), source), source_ref(other.facts(), source));
        }
        let one = crowded();
        let mut other = one.clone();
        Shuffle(seed).world(&mut other);
        let source = database(ORDERS);
        let found = |world: &World| {
            existing_endpoint(&world.region, world.clickhouse.as_ref().unwrap(), &source)
                .map(|it| it.id.clone())
        };
        prop_assert_eq!(found(&one), Some("e-2".to_owned()));
        prop_assert_eq!(found(&one), found(&other));
    }
}
