//! Every fact of the default scenario arrives, each by itself.

use std::net::Ipv4Addr;

use pipelink_plan::facts::lattice::AssociationKind;
use pipelink_plan::facts::network::{ReservationKind, RulePeer};
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::Problem;
use pipelink_plan::step::{Definition, DnsResolution};

use crate::support::{ACCOUNT, GROUP, SUBNET_A, VPC, World};

#[tokio::test]
async fn identity_and_regions() {
    let world = World::start().await;
    let identity = world.aws.identity().await.unwrap();
    assert_eq!(identity.account_id, "111122223333");
    assert_eq!(
        identity.arn,
        "arn:aws:sts::111122223333:assumed-role/CloudAdmin/admin"
    );
    assert_eq!(identity.partition, "aws");
    assert_eq!(identity.region, "us-east-1");
    assert_eq!(
        identity.endpoint_override.as_deref(),
        Some(world.sandbox.connection().aws_endpoint_url.as_str())
    );
    let regions = world.aws.regions().await.unwrap();
    assert_eq!(
        regions,
        [
            "eu-central-1",
            "eu-west-1",
            "us-east-1",
            "us-east-2",
            "us-west-2"
        ]
    );
}

#[tokio::test]
async fn the_regions_databases() {
    let world = World::start().await;
    let identity = world.aws.identity().await.unwrap();
    let facts = world.aws.discover_region(identity.clone()).await;
    assert_eq!(facts.identity, identity);

    let clusters = facts.clusters.known().unwrap();
    assert_eq!(clusters.len(), 5);
    let orders = clusters
        .iter()
        .find(|it| it.identifier == "orders-postgres")
        .unwrap();
    assert_eq!(
        orders.arn,
        "arn:aws:rds:us-east-1:111122223333:cluster:orders-postgres"
    );
    assert_eq!(orders.engine, "aurora-postgresql");
    assert_eq!(orders.engine_version.as_deref(), Some("16.6"));
    assert_eq!(orders.status, "available");
    assert_eq!(orders.port, Some(5432));
    assert!(
        orders
            .endpoint
            .as_deref()
            .unwrap()
            .starts_with("orders-postgres.cluster-")
    );
    // AWS sets it for Multi-AZ clusters only.
    assert_eq!(orders.publicly_accessible, None);
    let mut members = orders.members.clone();
    members.sort_unstable();
    assert_eq!(members, ["orders-postgres-1", "orders-postgres-2"]);
    assert_eq!(orders.security_group_ids, ["sg-017c289efc5c84168"]);
    let payments = clusters
        .iter()
        .find(|it| it.identifier == "payments-postgres")
        .unwrap();
    assert_eq!(payments.publicly_accessible, Some(false));

    let instances = facts.instances.known().unwrap();
    let public = instances
        .iter()
        .find(|it| it.identifier == "storefront-postgres-1")
        .unwrap();
    assert_eq!(public.publicly_accessible, Some(true));
    assert_eq!(public.cluster.as_deref(), Some("storefront-postgres"));
    let billing = instances
        .iter()
        .find(|it| it.identifier == "billing-mysql")
        .unwrap();
    assert_eq!(
        billing.arn,
        "arn:aws:rds:us-east-1:111122223333:db:billing-mysql"
    );
    assert_eq!(billing.engine, "mysql");
    assert_eq!(billing.port, Some(3306));
    assert_eq!(billing.cluster, None);
    assert_eq!(billing.vpc_id.as_deref(), Some(VPC));
    assert_eq!(billing.subnet_ids.len(), 3);
    assert_eq!(billing.availability_zone.as_deref(), Some("us-east-1b"));
    assert_eq!(billing.security_group_ids, ["sg-0a43859555e49fddc"]);

    let msk = facts.msk_clusters.known().unwrap();
    assert_eq!(msk.len(), 8);
    assert_eq!(msk[0].name, "events");
    assert_eq!(msk[0].kind, "PROVISIONED");
    assert_eq!(msk[0].state, "ACTIVE");
    assert!(
        msk[0]
            .arn
            .starts_with("arn:aws:kafka:us-east-1:111122223333:cluster/events/")
    );

    let vpcs = facts.vpcs.known().unwrap();
    assert_eq!(vpcs.len(), 4);
    let prod = vpcs.iter().find(|it| it.id == VPC).unwrap();
    assert_eq!(prod.name.as_deref(), Some("prod"));
    assert_eq!(prod.cidr, Some("10.20.0.0/16".parse().unwrap()));
    assert!(!prod.is_default);
    let default = vpcs.iter().find(|it| it.is_default).unwrap();
    assert_eq!(default.name, None);
}

#[tokio::test]
async fn the_regions_gateways_configurations_and_shares() {
    let world = World::start().await;
    let identity = world.aws.identity().await.unwrap();
    let facts = world.aws.discover_region(identity).await;

    let gateways = facts.gateways.known().unwrap();
    let inventory = gateways
        .iter()
        .find(|it| it.name == "inventory-gateway")
        .unwrap();
    assert_eq!(inventory.id, "rgw-071d6d2fbb25f2237");
    assert!(
        inventory
            .arn
            .ends_with(":resourcegateway/rgw-071d6d2fbb25f2237")
    );
    assert_eq!(inventory.status, "ACTIVE");
    assert_eq!(inventory.vpc_id, VPC);
    assert_eq!(inventory.subnet_ids.len(), 2);
    assert_eq!(inventory.security_group_ids, [GROUP]);
    assert_eq!(inventory.dns_resolution, Some(DnsResolution::Public));
    assert!(!inventory.service_managed);

    let configurations = facts.configurations.known().unwrap();
    let inventory = configurations
        .iter()
        .find(|it| it.name == "inventory-postgres")
        .unwrap();
    assert_eq!(inventory.id, "rcfg-0d02e8c4441233466");
    assert_eq!(inventory.status, "ACTIVE");
    assert_eq!(inventory.failure_reason, None);
    assert_eq!(
        inventory.gateway_id.as_deref(),
        Some("rgw-071d6d2fbb25f2237")
    );
    // Only the full read tells what it names.
    assert_eq!(
        inventory.definition,
        Some(Definition::Database {
            arn: "arn:aws:rds:us-east-1:111122223333:db:inventory-postgres".to_owned(),
        })
    );

    let shares = facts.shares.known().unwrap();
    let crm = shares.iter().find(|it| it.name == "crm-postgres").unwrap();
    assert_eq!(crm.status, "ACTIVE");
    assert_eq!(crm.associations.len(), 2);
    let end = |kind| crm.associations.iter().find(|it| it.kind == kind).unwrap();
    assert_eq!(end(AssociationKind::Principal).entity, "072088201116");
    assert_eq!(end(AssociationKind::Principal).status, "ASSOCIATING");
    assert_eq!(end(AssociationKind::Principal).external, Some(true));
    assert_eq!(end(AssociationKind::Resource).external, Some(false));
    assert!(
        end(AssociationKind::Resource)
            .entity
            .ends_with("rcfg-02eacfaedcad2b44b")
    );
    assert_eq!(end(AssociationKind::Resource).status, "ASSOCIATED");
}

#[tokio::test]
async fn a_vpcs_network() {
    let world = World::start().await;
    let facts = world.aws.discover_vpc(VPC, ACCOUNT).await;
    assert_eq!(facts.vpc_id, VPC);

    let subnets = facts.subnets.known().unwrap();
    assert_eq!(subnets.len(), 8);
    let first = subnets.iter().find(|it| it.id == SUBNET_A).unwrap();
    assert_eq!(first.name.as_deref(), Some("prod-data-1a"));
    assert_eq!(first.vpc_id, VPC);
    assert_eq!(first.cidr, Some("10.20.1.0/24".parse().unwrap()));
    assert_eq!(first.availability_zone, "us-east-1a");
    assert_eq!(first.availability_zone_id, "use1-az4");
    assert!(first.available_addresses > 100 && first.available_addresses < 251);
    assert_eq!(first.owner_id, "111122223333");
    assert_eq!(first.state, "available");

    let groups = facts.security_groups.known().unwrap();
    assert!(
        groups
            .iter()
            .all(|group| group.vpc_id == VPC && !group.rules.is_empty())
    );
    let database = groups
        .iter()
        .find(|it| it.id == "sg-017c289efc5c84168")
        .unwrap();
    assert_eq!(database.name, "orders-db");
    assert_eq!(database.rules.len(), 3);
    let rule = database
        .rules
        .iter()
        .find(|it| it.id == "sgr-0d81880d4edf1de86")
        .unwrap();
    assert!(!rule.egress);
    assert_eq!(rule.protocol, "tcp");
    assert_eq!((rule.from_port, rule.to_port), (Some(5432), Some(5432)));
    assert_eq!(rule.peer, RulePeer::Group(GROUP.to_owned()));
    let outbound = database.rules.iter().find(|it| it.egress).unwrap();
    assert_eq!(outbound.protocol, "-1");
    assert_eq!(outbound.peer, RulePeer::Ipv4("0.0.0.0/0".parse().unwrap()));

    let interfaces = facts.network_interfaces.known().unwrap();
    let two = interfaces
        .iter()
        .find(|it| it.id == "eni-09a27ed16d41555d4")
        .unwrap();
    assert_eq!(two.subnet_id, SUBNET_A);
    let wanted: [Ipv4Addr; 2] = ["10.20.1.52", "10.20.1.53"].map(|it| it.parse().unwrap());
    assert_eq!(two.addresses, wanted);
    let delegated = interfaces
        .iter()
        .find(|it| it.id == "eni-0d1216cd2ca430d1e")
        .unwrap();
    assert_eq!(delegated.prefixes.len(), 1);
    assert_eq!(delegated.prefixes[0].to_string(), "10.20.1.16/28");

    let reservations = facts.reservations.known().unwrap();
    assert_eq!(reservations.len(), 2);
    assert!(
        reservations
            .iter()
            .all(|it| it.subnet_id == "subnet-04a36ed199d8f96da")
    );
    let kinds: Vec<_> = reservations
        .iter()
        .map(|it| (it.cidr.to_string(), it.kind))
        .collect();
    assert!(kinds.contains(&("10.20.3.32/28".to_owned(), ReservationKind::Explicit)));
    assert!(kinds.contains(&("10.20.3.64/27".to_owned(), ReservationKind::Prefix)));
    // Who looks is known to the caller.
    assert_eq!(world.calls("GetCallerIdentity").await, 0);
}

#[tokio::test]
async fn subnets_of_another_account_are_seen_but_not_asked_for_reservations() {
    let world = World::start().await;
    let facts = world
        .aws
        .discover_vpc("vpc-0e937b6e6746d2367", ACCOUNT)
        .await;
    let subnets = facts.subnets.known().unwrap();
    assert_eq!(subnets.len(), 2);
    assert!(
        subnets
            .iter()
            .all(|subnet| subnet.owner_id == "444455556666")
    );
    assert_eq!(facts.reservations, Observed::Known { value: vec![] });
    assert_eq!(world.calls("GetSubnetCidrReservations").await, 0);
}

#[tokio::test]
async fn a_refused_read_leaves_the_others_alone() {
    let world = World::start().await;
    world.fault("rds", "DescribeDBClusters", "deny", 0).await;
    world
        .fault("vpc-lattice", "GetResourceConfiguration", "deny", 0)
        .await;
    world.fault("ec2", "DescribeSubnets", "deny", 0).await;
    let identity = world.aws.identity().await.unwrap();
    let facts = world.aws.discover_region(identity).await;
    assert_denied(facts.clusters.problem(), "rds:DescribeDBClusters");
    assert_denied(
        facts.configurations.problem(),
        "vpc-lattice:GetResourceConfiguration",
    );
    assert!(facts.instances.known().is_some());
    assert!(facts.gateways.known().is_some());

    let facts = world.aws.discover_vpc(VPC, ACCOUNT).await;
    assert_denied(facts.subnets.problem(), "ec2:DescribeSubnets");
    assert!(matches!(
        facts.reservations.problem(),
        Some(Problem::NotAsked { .. })
    ));
    assert!(facts.security_groups.known().is_some());
    assert!(facts.network_interfaces.known().is_some());
}

#[tokio::test]
async fn an_empty_page_with_a_token_is_not_the_end() {
    let world = World::start().await;
    let identity = world.aws.identity().await.unwrap();
    let before = world.aws.discover_region(identity.clone()).await;
    world
        .fault("ram", "GetResourceShares", "empty_page", 1)
        .await;
    world
        .fault("vpc-lattice", "ListResourceGateways", "empty_page", 1)
        .await;
    world
        .fault("ec2", "GetSubnetCidrReservations", "empty_page", 1)
        .await;
    let facts = world.aws.discover_region(identity).await;
    assert_eq!(facts.shares, before.shares);
    assert_eq!(facts.gateways, before.gateways);
    assert_eq!(world.calls("GetResourceShares").await, 3);
    let facts = world.aws.discover_vpc(VPC, ACCOUNT).await;
    assert_eq!(facts.reservations.known().unwrap().len(), 2);
}

fn assert_denied(problem: Option<&Problem>, wanted: &str) {
    match problem {
        Some(Problem::AccessDenied { action, message }) => {
            assert_eq!(action, wanted);
            assert!(!message.is_empty());
        }
        other => panic!("{wanted}: {other:?}"),
    }
}
