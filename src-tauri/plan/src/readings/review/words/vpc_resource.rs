//! The steps of the VPC resource path in words.

use super::Words;
use crate::readings::used;
use crate::readings::words::{counted, listed};
use crate::step::{Definition, DnsResolution, Input, Plan, PortRange};

pub(super) fn gateway(
    name: &str,
    vpc_id: &str,
    subnet_ids: &[String],
    dns_resolution: DnsResolution,
) -> Words {
    Words {
        title: "Create the resource gateway".to_owned(),
        result: format!(
            "Resource gateway {name} in {vpc_id}, with network interfaces in {}. It looks domain names up {}, which \
             is fixed.",
            counted(subnet_ids.len(), "subnet"),
            match dns_resolution {
                DnsResolution::Public => "in public DNS",
                DnsResolution::InVpc => "with the VPC's own resolver",
            }
        ),
        waits_for: "The gateway is ACTIVE.".to_owned(),
        usual_seconds: (30, 180),
        undo: Some(
            "The gateway is deleted (vpc-lattice:DeleteResourceGateway) and its addresses become free again."
                .to_owned(),
        ),
    }
}

pub(super) fn configuration(
    plan: &Plan,
    name: &str,
    gateway: &Input,
    definition: &Definition,
) -> Words {
    Words {
        title: "Create the resource configuration".to_owned(),
        result: format!(
            "Resource configuration {name}, which leads through {} to {}.",
            through(plan, gateway),
            target(plan, definition)
        ),
        ..new_configuration("The configuration")
    }
}

pub(super) fn group(plan: &Plan, name: &str, gateway: &Input, ports: &[PortRange]) -> Words {
    Words {
        title: "Create the resource configuration group".to_owned(),
        result: format!(
            "Resource configuration group {name} through {}, for {}. It is what ClickPipes get: the hosts in it are \
             reached over one endpoint.",
            through(plan, gateway).trim_end_matches(','),
            tcp(ports)
        ),
        ..new_configuration("The group")
    }
}

pub(super) fn child(plan: &Plan, name: &str, definition: &Definition) -> Words {
    Words {
        title: format!("Add {} to the group", host(plan, definition)),
        result: format!(
            "Resource configuration {name} in the group, which leads through the group's gateway to {}.",
            target(plan, definition)
        ),
        ..new_configuration("The configuration")
    }
}

/// What all kinds of configuration have in common.
fn new_configuration(it: &str) -> Words {
    Words {
        title: String::new(),
        result: String::new(),
        waits_for: format!("{it} is ACTIVE."),
        usual_seconds: (10, 90),
        undo: Some(format!(
            "{it} is deleted (vpc-lattice:DeleteResourceConfiguration). If one endpoint of ClickPipes is \
             still attached to it, it is detached first (vpc-lattice:DeleteResourceEndpointAssociation). With any \
             other endpoint, or more than one, nothing is detached and the undo stops."
        )),
    }
}

pub(super) fn share(name: &str, principal: &str) -> Words {
    Words {
        title: "Share the configuration with ClickPipes".to_owned(),
        result: format!(
            "Resource share {name}, through which ClickPipes' account {principal} may use the configuration. One \
             share serves one endpoint."
        ),
        waits_for: "The share is ACTIVE and the configuration in it ASSOCIATED. The account stays ASSOCIATING until \
                    ClickHouse accepts."
            .to_owned(),
        usual_seconds: (5, 60),
        undo: Some(
            "The share is deleted (ram:DeleteResourceShare): ClickPipes lose access to the configuration."
                .to_owned(),
        ),
    }
}

pub(super) fn gateway_groups(
    plan: &Plan,
    gateway_id: &str,
    security_group_ids: &[String],
    previous: &[String],
) -> Words {
    Words {
        title: "Change the gateway's security groups".to_owned(),
        result: format!(
            "The {} has {}: {}, instead of {}.",
            used::gateway(plan, gateway_id),
            counted(security_group_ids.len(), "security group"),
            security_group_ids.join(", "),
            listed(previous)
        ),
        waits_for: "The gateway is ACTIVE with exactly these security groups.".to_owned(),
        usual_seconds: (10, 120),
        undo: Some(format!(
            "The gateway gets its previous security groups back (vpc-lattice:UpdateResourceGateway): {}. Groups that \
             somebody else has set in the meantime are left as they are.",
            listed(previous)
        )),
    }
}

pub(super) fn acceptance(principal: &str) -> Words {
    Words {
        title: "Create the endpoint in ClickHouse yourself".to_owned(),
        result:
            "A reverse private endpoint in ClickHouse, made by you with the two values that Pipelink shows."
                .to_owned(),
        waits_for: if principal == crate::CLICKPIPES_ACCOUNT {
            "ClickHouse accepts the share: ClickPipes' account becomes ASSOCIATED. A share waits only a limited time \
             to be accepted."
        } else {
            "The account becomes ASSOCIATED."
        }
        .to_owned(),
        usual_seconds: (60, 3600),
        undo: None,
    }
}

/// The gateway that a configuration leads through.
fn through(plan: &Plan, gateway: &Input) -> String {
    match gateway.value() {
        Some(id) => format!("{}, which is there already,", used::gateway(plan, id)),
        None => "the gateway".to_owned(),
    }
}

/// What a configuration leads to.
fn target(plan: &Plan, definition: &Definition) -> String {
    match definition {
        Definition::Database { .. } => plan.source.name.clone(),
        Definition::DomainName { ports, .. } | Definition::IpAddress { ports, .. } => {
            format!("{} on {}", host(plan, definition), tcp(ports))
        }
    }
}

fn host(plan: &Plan, definition: &Definition) -> String {
    match definition {
        Definition::Database { .. } => plan.source.name.clone(),
        Definition::DomainName { name, .. } => name.clone(),
        Definition::IpAddress { address, .. } => address.to_string(),
    }
}

fn tcp(ports: &[PortRange]) -> String {
    let ports: Vec<String> = ports.iter().map(PortRange::to_string).collect();
    format!("TCP {}", ports.join(", "))
}
