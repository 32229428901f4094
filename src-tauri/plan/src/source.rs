//! A database as the pages see it: a cluster together with its members, or an instance by itself.
//!
//! RDS tells most of what matters (VPC, subnets, zones, public address) of instances only, and for Aurora
//! `DBClusters[].PubliclyAccessible` is not set: everything is read from the members.

use std::collections::BTreeSet;

use crate::facts::RegionFacts;
use crate::facts::database::{DbCluster, DbInstance};
use crate::problem::Problem;
use crate::step::{Engine, SourceRef, Target};

/// A cluster with its members, or an instance.
#[derive(Debug, Clone)]
pub(crate) struct Database<'a> {
    pub(crate) arn: &'a str,
    pub(crate) name: &'a str,
    /// The engine's name in AWS's words.
    pub(crate) engine_name: &'a str,
    pub(crate) status: &'a str,
    pub(crate) port: Option<u16>,
    pub(crate) tls_host: Option<&'a str>,
    /// The cluster it is, unless it is an instance.
    pub(crate) cluster: Option<&'a DbCluster>,
    /// The instances it consists of, by name: the members, or itself.
    pub(crate) instances: Vec<&'a DbInstance>,
    /// Members that the cluster names and that were not read.
    pub(crate) unread_members: Vec<&'a str>,
    /// Why the members were not read, where the read failed.
    pub(crate) unread_because: Option<&'a Problem>,
    pub(crate) group_ids: BTreeSet<&'a str>,
}

/// Whether a database has a public address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Publicity {
    /// Nothing of it has.
    Private,
    /// These have.
    Public(Vec<String>),
    /// Could not be told, and why.
    NotKnown(String),
}

impl<'a> Database<'a> {
    /// The database of an ARN.
    pub(crate) fn find(region: &'a RegionFacts, arn: &str) -> Option<Self> {
        let clusters = region.clusters.known().into_iter().flatten();
        let instances = region.instances.known().into_iter().flatten();
        clusters
            .filter(|cluster| cluster.arn == arn)
            .map(|cluster| Self::of_cluster(region, cluster))
            .chain(
                instances
                    .filter(|instance| instance.arn == arn)
                    .map(Self::of_instance),
            )
            .next()
    }

    pub(crate) fn of_cluster(region: &'a RegionFacts, cluster: &'a DbCluster) -> Self {
        let mut instances: Vec<&DbInstance> = region
            .instances
            .known()
            .into_iter()
            .flatten()
            .filter(|instance| is_member(instance, cluster))
            .collect();
        instances.sort_by_key(|instance| &instance.identifier);
        let mut unread_members: Vec<&str> = cluster
            .members
            .iter()
            .map(String::as_str)
            .filter(|member| !instances.iter().any(|it| it.identifier == *member))
            .collect();
        unread_members.sort_unstable();
        let mut group_ids: BTreeSet<&str> = ids(&cluster.security_group_ids);
        if group_ids.is_empty() {
            group_ids = instances
                .iter()
                .flat_map(|it| ids(&it.security_group_ids))
                .collect();
        }
        Self {
            arn: &cluster.arn,
            name: &cluster.identifier,
            engine_name: &cluster.engine,
            status: &cluster.status,
            port: cluster
                .port
                .or_else(|| instances.iter().find_map(|it| it.port)),
            tls_host: cluster.endpoint.as_deref(),
            cluster: Some(cluster),
            instances,
            unread_members,
            unread_because: region.instances.problem(),
            group_ids,
        }
    }

    pub(crate) fn of_instance(instance: &'a DbInstance) -> Self {
        Self {
            arn: &instance.arn,
            name: &instance.identifier,
            engine_name: &instance.engine,
            status: &instance.status,
            port: instance.port,
            tls_host: instance.endpoint.as_deref(),
            cluster: None,
            instances: vec![instance],
            unread_members: Vec::new(),
            unread_because: None,
            group_ids: ids(&instance.security_group_ids),
        }
    }

    /// What a ClickPipe would read it as.
    pub(crate) fn engine(&self) -> Option<Engine> {
        engine(self.engine_name)
    }

    /// Such as "Aurora PostgreSQL cluster".
    pub(crate) fn what(&self) -> String {
        let kind = match self.cluster {
            Some(_) if self.is_aurora() => "cluster",
            Some(_) => "Multi-AZ cluster",
            None => "instance",
        };
        let engine = match self.engine_name {
            "aurora-postgresql" => "Aurora PostgreSQL",
            "aurora-mysql" | "aurora" => "Aurora MySQL",
            "postgres" => "RDS PostgreSQL",
            "mysql" => "RDS MySQL",
            "mariadb" => "RDS MariaDB",
            // Not of RDS itself, such as DocumentDB, whose clusters have members like Aurora's.
            other if self.cluster.is_some() => return format!("{other} cluster"),
            other => return format!("{other} {kind}"),
        };
        format!("{engine} {kind}")
    }

    pub(crate) fn is_aurora(&self) -> bool {
        self.engine_name.starts_with("aurora")
    }

    /// Its VPC, where its instances agree on one.
    pub(crate) fn vpc_id(&self) -> Option<&'a str> {
        let vpcs: BTreeSet<&str> = self
            .instances
            .iter()
            .filter_map(|it| it.vpc_id.as_deref())
            .collect();
        match Vec::from_iter(vpcs)[..] {
            [vpc] => Some(vpc),
            _ => None,
        }
    }

    /// The subnets of its subnet group.
    pub(crate) fn subnet_ids(&self) -> BTreeSet<&'a str> {
        self.instances
            .iter()
            .flat_map(|it| ids(&it.subnet_ids))
            .collect()
    }

    /// The zones, by name, that its instances run in now.
    pub(crate) fn zones(&self) -> BTreeSet<&'a str> {
        self.instances
            .iter()
            .filter_map(|it| it.availability_zone.as_deref())
            .collect()
    }

    pub(crate) fn publicity(&self) -> Publicity {
        let mut public: Vec<String> = self
            .instances
            .iter()
            .filter(|it| it.publicly_accessible == Some(true))
            .map(|it| it.identifier.clone())
            .collect();
        let own = self.cluster.and_then(|cluster| cluster.publicly_accessible);
        if own == Some(true) && public.is_empty() {
            public.push(self.name.to_owned());
        }
        if !public.is_empty() {
            return Publicity::Public(public);
        }
        // Set by AWS for a Multi-AZ DB cluster; for Aurora it says nothing even where it is there.
        if own == Some(false) && !self.is_aurora() {
            return Publicity::Private;
        }
        if let Some(silent) = self
            .instances
            .iter()
            .find(|it| it.publicly_accessible.is_none())
        {
            return Publicity::NotKnown(format!("AWS does not say it of {}.", silent.identifier));
        }
        if let Some(problem) = self.unread_because {
            return Publicity::NotKnown(format!(
                "The members could not be read: {}",
                problem.headline()
            ));
        }
        if let Some(member) = self.unread_members.first() {
            return Publicity::NotKnown(format!("Member {member} is not among the instances."));
        }
        if self.instances.is_empty() {
            return Publicity::NotKnown("The cluster has no instance yet.".to_owned());
        }
        Publicity::Private
    }

    /// What a plan needs of it; `None` where the engine, port or VPC is missing.
    pub(crate) fn source_ref(&self) -> Option<SourceRef> {
        Some(SourceRef {
            target: Target::Database {
                arn: self.arn.to_owned(),
            },
            name: self.name.to_owned(),
            engine: self.engine()?,
            port: self.port?,
            tls_host: self.tls_host.map(str::to_owned),
            vpc_id: self.vpc_id()?.to_owned(),
            schema_registry: None,
        })
    }
}

/// Whether an instance belongs to a cluster: either side may name the other first.
pub(crate) fn is_member(instance: &DbInstance, cluster: &DbCluster) -> bool {
    instance.cluster.as_deref() == Some(cluster.identifier.as_str())
        || cluster.members.contains(&instance.identifier)
}

/// What a ClickPipe would read an engine of RDS as. `DocumentDB` and Neptune answer `DescribeDBClusters` too.
fn engine(name: &str) -> Option<Engine> {
    match name {
        "postgres" | "aurora-postgresql" => Some(Engine::Postgres),
        "mysql" | "mariadb" | "aurora-mysql" | "aurora" => Some(Engine::Mysql),
        _ => None,
    }
}

fn ids(ids: &[String]) -> BTreeSet<&str> {
    ids.iter().map(String::as_str).collect()
}
