//! RDS: Aurora and Multi-AZ DB clusters, and instances; their parameters are in `parameters`. Read-only.

mod parameters;

use serde_json::{Value, json};

use super::{Act, Context, Outcome, members, number, page, text, texts};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::database::{DbCluster, DbInstance};

pub(super) fn meaning(operation: &str) -> Option<(bool, Act)> {
    match operation {
        "DescribeDBClusters" => Some((false, describe_db_clusters)),
        "DescribeDBInstances" => Some((false, describe_db_instances)),
        "DescribeDBParameters" => Some((false, parameters::of_instances)),
        "DescribeDBClusterParameters" => Some((false, parameters::of_clusters)),
        _ => None,
    }
}

/// Filters as RDS has them: exact values, `(name, values)`.
fn filters(input: &Members, known: &[&str]) -> Result<Vec<(String, Vec<String>)>, Failure> {
    let list = input.get("Filters").and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .map(|filter| {
            let name = text(filter, "Name").unwrap_or_default();
            if !known.contains(&name) {
                let message = format!("Unrecognized filter name: {name}");
                return Err(Failure::new("InvalidParameterValue", 400, message));
            }
            Ok((name.to_owned(), texts(filter, "Values").unwrap_or_default()))
        })
        .collect()
}

fn listed(input: &Members, name: &str, items: Vec<Value>) -> Outcome {
    let size = number(input, "MaxRecords").unwrap_or(100);
    // The model gives no range; RDS's own page does.
    if !(20..=100).contains(&size) {
        let message = "Invalid value for max records. Must be between 20 and 100";
        return Err(Failure::new("InvalidParameterValue", 400, message));
    }
    let (items, next) = page::page(items, Some(size), text(input, "Marker"), || {
        Failure::new(
            "InvalidParameterValue",
            400,
            "The specified marker is invalid",
        )
    })?;
    Ok(members(json!({ name: items, "Marker": next })))
}

/// RDS takes an identifier or an ARN, and identifiers in any case.
fn named(wanted: &str, id: &str, arn: &str) -> bool {
    wanted.eq_ignore_ascii_case(id) || wanted == arn
}

fn describe_db_clusters(context: &mut Context<'_>, input: &Members) -> Outcome {
    let filters = filters(
        input,
        &[
            "db-cluster-id",
            "db-cluster-resource-id",
            "engine",
            "domain",
            "clone-group-id",
        ],
    )?;
    let region = context.here();
    let arn = |cluster: &DbCluster| cluster.arn(context.region, context.account());
    let wanted = text(input, "DBClusterIdentifier");
    let found: Vec<_> = region
        .db_clusters
        .iter()
        .filter(|it| wanted.is_none_or(|wanted| named(wanted, &it.id, &arn(it))))
        .collect();
    if let (Some(wanted), true) = (wanted, found.is_empty()) {
        let message = format!("DBCluster {wanted} not found.");
        return Err(Failure::new("DBClusterNotFoundFault", 404, message));
    }
    let described = found
        .into_iter()
        .filter(|it| {
            filters.iter().all(|(name, values)| match name.as_str() {
                "db-cluster-id" => values.iter().any(|value| named(value, &it.id, &arn(it))),
                "db-cluster-resource-id" => values.contains(&it.resource_id),
                "engine" => values.contains(&it.engine),
                _ => false,
            })
        })
        .map(|it| cluster_members(context, it))
        .collect();
    listed(input, "DBClusters", described)
}

fn cluster_members(context: &Context<'_>, cluster: &DbCluster) -> Value {
    let region = context.here();
    let instances = region.members(&cluster.id);
    let zones: Vec<&str> = region
        .subnet_group(&cluster.subnet_group)
        .into_iter()
        .flat_map(|group| &group.subnet_ids)
        .filter_map(|id| region.zone(&region.subnet(id)?.zone_id))
        .map(|zone| zone.name.as_str())
        .collect();
    let member_list: Vec<Value> = instances
        .iter()
        .map(|it| {
            json!({
                "DBInstanceIdentifier": it.id,
                "IsClusterWriter": it.writer,
                "DBClusterParameterGroupStatus": "in-sync",
                "PromotionTier": 1,
            })
        })
        .collect();
    let host = |kind: &str| {
        format!(
            "{}.{}",
            cluster.id,
            cluster.host_suffix.replacen("cluster-", kind, 1)
        )
    };
    json!({
        "DBClusterIdentifier": cluster.id,
        "DBClusterArn": cluster.arn(context.region, context.account()),
        "DbClusterResourceId": cluster.resource_id,
        "AllocatedStorage": 1,
        "AvailabilityZones": zones,
        "BackupRetentionPeriod": 7,
        "ClusterCreateTime": cluster.created_at.to_string(),
        "DBClusterInstanceClass": cluster.instance_class,
        "DBClusterMembers": member_list,
        "DBClusterParameterGroup": cluster.parameter_group(),
        "DBSubnetGroup": cluster.subnet_group,
        "DatabaseName": cluster.database,
        "DeletionProtection": true,
        "Endpoint": host("cluster-"),
        "ReaderEndpoint": host("cluster-ro-"),
        "Engine": cluster.engine,
        "EngineMode": "provisioned",
        "EngineVersion": cluster.engine_version,
        "IAMDatabaseAuthenticationEnabled": false,
        "MasterUsername": "postgres",
        "MultiAZ": instances.len() > 1,
        "NetworkType": "IPV4",
        "Port": cluster.port,
        "PubliclyAccessible": cluster.publicly_accessible,
        "Status": cluster.status,
        "StorageEncrypted": true,
        "TagList": [],
        "VpcSecurityGroups": groups(&cluster.security_group_ids),
    })
}

fn describe_db_instances(context: &mut Context<'_>, input: &Members) -> Outcome {
    let filters = filters(
        input,
        &[
            "db-instance-id",
            "db-cluster-id",
            "dbi-resource-id",
            "engine",
            "domain",
        ],
    )?;
    let region = context.here();
    let (region_name, account) = (context.region, context.account());
    let arn = |instance: &DbInstance| instance.arn(region_name, account);
    let wanted = text(input, "DBInstanceIdentifier");
    let found: Vec<_> = region
        .db_instances
        .iter()
        .filter(|it| wanted.is_none_or(|wanted| named(wanted, &it.id, &arn(it))))
        .collect();
    if let (Some(wanted), true) = (wanted, found.is_empty()) {
        let message = format!("DBInstance {wanted} not found.");
        return Err(Failure::new("DBInstanceNotFoundFault", 404, message));
    }
    let described = found
        .into_iter()
        .filter(|it| {
            filters.iter().all(|(name, values)| match name.as_str() {
                "db-instance-id" => values.iter().any(|value| named(value, &it.id, &arn(it))),
                "db-cluster-id" => it.cluster_id.as_deref().is_some_and(|cluster| {
                    let cluster_arn =
                        format!("arn:aws:rds:{region_name}:{account}:cluster:{cluster}");
                    values
                        .iter()
                        .any(|value| named(value, cluster, &cluster_arn))
                }),
                "dbi-resource-id" => values.contains(&it.resource_id),
                "engine" => values.contains(&it.engine),
                _ => false,
            })
        })
        .map(|it| instance_members(context, it))
        .collect();
    listed(input, "DBInstances", described)
}

fn instance_members(context: &Context<'_>, instance: &DbInstance) -> Value {
    let region = context.here();
    let zone = region
        .zone(&instance.zone_id)
        .map(|zone| zone.name.as_str());
    // A stopped instance has no endpoint.
    let endpoint = (instance.status != "stopped").then(|| {
        json!({
            "Address": format!("{}.{}", instance.id, instance.host_suffix),
            "Port": instance.port,
            "HostedZoneId": "Z2R2ITUGPM61AM",
        })
    });
    json!({
        "DBInstanceIdentifier": instance.id,
        "DBInstanceArn": instance.arn(context.region, context.account()),
        "DbiResourceId": instance.resource_id,
        "DBClusterIdentifier": instance.cluster_id,
        "DBInstanceClass": instance.instance_class,
        "DBInstanceStatus": instance.status,
        "DBName": instance.database,
        "DBParameterGroups": [{
            "DBParameterGroupName": instance.parameter_group(),
            "ParameterApplyStatus": "in-sync",
        }],
        "DBSubnetGroup": subnet_group(context, &instance.subnet_group),
        "AllocatedStorage": 100,
        "AvailabilityZone": zone,
        "BackupRetentionPeriod": 7,
        "DbInstancePort": 0,
        "DeletionProtection": true,
        "Endpoint": endpoint,
        "Engine": instance.engine,
        "EngineVersion": instance.engine_version,
        "IAMDatabaseAuthenticationEnabled": false,
        "InstanceCreateTime": instance.created_at.to_string(),
        "MasterUsername": if instance.engine == "mysql" { "admin" } else { "postgres" },
        "MultiAZ": false,
        "NetworkType": "IPV4",
        "PubliclyAccessible": instance.publicly_accessible,
        "StorageEncrypted": true,
        "TagList": [],
        "VpcSecurityGroups": groups(&instance.security_group_ids),
    })
}

fn subnet_group(context: &Context<'_>, name: &str) -> Option<Value> {
    let region = context.here();
    let group = region.subnet_group(name)?;
    let subnets: Vec<Value> = group
        .subnet_ids
        .iter()
        .filter_map(|id| {
            let zone = region.zone(&region.subnet(id)?.zone_id)?;
            Some(json!({
                "SubnetIdentifier": id,
                "SubnetAvailabilityZone": { "Name": zone.name },
                "SubnetOutpost": {},
                "SubnetStatus": "Active",
            }))
        })
        .collect();
    Some(json!({
        "DBSubnetGroupName": group.name,
        "DBSubnetGroupDescription": group.name,
        "VpcId": group.vpc_id,
        "SubnetGroupStatus": "Complete",
        "Subnets": subnets,
    }))
}

fn groups(ids: &[String]) -> Vec<Value> {
    ids.iter()
        .map(|id| json!({ "VpcSecurityGroupId": id, "Status": "active" }))
        .collect()
}
