//! What is built upon.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::step::DnsResolution::{InVpc, Public};

use super::{Case, case};
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = gateway_cases();
    cases.extend(configuration_cases());
    cases
}

fn gateway_cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let fits = CheckId::ReuseFits;
    let on = |spoil: fn(&mut World)| {
        move |w: &mut World| {
            *w = w.clone().on_gateway();
            spoil(w);
        }
    };
    vec![
        case(fits, Passed, "a new gateway for a private name", |w| {
            *w = w.clone().of_name(InVpc, &[]);
        }),
        case(fits, Passed, "a new gateway for a public name", |w| {
            *w = w.clone().of_name(Public, &[]);
        }),
        case(fits, Passed, "a new gateway for an address", |w| {
            w.choices.source = ip_address("10.20.1.40", "5432");
        }),
        case(fits, Passed, "on a gateway", on(|_| {})),
        case(
            fits,
            Failure,
            "on a gateway of another account",
            on(|w| {
                let theirs = w.gateway().arn.replace(ACCOUNT, "444455556666");
                w.gateway().arn = theirs;
            }),
        ),
        case(
            fits,
            Failure,
            "on a gateway that AWS manages",
            on(|w| w.gateway().service_managed = true),
        ),
        case(
            fits,
            Failure,
            "on a gateway that is being deleted",
            on(|w| w.gateway().status = "DELETE_IN_PROGRESS".to_owned()),
        ),
        case(
            fits,
            NotKnown,
            "on a gateway that is being made",
            on(|w| w.gateway().status = "CREATE_IN_PROGRESS".to_owned()),
        ),
        case(
            fits,
            Failure,
            "on a gateway of another VPC",
            on(|w| w.gateway().vpc_id = OTHER_VPC.to_owned()),
        ),
        case(
            fits,
            Failure,
            "a database on a gateway that looks up in the VPC",
            on(|w| w.gateway().dns_resolution = Some(InVpc)),
        ),
        case(
            fits,
            NotKnown,
            "a database, and AWS does not say where names are looked up",
            on(|w| w.gateway().dns_resolution = None),
        ),
        case(
            fits,
            Passed,
            "AWS does not say, but another database is on it",
            on(|w| {
                w.gateway().dns_resolution = None;
                all(&mut w.region.configurations).push(configuration("rcfg-1", "a", BILLING));
            }),
        ),
        case(
            fits,
            Failure,
            "a private name on a gateway that looks up publicly",
            on(|w| *w = w.clone().of_name(InVpc, &[])),
        ),
        case(
            fits,
            Passed,
            "a private name on a gateway that looks up in the VPC",
            on(|w| {
                *w = w.clone().of_name(InVpc, &[]);
                w.gateway().dns_resolution = Some(InVpc);
            }),
        ),
        case(
            fits,
            Warning,
            "a public name on a gateway that looks up in the VPC",
            on(|w| {
                *w = w.clone().of_name(Public, &[]);
                w.gateway().dns_resolution = Some(InVpc);
            }),
        ),
        case(
            fits,
            Passed,
            "an address, and AWS does not say where names are looked up",
            on(|w| {
                w.choices.source = ip_address("10.20.1.40", "5432");
                w.gateway().dns_resolution = None;
            }),
        ),
        case(
            fits,
            NotKnown,
            "gateways refused",
            on(|w| w.region.gateways = denied("vpc-lattice:ListResourceGateways")),
        ),
    ]
}

fn configuration_cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed};
    let fits = CheckId::ReuseFits;
    let on = |spoil: fn(&mut World)| {
        move |w: &mut World| {
            *w = w.clone().on_configuration();
            spoil(w);
        }
    };
    vec![
        case(fits, Passed, "on a configuration", on(|_| {})),
        case(
            fits,
            Failure,
            "on a configuration that is gone",
            on(|w| all(&mut w.region.configurations).clear()),
        ),
        case(
            fits,
            Failure,
            "on a configuration that leads elsewhere",
            on(|w| w.choices.source = database(BILLING)),
        ),
        case(
            fits,
            Failure,
            "on a configuration of a group",
            on(|w| all(&mut w.region.configurations)[0].definition = None),
        ),
        case(
            fits,
            Failure,
            "on a configuration with other ports",
            on(|w| {
                *w = w.clone().of_name(Public, &[]);
                let other = to_name(STANDING_CONFIGURATION, "db.example.com", (9092, 9094));
                all(&mut w.region.configurations)[0] = other;
            }),
        ),
        case(
            fits,
            Failure,
            "on a configuration that failed",
            on(|w| all(&mut w.region.configurations)[0].status = "CREATE_FAILED".to_owned()),
        ),
        case(
            fits,
            NotKnown,
            "on a configuration whose gateway was not read",
            on(|w| all(&mut w.region.gateways).clear()),
        ),
        case(
            fits,
            NotKnown,
            "on a configuration without a gateway",
            on(|w| all(&mut w.region.configurations)[0].gateway_id = None),
        ),
        case(
            fits,
            NotKnown,
            "configurations refused",
            on(|w| {
                w.region.configurations = denied("vpc-lattice:ListResourceConfigurations");
            }),
        ),
    ]
}
