//! Regions and zones, and the partition.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::choices::ServiceChoice;
use pipelink_plan::paths::endpoint_service::choices::Extent;
use pipelink_plan::problem::Problem;

use super::{Case, case};
use crate::endpoint_service::world::World;
use crate::endpoint_service::world::*;
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    clickpipes().into_iter().chain(another_region()).collect()
}

fn clickpipes() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let region = CheckId::ClickPipesRegion;
    let elsewhere = || World::healthy().on_service().for_elsewhere();
    vec![
        case(region, Passed, "the same region", World::healthy(), |_| {}),
        case(
            region,
            Passed,
            "by hand",
            World::healthy().by_hand(),
            |_| {},
        ),
        case(
            region,
            Passed,
            "another region, which the run adds",
            World::healthy().for_elsewhere(),
            |_| {},
        ),
        case(
            region,
            Passed,
            "another region, which a service lacks",
            elsewhere(),
            |_| {},
        ),
        case(
            region,
            Passed,
            "another region, which a service has",
            elsewhere(),
            |w| {
                w.endpoint_service()
                    .supported_regions
                    .push(supported("eu-central-1", "Available"));
            },
        ),
        case(
            region,
            Passed,
            "another region, its state in lower case",
            elsewhere(),
            |w| {
                w.endpoint_service()
                    .supported_regions
                    .push(supported("eu-central-1", "available"));
            },
        ),
        case(
            region,
            Warning,
            "another region, closed",
            elsewhere(),
            |w| {
                w.endpoint_service()
                    .supported_regions
                    .push(supported("eu-central-1", "Closed"));
            },
        ),
        case(
            region,
            NotKnown,
            "another region, service gone",
            elsewhere(),
            |w| {
                all(&mut w.load_balancing.endpoint_services).clear();
            },
        ),
        case(
            region,
            NotKnown,
            "day of creation decides",
            World::healthy(),
            |w| {
                "us-west-2".clone_into(&mut w.service().region);
                w.service().created_at = None;
            },
        ),
        case(
            region,
            NotKnown,
            "services refused",
            World::healthy(),
            |w| {
                w.clickhouse.as_mut().unwrap().services = Observed::Unknown {
                    problem: Problem::KeyRejected,
                };
            },
        ),
        case(region, Failure, "not on AWS", World::healthy(), |w| {
            "gcp".clone_into(&mut w.service().provider);
            "us-central1".clone_into(&mut w.service().region);
        }),
        case(CheckId::Partition, Passed, "aws", World::healthy(), |_| {}),
        case(
            CheckId::Partition,
            Failure,
            "China",
            World::healthy(),
            |w| {
                "aws-cn".clone_into(&mut w.region.identity.partition);
            },
        ),
        case(
            CheckId::Partition,
            Failure,
            "China, an address",
            World::healthy().of_address(
                "10.20.1.40",
                "5432",
                pipelink_plan::step::Engine::Postgres,
            ),
            |w| "aws-cn".clone_into(&mut w.region.identity.partition),
        ),
    ]
}

fn another_region() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let zones = CheckId::LoadBalancerZones;
    let right = CheckId::MultiRegionRight;
    let new = || World::healthy().for_elsewhere();
    let there = || World::healthy().on_load_balancer().for_elsewhere();
    let subnets = |world: &mut World, ids: &[&str]| {
        let Extent::Everything { subnet_ids, .. } = &mut world.choices.extent else {
            panic!("something is there");
        };
        *subnet_ids = ids.iter().map(|it| (*it).to_owned()).collect();
    };
    vec![
        case(zones, Passed, "two zones", new(), |_| {}),
        case(zones, Passed, "two zones, there", there(), |_| {}),
        case(
            zones,
            Passed,
            "two zones, by hand",
            World::healthy().by_hand(),
            |w| {
                w.choices.service = ServiceChoice::Hand {
                    region: "eu-central-1".to_owned(),
                    created_on: jiff::civil::date(2026, 2, 3),
                };
            },
        ),
        case(zones, Failure, "one zone", new(), |w| {
            subnets(w, &[SUBNET_A]);
        }),
        case(zones, Failure, "two subnets of one zone", new(), |w| {
            subnets(w, &[SUBNET_A, SUBNET_SMALL]);
        }),
        case(zones, Failure, "one zone, there", there(), |w| {
            w.load_balancer().zones.truncate(1);
        }),
        case(zones, Failure, "a zone that AWS leaves out", new(), |w| {
            for subnet in all(&mut w.vpc().subnets) {
                if subnet.id == SUBNET_B {
                    "use1-az3".clone_into(&mut subnet.availability_zone_id);
                }
            }
        }),
        case(
            zones,
            Passed,
            "in-region, two zones",
            World::healthy(),
            |_| {},
        ),
        case(
            zones,
            Warning,
            "in-region, one zone",
            World::healthy(),
            |w| {
                subnets(w, &[SUBNET_A]);
            },
        ),
        case(
            zones,
            Warning,
            "in-region, one zone, there",
            World::healthy().on_service(),
            |w| w.load_balancer().zones.truncate(1),
        ),
        case(
            zones,
            Warning,
            "one zone, of a service that supports the region already",
            World::healthy().on_service().for_elsewhere(),
            |w| {
                w.load_balancer().zones.truncate(1);
                w.endpoint_service()
                    .supported_regions
                    .push(supported("eu-central-1", "Available"));
            },
        ),
        case(
            zones,
            NotKnown,
            "in-region, VPC not read",
            World::healthy(),
            |w| w.vpc = None,
        ),
        case(zones, NotKnown, "subnets refused", new(), |w| {
            w.vpc().subnets = denied("ec2:DescribeSubnets");
        }),
        case(
            zones,
            NotKnown,
            "a subnet that was not read",
            there(),
            |w| {
                "subnet-0a0000000000000zz".clone_into(&mut w.load_balancer().zones[0].subnet_id);
            },
        ),
        case(zones, NotKnown, "VPC not read", new(), |w| w.vpc = None),
        case(zones, NotKnown, "load balancer gone", there(), |w| {
            all(&mut w.load_balancing.load_balancers).clear();
        }),
        case(
            right,
            NotKnown,
            "nothing to make the dry run with",
            new(),
            |_| {},
        ),
        case(right, NotKnown, "no dry run was made", there(), |_| {}),
        case(right, Passed, "the dry run says yes", there(), |w| {
            w.multi_region = Some(known(true));
        }),
        case(right, Failure, "the dry run says no", there(), |w| {
            w.multi_region = Some(known(false));
        }),
        case(right, NotKnown, "the dry run got no answer", there(), |w| {
            w.multi_region = Some(Observed::Unknown {
                problem: Problem::Throttled {
                    party: pipelink_plan::problem::Party::Aws,
                    operation: "CreateVpcEndpointServiceConfiguration".to_owned(),
                },
            });
        }),
    ]
}

/// AWS's list, as the PrivateLink Guide has it: the sandbox refuses the same ones.
#[test]
fn no_zone_that_aws_leaves_out_can_be_reached() {
    for zone in [
        "use1-az3",
        "usw1-az2",
        "apne1-az3",
        "apne2-az2",
        "apne2-az4",
    ] {
        for (abroad, expected) in [(true, Verdict::Failure), (false, Verdict::Passed)] {
            let mut world = World::healthy();
            if abroad {
                world = world.for_elsewhere();
            }
            for subnet in all(&mut world.vpc().subnets) {
                if subnet.id == SUBNET_B {
                    zone.clone_into(&mut subnet.availability_zone_id);
                }
            }
            let checks = world.checks();
            let check = checks
                .iter()
                .find(|it| it.id == CheckId::LoadBalancerZones)
                .unwrap();
            assert_eq!(check.verdict, expected, "{zone}: {check:#?}");
            assert_eq!(check.headline.contains(zone), abroad, "{check:#?}");
        }
    }
}
