//! Quotas and the region.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::{Party, Problem};

use super::{Case, case};
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let quotas = CheckId::Quotas;
    let lattice = CheckId::LatticeInRegion;
    vec![
        case(quotas, Failure, "no gateway more in the VPC", |w| {
            set(w, "L-0DCA4434", 1.0);
            all(&mut w.region.gateways).push(gateway("rgw-1", "one"));
        }),
        case(quotas, Warning, "nine tenths of the configurations", |w| {
            set(w, "L-5FF8F9B9", 10.0);
            for number in 1..=9 {
                let name = format!("c-{number}");
                all(&mut w.region.configurations).push(configuration(&name, &name, BILLING));
            }
        }),
        case(quotas, Passed, "on a gateway, gateways do not count", |w| {
            *w = w.clone().on_gateway();
            set(w, "L-0DCA4434", 1.0);
        }),
        case(
            quotas,
            Passed,
            "on a configuration, only shares count",
            |w| {
                *w = w.clone().on_configuration();
                set(w, "L-0DCA4434", 1.0);
                set(w, "L-5FF8F9B9", 1.0);
            },
        ),
        case(
            quotas,
            Passed,
            "known by its name, under another code",
            |w| {
                for quota in all(&mut w.region.quotas) {
                    quota.quota_code = format!("L-OTHER-{}", quota.name.len());
                    quota.name = quota.name.to_uppercase();
                }
            },
        ),
        case(quotas, NotKnown, "quotas refused", |w| {
            w.region.quotas = denied("servicequotas:ListServiceQuotas");
        }),
        case(quotas, NotKnown, "a quota is not in the list", |w| {
            all(&mut w.region.quotas).retain(|it| it.service_code != "ram");
        }),
        case(quotas, NotKnown, "shares refused", |w| {
            w.region.shares = denied("ram:GetResourceShares");
        }),
        case(lattice, Passed, "refused, which is an answer too", |w| {
            w.region.gateways = denied("vpc-lattice:ListResourceGateways");
            w.region.configurations = denied("vpc-lattice:ListResourceConfigurations");
        }),
        case(lattice, NotKnown, "no such host", |w| {
            w.region.gateways = no_host("ListResourceGateways");
            w.region.configurations = no_host("ListResourceConfigurations");
        }),
    ]
}

fn set(world: &mut World, code: &str, value: f64) {
    for quota in all(&mut world.region.quotas) {
        if quota.quota_code == code {
            quota.value = value;
        }
    }
}

fn no_host<T>(operation: &str) -> Observed<T> {
    Observed::Unknown {
        problem: Problem::NotConnected {
            party: Party::Aws,
            operation: operation.to_owned(),
            message: "dns error".to_owned(),
        },
    }
}
