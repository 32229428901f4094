//! Which sources there are and which path fits each, with the reason.

use serde::{Deserialize, Serialize};

use crate::facts::RegionFacts;
use crate::facts::database::{DbCluster, DbInstance};
use crate::facts::msk::MskCluster;
use crate::source::{Database, Publicity, is_member};
use crate::step::{Engine, PathKind};

/// One source as the wizard's first page lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// What it is, such as "Aurora PostgreSQL cluster".
    pub what: String,
    /// What it speaks, where a ClickPipe can read it.
    pub engine: Option<Engine>,
    /// `available`, ...
    pub status: String,
    /// Its VPC, where known.
    pub vpc_id: Option<String>,
    /// Its port, where known.
    pub port: Option<u16>,
    /// The path that fits it; none where Pipelink has none for it.
    pub path: Option<PathKind>,
    /// Whether it can be set up now.
    pub eligible: bool,
    /// Why, or why not and what to do, in one sentence.
    pub reason: String,
}

/// Every source of the region: clusters, then instances that are in no cluster, then MSK clusters, each by
/// name.
pub fn sources(facts: &RegionFacts) -> Vec<Source> {
    let mut clusters: Vec<&DbCluster> = facts.clusters.known().into_iter().flatten().collect();
    clusters.sort_by_key(|cluster| (&cluster.identifier, &cluster.arn));
    let mut instances: Vec<&DbInstance> = facts
        .instances
        .known()
        .into_iter()
        .flatten()
        .filter(|instance| !clusters.iter().any(|it| is_member(instance, it)))
        .collect();
    instances.sort_by_key(|instance| (&instance.identifier, &instance.arn));
    let mut brokers: Vec<&MskCluster> = facts.msk_clusters.known().into_iter().flatten().collect();
    brokers.sort_by_key(|cluster| (&cluster.name, &cluster.arn));

    clusters
        .into_iter()
        .map(|cluster| of_database(facts, &Database::of_cluster(facts, cluster), None))
        .chain(instances.into_iter().map(|instance| {
            of_database(
                facts,
                &Database::of_instance(instance),
                instance.cluster.as_deref(),
            )
        }))
        .chain(brokers.into_iter().map(of_broker))
        .collect()
}

/// `unread_cluster`: the cluster that an instance says it is in and that was not read.
fn of_database(
    facts: &RegionFacts,
    database: &Database<'_>,
    unread_cluster: Option<&str>,
) -> Source {
    let verdict = verdict(facts, database, unread_cluster);
    let (eligible, reason) = match verdict {
        Ok(reason) => (true, reason),
        Err(reason) => (false, reason),
    };
    Source {
        arn: database.arn.to_owned(),
        name: database.name.to_owned(),
        what: database.what(),
        engine: database.engine(),
        status: database.status.to_owned(),
        vpc_id: database.vpc_id().map(str::to_owned),
        port: database.port,
        path: database.engine().map(|_| PathKind::VpcResource),
        eligible,
        reason,
    }
}

/// The reason why a database can be set up now, or why it cannot.
fn verdict(
    facts: &RegionFacts,
    database: &Database<'_>,
    unread_cluster: Option<&str>,
) -> Result<String, String> {
    let Some(engine) = database.engine() else {
        return Err(format!(
            "Its engine is {}: from RDS, ClickPipes read PostgreSQL, MySQL and MariaDB.",
            database.engine_name
        ));
    };
    if facts.identity.partition != "aws" {
        return Err(format!(
            "ClickPipes cannot be reached from partition {}: use the IP allow list instead.",
            facts.identity.partition
        ));
    }
    if let Some(cluster) = unread_cluster {
        return Err(format!(
            "Member of cluster {cluster}, which could not be read: a connection is set up for the cluster."
        ));
    }
    let publicity = database.publicity();
    if let Publicity::Public(_) = publicity {
        return Err("Publicly accessible: make it private, or use the IP allow list.".to_owned());
    }
    if database.status != "available" {
        return Err(format!(
            "Its status is {}: wait until it is available.",
            database.status
        ));
    }
    if database.vpc_id().is_none() {
        return Err(match database.unread_because {
            Some(problem) => format!("Its VPC is not known. {}", problem.headline()),
            None => "Its VPC is not known, because it has no instance.".to_owned(),
        });
    }
    if database.port.is_none() {
        return Err("Its port is not known yet.".to_owned());
    }
    if let Publicity::NotKnown(reason) = publicity {
        return Ok(format!(
            "VPC resource fits, if it is not publicly accessible, which is not known. {reason}"
        ));
    }
    Ok(match engine {
        Engine::Postgres => {
            "VPC resource fits: it needs no load balancer, and ClickHouse prefers it for Postgres CDC from RDS."
        }
        Engine::Mysql | Engine::Other => "VPC resource fits: no load balancer is needed within one region.",
    _ => unimplemented!("NOT WRITTEN YET"), }
    .to_owned())
}

fn of_broker(cluster: &MskCluster) -> Source {
    let (what, reason) = if cluster.kind == "SERVERLESS" {
        (
            "MSK Serverless cluster",
            "Pipelink does not set up MSK Serverless yet: it needs a resource configuration by DNS name and custom \
             private DNS.",
        )
    } else {
        (
            "MSK cluster",
            "MSK multi-VPC connectivity fits it, and Pipelink does not set that up yet.",
        )
    };
    Source {
        arn: cluster.arn.clone(),
        name: cluster.name.clone(),
        what: what.to_owned(),
        engine: None,
        status: cluster.state.to_lowercase(),
        vpc_id: None,
        port: None,
        path: None,
        eligible: false,
        reason: reason.to_owned(),
    }
}
