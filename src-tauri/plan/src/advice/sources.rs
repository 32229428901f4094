//! The sources of a region, each with the path that fits it and the reason.

use serde::{Deserialize, Serialize};

use crate::facts::RegionFacts;
use crate::facts::database::{DbCluster, DbInstance};
use crate::facts::msk::MskCluster;
use crate::paths::msk_multi_vpc::{self, Kind, Version, is_too_small, kind};
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
    /// The path that fits it best within one region; none where Pipelink has none for it.
    pub path: Option<PathKind>,
    /// Every path that can be taken for it, that one first. Across regions only a VPC endpoint service works.
    pub paths: Vec<PathKind>,
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
        .chain(brokers.into_iter().map(|it| of_broker(facts, it)))
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
        paths: match database.engine() {
            Some(_) => vec![PathKind::VpcResource, PathKind::EndpointService],
            None => Vec::new(),
        },
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
        return Err(other_partition(facts));
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
        Engine::Mysql | Engine::Kafka | Engine::MongoDb | Engine::Other => {
            "VPC resource fits: no load balancer is needed within one region."
        }
    }
    .to_owned())
}

fn of_broker(facts: &RegionFacts, cluster: &MskCluster) -> Source {
    let kind = kind(cluster);
    let (paths, fits) = paths_of(cluster, kind);
    let (eligible, reason) = match msk_verdict(facts, cluster, kind) {
        Ok(()) => (true, fits),
        Err(reason) => (false, reason),
    };
    Source {
        arn: cluster.arn.clone(),
        name: cluster.name.clone(),
        what: match kind {
            Kind::Standard => "MSK cluster",
            Kind::Express => "MSK Express cluster",
            Kind::Serverless => "MSK Serverless cluster",
            Kind::Unknown => "MSK cluster of a type that is not known",
        }
        .to_owned(),
        engine: Some(Engine::Kafka),
        status: cluster.state.to_lowercase(),
        // A list of clusters names subnets only, and not their VPC.
        vpc_id: None,
        port: None,
        path: paths.first().copied(),
        paths,
        eligible,
        reason,
    }
}

/// The paths that can be taken for a cluster, and why the first of them fits.
fn paths_of(cluster: &MskCluster, kind: Kind) -> (Vec<PathKind>, String) {
    const PER_BROKER: &str = "a load balancer, a service and an endpoint for each broker, and custom private DNS, a \
                              preview that ClickHouse's support enables";
    match kind {
        Kind::Standard => match lacks(cluster) {
            None => (
                vec![PathKind::MskMultiVpc, PathKind::EndpointService],
                if cluster
                    .provisioned
                    .as_ref()
                    .is_some_and(|it| it.unauthenticated)
                {
                    "MSK multi-VPC connectivity fits once the cluster takes no clients without authentication."
                } else {
                    "MSK multi-VPC connectivity fits: ClickHouse recommends it for MSK."
                }
                .to_owned(),
            ),
            Some(lack) => (
                vec![PathKind::EndpointService],
                format!("{lack} VPC endpoint service fits: {PER_BROKER}."),
            ),
        },
        Kind::Express => (
            vec![PathKind::EndpointService],
            format!("VPC endpoint service fits Express brokers: {PER_BROKER}."),
        ),
        Kind::Serverless => (
            vec![PathKind::VpcResource],
            "VPC resource fits MSK Serverless: a gateway that looks names up within the VPC, and custom private DNS, a \
             preview that ClickHouse's support enables."
                .to_owned(),
        ),
        Kind::Unknown => (Vec::new(), "Its type is not known.".to_owned()),
    }
}

/// What of a provisioned cluster rules multi-VPC connectivity out for good, short of another cluster.
pub(super) fn lacks(cluster: &MskCluster) -> Option<String> {
    let provisioned = cluster.provisioned.as_ref()?;
    if is_too_small(&provisioned.instance_type) {
        return Some(format!(
            "Brokers of {} have no multi-VPC connectivity.",
            provisioned.instance_type
        ));
    }
    let version = provisioned.kafka_version.as_deref()?;
    (msk_multi_vpc::version(version) == Version::TooOld)
        .then(|| format!("Kafka {version} has no multi-VPC connectivity."))
}

/// Why a cluster cannot be set up now, and what to do.
fn msk_verdict(facts: &RegionFacts, cluster: &MskCluster, kind: Kind) -> Result<(), String> {
    if facts.identity.partition != "aws" {
        return Err(other_partition(facts));
    }
    if cluster.state != "ACTIVE" {
        return Err(format!(
            "Its state is {}: wait until it is active.",
            cluster.state.to_lowercase()
        ));
    }
    if kind == Kind::Unknown {
        return Err("AWS does not say of which type it is.".to_owned());
    }
    let Some(provisioned) = &cluster.provisioned else {
        return Ok(());
    };
    if !(provisioned.schemes.iam || provisioned.schemes.scram) {
        return Err(
            "It takes neither IAM nor SCRAM: turn one of them on under its security settings."
                .to_owned(),
        );
    }
    Ok(())
}

fn other_partition(facts: &RegionFacts) -> String {
    format!(
        "ClickPipes cannot be reached from partition {}: use the IP allow list instead.",
        facts.identity.partition
    )
}
