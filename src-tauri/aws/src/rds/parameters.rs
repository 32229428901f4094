//! One parameter of a database: whether `MySQL` looks up the names of those who connect.
//!
//! Behind a load balancer, every health check and every connection of ClickPipes comes from an address that has no
//! name; looking it up fails slowly, and after enough failures `MySQL` blocks the address (`MySQL` manual,
//! "`host_cache`"; `skip_name_resolve` ends both).

use aws_sdk_rds::types::{Filter, Parameter};
use pipelink_plan::problem::{Party, Problem};

use super::{CLUSTERS, INSTANCES};
use crate::session::Aws;

const OF_INSTANCE: &str = "DescribeDBParameters";
const OF_CLUSTER: &str = "DescribeDBClusterParameters";
const NAME: &str = "skip_name_resolve";

impl Aws {
    /// The value of `skip_name_resolve` in the parameter groups of a database, by its ARN: `1` or `ON` where names
    /// are not looked up. `None` where no group sets it, so that the engine's own default holds, and without a look at
    /// any group where the database is no `MySQL`. Of a cluster, the group of its writer is stronger than its own.
    /// `NotFound` where the database is not there.
    ///
    /// Whether a changed value is in force already, AWS does not tell here: it takes a reboot.
    pub async fn skip_name_resolve(&self, database_arn: &str) -> Result<Option<String>, Problem> {
        if database_arn.contains(":cluster:") {
            return self.of_cluster(database_arn).await;
        }
        self.of_instance(database_arn).await
    }

    async fn of_cluster(&self, cluster_arn: &str) -> Result<Option<String>, Problem> {
        let answer = self
            .session
            .rds
            .describe_db_clusters()
            .db_cluster_identifier(cluster_arn)
            .send()
            .await
            .map_err(self.problem("rds", CLUSTERS))?;
        let clusters = answer.db_clusters.unwrap_or_default().into_iter();
        let cluster = clusters.last().ok_or_else(|| not_there(cluster_arn))?;
        if !has_parameter(cluster.engine.as_deref()) {
            return Ok(None);
        }
        let mut members = cluster.db_cluster_members.unwrap_or_default().into_iter();
        let writer = members
            .find(|member| member.is_cluster_writer == Some(true))
            .and_then(|writer| writer.db_instance_identifier);
        let of_writer = async {
            match &writer {
                Some(writer) => self.of_instance(writer).await,
                None => Ok(None),
            }
        };
        let of_cluster = async {
            match &cluster.db_cluster_parameter_group {
                Some(group) => self.in_cluster_group(group).await,
                None => Ok(None),
            }
        };
        let (of_writer, of_cluster) = tokio::try_join!(Box::pin(of_writer), Box::pin(of_cluster))?;
        Ok(of_writer.or(of_cluster))
    }

    /// By identifier or ARN: RDS takes either.
    async fn of_instance(&self, instance: &str) -> Result<Option<String>, Problem> {
        let answer = self
            .session
            .rds
            .describe_db_instances()
            .db_instance_identifier(instance)
            .send()
            .await
            .map_err(self.problem("rds", INSTANCES))?;
        let instances = answer.db_instances.unwrap_or_default().into_iter();
        let found = instances.last().ok_or_else(|| not_there(instance))?;
        if !has_parameter(found.engine.as_deref()) {
            return Ok(None);
        }
        let groups = found.db_parameter_groups.unwrap_or_default().into_iter();
        for group in groups.filter_map(|group| group.db_parameter_group_name) {
            if let Some(value) = self.in_instance_group(&group).await? {
                return Ok(Some(value));
            }
        }
        Ok(None)
    }

    async fn in_instance_group(&self, group: &str) -> Result<Option<String>, Problem> {
        let parameters = self
            .session
            .rds
            .describe_db_parameters()
            .db_parameter_group_name(group)
            .filters(by_name())
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem("rds", OF_INSTANCE))?;
        Ok(value(parameters))
    }

    async fn in_cluster_group(&self, group: &str) -> Result<Option<String>, Problem> {
        let parameters = self
            .session
            .rds
            .describe_db_cluster_parameters()
            .db_cluster_parameter_group_name(group)
            .filters(by_name())
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem("rds", OF_CLUSTER))?;
        Ok(value(parameters))
    }
}

/// The one filter that these calls take. A group has some five hundred parameters.
fn by_name() -> Filter {
    Filter::builder()
        .name("parameter-name")
        .values(NAME)
        .build()
}

/// Whether an engine, in AWS's word (`mysql`, `aurora-mysql`, `mariadb`), has the parameter at all.
fn has_parameter(engine: Option<&str>) -> bool {
    engine.is_some_and(|it| it.contains("mysql") || it.contains("mariadb"))
}

fn value(parameters: Vec<Parameter>) -> Option<String> {
    let mut named = parameters.into_iter();
    let found = named.find(|it| it.parameter_name.as_deref() == Some(NAME))?;
    found.parameter_value.filter(|value| !value.is_empty())
}

fn not_there(database: &str) -> Problem {
    Problem::NotFound {
        party: Party::Aws,
        operation: INSTANCES.to_owned(),
        message: format!("{database} is not there"),
    }
}
