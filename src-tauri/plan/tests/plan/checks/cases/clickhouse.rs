//! ClickHouse: region, and a service that is awake.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::Problem;

use super::{Case, case};
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let region = CheckId::ClickPipesRegion;
    let awake = CheckId::ServiceAwake;
    let state = |world: &mut World, state: &str| state.clone_into(&mut world.service().state);
    vec![
        case(region, Passed, "by hand, region given", |w| {
            *w = w.clone().by_hand();
        }),
        case(region, Failure, "older service in another region", |w| {
            w.service().region = "eu-west-1".to_owned();
            w.service().created_at = Some("2026-01-19T23:59:59Z".parse().unwrap());
        }),
        case(region, Failure, "service on another cloud", |w| {
            w.service().provider = "gcp".to_owned();
            w.service().region = "us-central1".to_owned();
        }),
        case(
            region,
            NotKnown,
            "day of creation decides and is not known",
            |w| {
                w.region.identity.region = "us-east-2".to_owned();
                w.service().region = "us-west-2".to_owned();
                w.service().created_at = None;
            },
        ),
        case(
            region,
            Failure,
            "day of creation not known, but neither region fits",
            |w| {
                w.service().region = "us-west-2".to_owned();
                w.service().created_at = None;
            },
        ),
        case(region, NotKnown, "services refused", |w| {
            w.clickhouse.as_mut().unwrap().services = Observed::Unknown {
                problem: Problem::KeyRejected,
            };
        }),
        case(region, NotKnown, "service gone", |w| {
            all(&mut w.clickhouse.as_mut().unwrap().services).clear();
        }),
        case(region, NotKnown, "no ClickHouse facts", |w| {
            w.clickhouse = None;
        }),
        case(awake, Warning, "idle", |w| state(w, "idle")),
        case(awake, Warning, "starting", |w| state(w, "awaking")),
        case(awake, Failure, "stopped", |w| state(w, "stopped")),
        case(awake, Failure, "terminated", |w| state(w, "terminated")),
        case(awake, NotKnown, "a new word", |w| state(w, "hibernating")),
        case(awake, NotKnown, "without a key", |w| {
            *w = w.clone().by_hand();
        }),
        case(region, Failure, "another region than the gateway's", |w| {
            w.choices.source = ip_address("10.20.1.40", "5432");
            w.service().region = "us-east-2".to_owned();
        }),
    ]
}
