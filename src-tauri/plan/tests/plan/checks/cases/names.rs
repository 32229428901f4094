//! Names: their rules, and whether they are taken.

use pipelink_plan::check::{CheckId, Verdict};

use super::{Case, case};
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed};
    let names = CheckId::Names;
    vec![
        case(names, Failure, "rule broken", |w| {
            *w.names().0 = "rgw-orders".to_owned();
            *w.names().1 = "Orders".to_owned();
        }),
        case(
            names,
            Failure,
            "gateway and configuration names taken",
            |w| {
                let name = w.names().0.clone();
                all(&mut w.region.gateways).push(gateway("rgw-1", &name));
                all(&mut w.region.configurations).push(configuration("rcfg-1", &name, BILLING));
            },
        ),
        case(
            names,
            Passed,
            "a gateway of another account has the name",
            |w| {
                let name = w.names().0.clone();
                let mut theirs = gateway("rgw-1", &name);
                theirs.arn = theirs.arn.replace(ACCOUNT, "444455556666");
                all(&mut w.region.gateways).push(theirs);
            },
        ),
        case(names, NotKnown, "gateways refused", |w| {
            w.region.gateways = denied("vpc-lattice:ListResourceGateways");
        }),
        case(
            names,
            Passed,
            "on a configuration, only the share gets a name",
            |w| {
                *w = w.clone().on_configuration();
            },
        ),
        case(
            names,
            Failure,
            "on a gateway, the configuration's name is taken",
            |w| {
                *w = w.clone().on_gateway();
                all(&mut w.region.configurations).push(configuration(
                    "rcfg-1",
                    "orders-postgres-clickpipes",
                    BILLING,
                ));
            },
        ),
        case(
            names,
            NotKnown,
            "on a gateway, configurations refused",
            |w| {
                *w = w.clone().on_gateway();
                w.region.configurations = denied("vpc-lattice:ListResourceConfigurations");
            },
        ),
    ]
}
