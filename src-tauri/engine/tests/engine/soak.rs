//! Random schedules over whole runs: faults, kills, clock jumps, cancelled runs and a second operator. Whatever
//! happens, the journal opens, the run is in a legal state, at most one of each thing is made, nothing is
//! without an owner, and a run can be brought to an end.
//!
//! A schedule follows from its seed. One that fails prints itself, its seed, and how to play it again.

mod play;
pub(crate) mod schedule;
mod tally;

use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex};

use schedule::{Catalogue, Schedule};
use tally::Tally;

use crate::stage::at_most;

/// How many schedules one test plays, and how many of them at once.
const PER_TEST: u64 = 50;
const AT_ONCE: usize = 16;
const SCHEDULES: &str = "PIPELINK_SOAK_SCHEDULES";
const SEED: &str = "PIPELINK_SOAK_SEED";

#[tokio::test]
async fn schedules_from_0() {
    play_all(0, PER_TEST).await;
}

#[tokio::test]
async fn schedules_from_50() {
    play_all(50, PER_TEST).await;
}

#[tokio::test]
async fn schedules_from_100() {
    play_all(100, PER_TEST).await;
}

#[tokio::test]
async fn schedules_from_150() {
    play_all(150, PER_TEST).await;
}

#[tokio::test]
async fn schedules_from_200() {
    play_all(200, PER_TEST).await;
}

#[tokio::test]
async fn schedules_from_250() {
    play_all(250, PER_TEST).await;
}

#[tokio::test]
async fn a_schedule_follows_from_its_seed() {
    let catalogue = Catalogue::read().await;
    for seed in 0..PER_TEST {
        let one = Schedule::of(seed, &catalogue);
        assert_eq!(one, Schedule::of(seed, &catalogue));
        assert_ne!(one.phases, Schedule::of(seed + 1, &catalogue).phases);
    }
}

/// `cargo xtask soak`: as many as wanted, from a seed of its own where none is given.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "as long as one likes: cargo xtask soak"]
async fn soak() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse().unwrap());
    let seed = number(SEED).unwrap_or_else(|| RandomState::new().hash_one(()) >> 16);
    let count = number(SCHEDULES).unwrap_or(PER_TEST);
    println!("{count} schedules from seed {seed}");
    play_all(seed, count).await;
    println!("All {count} held");
}

/// Plays them all, and then says which did not hold, and whether enough happened to the others.
async fn play_all(first: u64, count: u64) {
    let catalogue = Catalogue::read().await;
    let failed = Arc::new(Mutex::new(Vec::new()));
    let tally = Arc::new(Tally::default());
    let plays = (first..first + count).map(|seed| {
        let schedule = Arc::new(Schedule::of(seed, &catalogue));
        let (failed, tally) = (Arc::clone(&failed), Arc::clone(&tally));
        async move {
            let played = Arc::clone(&schedule);
            let play = tokio::spawn(async move { play::play(&played, &tally).await });
            if play.await.is_err() {
                println!(
                    "{schedule:#?}\nPlay it again with: cargo xtask soak --schedules 1 --seed {seed}"
                );
                failed.lock().unwrap().push(seed);
            }
        }
    });
    at_most(AT_ONCE, plays).await;
    let failed = failed.lock().unwrap();
    assert!(
        failed.is_empty(),
        "the schedules of these seeds: {failed:?}"
    );
    println!("{tally:?}");
    // A few schedules may be without one of them.
    assert!(count < PER_TEST || tally.has_all(), "{tally:?}");
}
