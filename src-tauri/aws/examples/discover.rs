//! Times the discovery of a region, for `cargo xtask bench`: one line of JSON, milliseconds of each round.
//!
//! Usage: `discover ENDPOINT REGION ACCESS_KEY_ID SECRET_ACCESS_KEY ROUNDS`, against the sandbox.
#![allow(clippy::print_stdout, reason = "a measurement prints what it measured")]

use std::time::Instant;

use pipelink_aws::Aws;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [endpoint, region, key, secret, rounds] = &words[..] else {
        return Err(
            "usage: discover ENDPOINT REGION ACCESS_KEY_ID SECRET_ACCESS_KEY ROUNDS".into(),
        );
    };
    let aws = Aws::open_sandbox(endpoint, region, key, secret);
    let identity = aws.identity().await.map_err(|it| it.to_string())?;
    let mut milliseconds = Vec::new();
    for _ in 0..rounds.parse::<u32>()? {
        let began = Instant::now();
        let facts = Box::pin(aws.discover_region(identity.clone())).await;
        milliseconds.push(began.elapsed().as_secs_f64() * 1000.0);
        if let Some(problem) = facts.configurations.problem() {
            return Err(problem.to_string().into());
        }
    }
    println!("{}", serde_json::to_string(&milliseconds)?);
    Ok(())
}
