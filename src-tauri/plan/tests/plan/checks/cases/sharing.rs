//! Sharing: outside of the organization, and once only.

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::facts::lattice::ShareAssociation;
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::Problem;

use super::{Case, case};
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    use Verdict::{NotKnown, Passed, Warning};
    let external = CheckId::ExternalSharing;
    let once = CheckId::ShareOnce;
    vec![
        case(external, Passed, "shared with ClickPipes before", |w| {
            add(w, "older", CLICKPIPES_ACCOUNT, "ASSOCIATING");
        }),
        case(
            external,
            NotKnown,
            "shared with another account outside",
            |w| {
                add(w, "partners", "444455556666", "ASSOCIATED");
            },
        ),
        case(
            external,
            NotKnown,
            "shared with many other accounts outside",
            |w| {
                for number in 1..=6 {
                    add(
                        w,
                        &format!("partners-{number}"),
                        "444455556666",
                        "ASSOCIATED",
                    );
                }
                add(w, "z-taken-back", CLICKPIPES_ACCOUNT, "DISASSOCIATED");
            },
        ),
        case(external, NotKnown, "shared with ClickPipes once", |w| {
            add(w, "taken-back", CLICKPIPES_ACCOUNT, "DISASSOCIATED");
        }),
        case(
            external,
            NotKnown,
            "a share with ClickPipes that is going away",
            |w| {
                add(w, "going", CLICKPIPES_ACCOUNT, "ASSOCIATED");
                all(&mut w.region.shares)[0].status = "DELETING".to_owned();
            },
        ),
        case(
            external,
            NotKnown,
            "shared with ClickPipes, but nothing of VPC Lattice",
            |w| {
                add(w, "other", CLICKPIPES_ACCOUNT, "ASSOCIATED");
                resource(w).entity = format!("arn:aws:glue:{REGION}:{ACCOUNT}:catalog");
            },
        ),
        case(
            external,
            NotKnown,
            "shared with ClickPipes, and the configuration taken out",
            |w| {
                add(w, "emptied", CLICKPIPES_ACCOUNT, "ASSOCIATED");
                resource(w).status = "DISASSOCIATED".to_owned();
            },
        ),
        case(external, NotKnown, "shared within the organization", |w| {
            add(w, "within", "444455556666", "ASSOCIATED");
            for share in all(&mut w.region.shares) {
                for association in &mut share.associations {
                    association.external = Some(false);
                }
            }
        }),
        case(
            external,
            NotKnown,
            "a share with ClickPipes that failed",
            |w| {
                add(w, "failed", CLICKPIPES_ACCOUNT, "FAILED");
                all(&mut w.region.shares)[0].associations[1].message =
                    Some("The organization forbids it.".to_owned());
            },
        ),
        case(external, NotKnown, "shares refused", |w| {
            w.region.shares = denied("ram:GetResourceShares");
        }),
        case(once, Passed, "on a configuration that is not shared", |w| {
            *w = w.clone().on_configuration();
        }),
        case(
            once,
            Passed,
            "on a configuration, other shares in use",
            |w| {
                *w = w.clone().on_configuration();
                add(w, "accepted", CLICKPIPES_ACCOUNT, "ASSOCIATED");
                let arn = add(w, "served", CLICKPIPES_ACCOUNT, "ASSOCIATING");
                w.add_endpoint(ReversePrivateEndpoint {
                    resource_share_arn: Some(arn),
                    ..endpoint("e-1", STANDING_CONFIGURATION)
                });
            },
        ),
        case(
            once,
            Passed,
            "on a configuration, a share that is going away",
            |w| {
                *w = w.clone().on_configuration();
                add(w, "going", CLICKPIPES_ACCOUNT, "ASSOCIATING");
                all(&mut w.region.shares)[0].status = "DELETING".to_owned();
            },
        ),
        case(
            once,
            Warning,
            "on a configuration, a share not accepted",
            |w| {
                *w = w.clone().on_configuration();
                add(w, "waiting", CLICKPIPES_ACCOUNT, "ASSOCIATING");
            },
        ),
        case(once, NotKnown, "the same without a key", |w| {
            *w = w.clone().on_configuration().by_hand();
            add(w, "waiting", CLICKPIPES_ACCOUNT, "ASSOCIATING");
        }),
        case(once, NotKnown, "the same, endpoints not read", |w| {
            *w = w.clone().on_configuration();
            add(w, "waiting", CLICKPIPES_ACCOUNT, "ASSOCIATING");
            w.clickhouse.as_mut().unwrap().endpoints = Observed::Unknown {
                problem: Problem::KeyRejected,
            };
        }),
        case(
            once,
            NotKnown,
            "the same, an endpoint could not be read",
            |w| {
                *w = w.clone().on_configuration();
                add(w, "waiting", CLICKPIPES_ACCOUNT, "ASSOCIATING");
                w.clickhouse.as_mut().unwrap().odd_endpoints = 1;
            },
        ),
        case(once, NotKnown, "on a configuration, shares refused", |w| {
            *w = w.clone().on_configuration();
            w.region.shares = denied("ram:GetResourceShares");
        }),
        case(
            once,
            NotKnown,
            "on a configuration that was not read",
            |w| {
                *w = w.clone().on_configuration();
                w.region.configurations = denied("vpc-lattice:ListResourceConfigurations");
            },
        ),
    ]
}

/// What the first share shares.
fn resource(world: &mut World) -> &mut ShareAssociation {
    &mut all(&mut world.region.shares)[0].associations[0]
}

/// Adds a share of the standing configuration; its ARN.
fn add(world: &mut World, name: &str, account: &str, status: &str) -> String {
    let standing = configuration(STANDING_CONFIGURATION, "standing", ORDERS);
    let share = share(name, &standing, account, status);
    let arn = share.arn.clone();
    all(&mut world.region.shares).push(share);
    arn
}
