//! Times what the wizard discovers of an account, for `cargo xtask bench`: one line of JSON, the milliseconds of each
//! discovery. Each begins with a call that says who is asking and is not timed: it parts them in the sandbox's log.
//!
//! Usage: `discover ENDPOINT REGION ACCESS_KEY_ID SECRET_ACCESS_KEY CLUSTER SERVERLESS BALANCER LARGEST`, against the
//! sandbox; the last four are ARNs, of MSK clusters and Network Load Balancers.
#![allow(clippy::print_stdout, reason = "a measurement prints what it measured")]

use std::error::Error;
use std::slice;
use std::time::Instant;

use pipelink_aws::{Aws, Look};
use pipelink_plan::observed::Observed;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [
        endpoint,
        region,
        key,
        secret,
        cluster,
        serverless,
        balancer,
        largest,
    ] = &words[..]
    else {
        return Err("usage: discover ENDPOINT REGION ACCESS_KEY_ID SECRET_ACCESS_KEY CLUSTER SERVERLESS BALANCER LARGEST"
            .into());
    };
    let aws = Aws::open_sandbox(endpoint, region, key, secret);

    let identity = aws.identity().await.map_err(|it| it.to_string())?;
    let began = Instant::now();
    let facts = Box::pin(aws.discover_region(identity)).await;
    let of_region = since(began);
    known(&facts.configurations)?;
    known(&facts.msk_clusters)?;

    let of_cluster = msk(&aws, cluster).await?;
    let of_serverless = msk(&aws, serverless).await?;
    // One right after the other, as an admin may who knows what to choose: they share one allowance.
    let around = load_balancing(&aws, Look::Around).await?;
    let at_one = load_balancing(&aws, Look::At(slice::from_ref(balancer))).await?;
    let another = Aws::open_sandbox(endpoint, region, key, secret);
    let at_largest = load_balancing(&another, Look::At(slice::from_ref(largest))).await?;

    let timed = serde_json::json!([
        of_region,
        of_cluster,
        of_serverless,
        around,
        at_one,
        at_largest
    ]);
    println!("{timed}");
    Ok(())
}

async fn msk(aws: &Aws, arn: &str) -> Result<f64, Box<dyn Error>> {
    aws.identity().await.map_err(|it| it.to_string())?;
    let began = Instant::now();
    let facts = aws.discover_msk(arn).await;
    let took = since(began);
    known(&facts.cluster)?;
    known(&facts.bootstrap)?;
    Ok(took)
}

async fn load_balancing(aws: &Aws, look: Look<'_>) -> Result<f64, Box<dyn Error>> {
    aws.identity().await.map_err(|it| it.to_string())?;
    let began = Instant::now();
    let facts = aws.discover_load_balancing(look).await;
    let took = since(began);
    known(&facts.load_balancers)?;
    known(&facts.target_groups)?;
    known(&facts.endpoint_services)?;
    Ok(took)
}

/// A discovery that could not read what it is about measures nothing.
fn known<T>(fact: &Observed<T>) -> Result<(), String> {
    fact.problem().map_or(Ok(()), |it| Err(it.to_string()))
}

fn since(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1000.0
}
