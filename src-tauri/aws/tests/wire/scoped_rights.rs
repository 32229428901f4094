//! Rights scoped by the run's tag: what is gone has no tag left to match, so that AWS refuses its deletion
//! instead of saying that it is not there.

use std::time::Duration;

use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{Action, Outputs};

use crate::support::{World, configuration, gateway, run, share};

/// One thing that a run makes, and the calls that delete and read it.
struct Made {
    service: &'static str,
    delete: &'static str,
    read: &'static str,
    action: Action,
    outputs: Outputs,
}

impl Made {
    async fn deny(&self, world: &World, operation: &str) {
        world.fault(self.service, operation, "deny", 0).await;
    }

    /// The right that the deletion needs, as the problem names it.
    fn right(&self) -> String {
        format!("{}:{}", self.service, self.delete)
    }

    async fn remove(&self, world: &World) -> Result<(), Problem> {
        world.aws.remove(&self.action, &run(1), &self.outputs).await
    }

    async fn refused(&self, world: &World) {
        match self.remove(world).await {
            Err(Problem::AccessDenied { action, .. }) => assert_eq!(action, self.right()),
            other => panic!("{}: {other:?}", self.delete),
        }
    }
}

/// Share, configuration and gateway of one run, in the order in which they can be deleted.
async fn made(world: &World) -> [Made; 3] {
    let new_gateway = gateway("orders-gateway");
    let made_gateway = world.make(&new_gateway, &run(1)).await;
    let new_configuration = configuration("orders-configuration", &made_gateway);
    let made_configuration = world.make(&new_configuration, &run(1)).await;
    let new_share = share("orders-share", &made_configuration);
    let made_share = world.make(&new_share, &run(1)).await;
    [
        Made {
            service: "ram",
            delete: "DeleteResourceShare",
            read: "GetResourceShares",
            action: new_share,
            outputs: made_share,
        },
        Made {
            service: "vpc-lattice",
            delete: "DeleteResourceConfiguration",
            read: "GetResourceConfiguration",
            action: new_configuration,
            outputs: made_configuration,
        },
        Made {
            service: "vpc-lattice",
            delete: "DeleteResourceGateway",
            read: "GetResourceGateway",
            action: new_gateway,
            outputs: made_gateway,
        },
    ]
}

#[tokio::test]
async fn what_is_gone_cannot_be_told_from_what_is_not_shown_yet_by_one_look() {
    let world = World::start().await;
    for thing in made(&world).await {
        world.remove(&thing.action, &thing.outputs).await;
        // A deleted share stays listed as such for a while.
        world.advance(Duration::from_hours(3)).await;
        thing.deny(&world, thing.delete).await;
        thing.refused(&world).await;
        let gone = world.aws.removed(&thing.action, &thing.outputs).await;
        assert!(gone.unwrap());
        world.clear_faults().await;
    }
}

#[tokio::test]
async fn what_is_on_its_way_out_is_removed_although_its_deletion_is_refused() {
    let world = World::start().await;
    for thing in made(&world).await {
        world.run_clock(0.0).await;
        thing.remove(&world).await.unwrap();
        let seen = world.aws.progress(&thing.action, &thing.outputs).await;
        assert!(matches!(seen, Ok(Progress::Ended { .. })), "{seen:?}");
        thing.deny(&world, thing.delete).await;
        thing.remove(&world).await.unwrap();
        world.clear_faults().await;
        world.run_clock(600.0).await;
        world.remove(&thing.action, &thing.outputs).await;
    }
}

#[tokio::test]
async fn what_is_there_stays_and_the_missing_right_is_named() {
    let world = World::start().await;
    for thing in made(&world).await {
        thing.deny(&world, thing.delete).await;
        thing.refused(&world).await;
        let seen = world.aws.progress(&thing.action, &thing.outputs).await;
        assert!(matches!(seen, Ok(Progress::Usable { .. })), "{seen:?}");
        // The next one can be deleted once this one is.
        world.clear_faults().await;
        world.remove(&thing.action, &thing.outputs).await;
    }
}

#[tokio::test]
async fn where_the_look_is_refused_too_the_right_to_delete_is_named() {
    let world = World::start().await;
    for thing in made(&world).await {
        thing.deny(&world, thing.delete).await;
        thing.deny(&world, thing.read).await;
        thing.refused(&world).await;
    }
}
