//! The source itself: partition, public address, status, VPC.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::step::DnsResolution;

use super::{Case, case};
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let public = CheckId::NotPublic;
    let available = CheckId::DatabaseAvailable;
    let vpc = CheckId::SameVpc;
    vec![
        case(CheckId::Partition, Failure, "China", |w| {
            w.region.identity.partition = "aws-cn".to_owned();
        }),
        case(public, Failure, "one Aurora member is public", |w| {
            w.instance("orders-postgres-2").publicly_accessible = Some(true);
        }),
        case(public, Failure, "public Multi-AZ cluster", |w| {
            w.choices.source = database(&cluster_arn("marketing-postgres"));
        }),
        case(public, Passed, "private instance", |w| {
            w.choices.source = database(BILLING);
        }),
        case(public, NotKnown, "AWS does not say it of a member", |w| {
            w.instance("orders-postgres-2").publicly_accessible = None;
        }),
        case(
            public,
            NotKnown,
            "a member is missing, the cluster's own word does not count",
            |w| {
                w.cluster().publicly_accessible = Some(false);
                all(&mut w.region.instances).retain(|it| it.identifier != "orders-postgres-2");
            },
        ),
        case(public, NotKnown, "instances refused", |w| {
            w.region.instances = denied("rds:DescribeDBInstances");
        }),
        case(public, NotKnown, "clusters refused", |w| {
            w.region.clusters = denied("rds:DescribeDBClusters");
        }),
        case(available, Failure, "modifying", |w| {
            w.cluster().status = "modifying".to_owned();
        }),
        case(available, Warning, "a member is being created", |w| {
            w.instance("orders-postgres-2").status = "creating".to_owned();
        }),
        case(available, NotKnown, "source gone", |w| {
            w.choices.source = database(&cluster_arn("gone"));
        }),
        case(vpc, Failure, "database in another VPC", |w| {
            for member in ["orders-postgres-1", "orders-postgres-2"] {
                w.instance(member).vpc_id = Some(OTHER_VPC.to_owned());
            }
        }),
        case(vpc, Failure, "subnet of another VPC", |w| {
            w.subnet_ids().push("subnet-0a00000000000ffff".to_owned());
        }),
        case(vpc, Failure, "security group of another VPC", |w| {
            w.security_group_ids()
                .push("sg-0b000000000000fff".to_owned());
        }),
        case(vpc, NotKnown, "members refused", |w| {
            w.region.instances = denied("rds:DescribeDBInstances");
        }),
        case(vpc, NotKnown, "subnets refused", |w| {
            w.vpc.subnets = denied("ec2:DescribeSubnets");
        }),
        case(public, Passed, "a domain name", |w| {
            *w = w.clone().of_name(DnsResolution::Public, &[]);
        }),
        case(public, Passed, "an address", |w| {
            w.choices.source = ip_address("10.20.1.40", "5432");
        }),
        case(public, NotKnown, "an address that is none", |w| {
            w.choices.source = ip_address("8.8.8.8", "0");
        }),
        case(available, NotKnown, "a domain name", |w| {
            *w = w.clone().of_name(DnsResolution::Public, &[]);
        }),
        case(
            available,
            NotKnown,
            "an address that an interface has",
            |w| {
                w.choices.source = ip_address("10.20.1.40", "5432, 5433");
            },
        ),
        case(available, NotKnown, "an address, interfaces refused", |w| {
            w.choices.source = ip_address("10.20.1.40", "5432");
            w.vpc.network_interfaces = denied("ec2:DescribeNetworkInterfaces");
        }),
        case(available, NotKnown, "an address outside of the VPC", |w| {
            w.choices.source = ip_address("10.99.0.7", "5432");
        }),
        case(available, Warning, "an address that nothing has", |w| {
            w.choices.source = ip_address("10.20.1.99", "5432");
        }),
        case(vpc, Passed, "a domain name", |w| {
            *w = w.clone().of_name(DnsResolution::Public, &[]);
        }),
        case(vpc, Passed, "an address of a subnet", |w| {
            w.choices.source = ip_address("10.20.1.40", "5432");
        }),
        case(
            vpc,
            Failure,
            "an address of the VPC, but of no subnet",
            |w| {
                w.choices.source = ip_address("10.20.200.1", "5432");
            },
        ),
        case(vpc, Warning, "an address outside of the VPC", |w| {
            w.choices.source = ip_address("10.99.0.7", "5432");
        }),
        case(vpc, Passed, "on a gateway of the VPC", |w| {
            *w = w.clone().on_gateway();
        }),
        case(vpc, Failure, "on a gateway of another VPC", |w| {
            *w = w.clone().on_gateway();
            OTHER_VPC.clone_into(&mut w.gateway().vpc_id);
        }),
        case(vpc, NotKnown, "on a gateway, gateways refused", |w| {
            *w = w.clone().on_gateway();
            w.region.gateways = denied("vpc-lattice:ListResourceGateways");
        }),
    ]
}
