//! What a domain name resolves to, where the gateway looks it up.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::step::DnsResolution::{InVpc, Public};

use super::{Case, case};
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    use Verdict::{NotKnown, Passed, Warning};
    let resolves = CheckId::NameResolves;
    let name = |resolution, addresses: &'static [&'static str]| {
        move |w: &mut World| *w = w.clone().of_name(resolution, addresses)
    };
    vec![
        case(resolves, Passed, "an address", |w| {
            w.choices.source = ip_address("10.20.1.40", "5432");
        }),
        case(
            resolves,
            NotKnown,
            "public, to the VPC",
            name(Public, &["10.20.1.40", "fd00::1", "10.20.1.40"]),
        ),
        case(resolves, Warning, "public, no answer", name(Public, &[])),
        case(
            resolves,
            Warning,
            "public, IPv6 only",
            name(Public, &["2001:db8::1"]),
        ),
        case(
            resolves,
            Warning,
            "public, to the computer itself",
            name(Public, &["127.0.0.1"]),
        ),
        case(
            resolves,
            Warning,
            "public, to a peered network",
            name(Public, &["10.99.0.7", "10.20.1.40"]),
        ),
        case(
            resolves,
            Warning,
            "public, to the internet",
            name(Public, &["198.51.100.7", "10.20.1.40"]),
        ),
        case(resolves, NotKnown, "public, subnets refused", |w| {
            *w = w.clone().of_name(Public, &["10.99.0.7"]);
            w.vpc.subnets = denied("ec2:DescribeSubnets");
        }),
        case(resolves, NotKnown, "public, the look-up failed", |w| {
            *w = w.clone().of_name(Public, &[]);
            w.lookups[0].addresses = Observed::Unknown {
                problem: Problem::NotConnected {
                    party: Party::Computer,
                    operation: "Resolve".to_owned(),
                    message: "timed out".to_owned(),
                },
            };
        }),
        case(resolves, NotKnown, "public, not looked up", |w| {
            *w = w.clone().of_name(Public, &[]);
            w.lookups.clear();
        }),
        case(
            resolves,
            NotKnown,
            "in the VPC, not seen from here",
            name(InVpc, &[]),
        ),
        case(
            resolves,
            NotKnown,
            "in the VPC, something else seen from here",
            name(InVpc, &["198.51.100.7"]),
        ),
        case(
            resolves,
            NotKnown,
            "in the VPC, seen from here",
            name(InVpc, &["10.20.1.40"]),
        ),
        case(
            resolves,
            NotKnown,
            "chosen as public, on a gateway that looks up in the VPC",
            |w| {
                *w = w.clone().on_gateway().of_name(Public, &[]);
                w.gateway().dns_resolution = Some(InVpc);
            },
        ),
        case(resolves, NotKnown, "a name that is none", |w| {
            w.choices.source = domain_name("*.example.com", "5432", Public);
        }),
    ]
}
