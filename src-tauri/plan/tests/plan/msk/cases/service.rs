//! The ClickHouse service, and the account's partition.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::facts::clickhouse::Service;

use super::{Case, case};
use crate::facts::*;
use crate::msk::facts::*;

fn service(world: &mut MskWorld) -> &mut Service {
    &mut all(&mut world.clickhouse.as_mut().unwrap().services)[0]
}

pub(super) fn cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let region = CheckId::ClickPipesRegion;
    let awake = CheckId::ServiceAwake;
    vec![
        case(region, Failure, "in another region", |w| {
            service(w).region = "eu-central-1".to_owned();
        }),
        case(region, NotKnown, "services refused", |w| {
            w.clickhouse.as_mut().unwrap().services = denied("listing services");
        }),
        case(region, Passed, "by hand", |w| *w = w.clone().by_hand()),
        case(CheckId::Partition, Failure, "another partition", |w| {
            w.region.identity.partition = "aws-us-gov".to_owned();
        }),
        case(awake, Failure, "stopped", |w| {
            service(w).state = "stopped".to_owned();
        }),
        case(awake, Warning, "idle", |w| {
            service(w).state = "idle".to_owned();
        }),
        case(awake, NotKnown, "by hand", |w| *w = w.clone().by_hand()),
    ]
}
