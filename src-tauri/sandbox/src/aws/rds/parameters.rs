//! Parameters of databases, by their groups: what a group sets, and what else the engine has. A real family has
//! hundreds; here are those that matter for connecting to a database, and for reading its changes.

use serde_json::{Value, json};

use super::{Context, Outcome, filters, listed, text};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::database::DbParameterGroup;

/// A parameter as its engine has it.
struct Known {
    name: &'static str,
    /// What holds where no group sets it, and RDS tells; None where it tells no value.
    value: Option<&'static str>,
    kind: &'static str,
    allowed: &'static str,
    /// Whether a change takes a restart.
    fixed: bool,
}

const MYSQL: [Known; 4] = [
    Known {
        name: "binlog_format",
        value: None,
        kind: "string",
        allowed: "ROW,STATEMENT,MIXED",
        fixed: false,
    },
    Known {
        name: "max_connect_errors",
        value: None,
        kind: "integer",
        allowed: "1-9223372036854775807",
        fixed: false,
    },
    Known {
        name: "max_connections",
        value: Some("{DBInstanceClassMemory/12582880}"),
        kind: "integer",
        allowed: "1-100000",
        fixed: false,
    },
    Known {
        name: "skip_name_resolve",
        value: None,
        kind: "boolean",
        allowed: "0,1",
        fixed: true,
    },
];

const POSTGRES: [Known; 3] = [
    Known {
        name: "max_connections",
        value: Some("LEAST({DBInstanceClassMemory/9531392},5000)"),
        kind: "integer",
        allowed: "6-8388607",
        fixed: true,
    },
    Known {
        name: "rds.logical_replication",
        value: Some("0"),
        kind: "boolean",
        allowed: "0,1",
        fixed: true,
    },
    Known {
        name: "wal_sender_timeout",
        value: None,
        kind: "integer",
        allowed: "0-3600000",
        fixed: false,
    },
];

pub(super) fn of_instances(context: &mut Context<'_>, input: &Members) -> Outcome {
    of_group(context, input, "DBParameterGroupName", false)
}

pub(super) fn of_clusters(context: &mut Context<'_>, input: &Members) -> Outcome {
    of_group(context, input, "DBClusterParameterGroupName", true)
}

fn of_group(context: &Context<'_>, input: &Members, member: &str, of_clusters: bool) -> Outcome {
    let name = text(input, member).unwrap_or_default();
    let mut made = context.here().db_parameter_groups.iter();
    let made = made.find(|it| it.of_clusters == of_clusters && it.name.eq_ignore_ascii_case(name));
    let family = made.map_or_else(
        || name.strip_prefix("default."),
        |group| Some(&group.family),
    );
    let known = family.and_then(of_family).ok_or_else(|| {
        let message = format!("DBParameterGroup not found: {name}");
        Failure::new("DBParameterGroupNotFoundFault", 404, message)
    })?;
    let filters = filters(input, &["parameter-name"])?;
    let source = text(input, "Source");
    let described: Vec<Value> = known
        .iter()
        .filter(|it| {
            filters
                .iter()
                .all(|(_, names)| names.iter().any(|name| name == it.name))
        })
        .map(|it| parameter(it, made))
        .filter(|it| source.is_none_or(|source| it["Source"] == source))
        .collect();
    listed(input, "Parameters", described)
}

/// What the engine of a family has.
fn of_family(family: &str) -> Option<&'static [Known]> {
    let engine = family.trim_end_matches(|it: char| it.is_ascii_digit() || it == '.');
    match engine {
        "mysql" | "aurora-mysql" => Some(&MYSQL),
        "postgres" | "aurora-postgresql" => Some(&POSTGRES),
        _ => None,
    }
}

fn parameter(known: &Known, group: Option<&DbParameterGroup>) -> Value {
    let set = group.and_then(|group| group.parameters.get(known.name));
    let source = match (set, known.value) {
        (Some(_), _) => "user",
        (None, Some(_)) => "system",
        (None, None) => "engine-default",
    };
    json!({
        "ParameterName": known.name,
        "ParameterValue": set.map(String::as_str).or(known.value),
        "Description": format!("{} of the engine", known.name),
        "Source": source,
        "ApplyType": if known.fixed { "static" } else { "dynamic" },
        "DataType": known.kind,
        "AllowedValues": known.allowed,
        "IsModifiable": true,
        "ApplyMethod": if known.fixed { "pending-reboot" } else { "immediate" },
    })
}
