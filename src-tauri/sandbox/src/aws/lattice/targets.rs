//! What a resource configuration may point at: the rules of AWS's page on resource definitions.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde_json::Value;

use super::invalid;
use crate::aws::Context;
use crate::wire::failure::Failure;
use crate::world::lattice::{ConfigurationKind, IN_VPC, ResourceGateway};

/// Checks a definition, which has one member, against the kind of configuration and its gateway.
pub(super) fn check(
    context: &Context<'_>,
    kind: ConfigurationKind,
    definition: &Value,
    gateway: &ResourceGateway,
) -> Result<(), Failure> {
    let arn = definition["arnResource"]["arn"].as_str();
    match (kind, arn) {
        (ConfigurationKind::Arn, Some(arn)) => database(context, arn, gateway),
        (ConfigurationKind::Arn, None) => Err(invalid(
            "A resource configuration of type ARN needs arnResource.",
        )),
        (_, Some(_)) => Err(invalid("arnResource is only allowed for type ARN.")),
        (_, None) => {
            if definition.get("cidrResource").is_some() {
                return Err(Failure::not_simulated("CIDR resources"));
            }
            if let Some(address) = definition["ipResource"]["ipAddress"].as_str() {
                return ip_address(context, address, gateway);
            }
            domain(&definition["dnsResource"], gateway)
        }
    }
}

fn database(context: &Context<'_>, arn: &str, gateway: &ResourceGateway) -> Result<(), Failure> {
    if gateway.dns_resolution == IN_VPC {
        return Err(invalid(
            "An ARN resource cannot use a gateway that resolves names in its VPC.",
        ));
    }
    let only_rds = || invalid(format!("{arn} is not the ARN of an Amazon RDS database."));
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let [_, _, "rds", region_name, account, resource] = parts[..] else {
        return Err(only_rds());
    };
    if region_name != context.region || account != context.account() {
        return Err(invalid(format!("{arn} is not in this region and account.")));
    }
    let region = context.here();
    let missing = || invalid(format!("The database {arn} does not exist."));
    let (group, public, status) = match resource.split_once(':') {
        Some(("cluster", id)) => {
            let cluster = region
                .db_clusters
                .iter()
                .find(|it| it.id == id)
                .ok_or_else(missing)?;
            // A cluster is public when it says so (Multi-AZ) or any of its instances is (Aurora).
            let public = cluster.publicly_accessible == Some(true)
                || region.members(id).iter().any(|it| it.publicly_accessible);
            (&cluster.subnet_group, public, &cluster.status)
        }
        Some(("db", id)) => {
            let instance = region
                .db_instances
                .iter()
                .find(|it| it.id == id)
                .ok_or_else(missing)?;
            (
                &instance.subnet_group,
                instance.publicly_accessible,
                &instance.status,
            )
        }
        _ => return Err(only_rds()),
    };
    if public {
        return Err(invalid(format!(
            "The database {arn} is publicly accessible."
        )));
    }
    if status != "available" {
        return Err(invalid(format!(
            "The database {arn} is {status}, not available."
        )));
    }
    if region
        .subnet_group(group)
        .is_none_or(|it| it.vpc_id != gateway.vpc_id)
    {
        return Err(invalid(format!(
            "The database {arn} is not in {}.",
            gateway.vpc_id
        )));
    }
    Ok(())
}

fn ip_address(context: &Context<'_>, text: &str, gateway: &ResourceGateway) -> Result<(), Failure> {
    let address: Ipv4Addr = text
        .parse()
        .map_err(|_| invalid(format!("{text} is not an IPv4 address.")))?;
    let shared = Ipv4Net::new_assert(Ipv4Addr::new(100, 64, 0, 0), 10);
    if !address.is_private() && !shared.contains(&address) {
        return Err(invalid(format!("{address} is not a private address.")));
    }
    let vpc = context.here().vpc(&gateway.vpc_id);
    if vpc.is_none_or(|vpc| !vpc.cidr.contains(&address)) {
        return Err(invalid(format!("{address} is not in {}.", gateway.vpc_id)));
    }
    Ok(())
}

fn domain(dns: &Value, gateway: &ResourceGateway) -> Result<(), Failure> {
    let name = dns["domainName"]
        .as_str()
        .ok_or_else(|| invalid("domainName is required."))?;
    match dns["ipAddressType"].as_str() {
        None => return Err(invalid("ipAddressType is required with a domain name.")),
        Some("DUALSTACK") => return Err(invalid("Dualstack is currently not supported.")),
        Some("IPV6") if gateway.ip_address_type == "IPV4" => {
            return Err(invalid("An IPv6 resource needs a gateway with IPv6."));
        }
        Some(_) => {}
    }
    let label = |it: &str| {
        !it.is_empty()
            && it.len() <= 63
            && !it.starts_with('-')
            && !it.ends_with('-')
            && it
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    if !name.contains('.') || !name.trim_end_matches('.').split('.').all(label) {
        return Err(invalid(format!("{name} is not a domain name.")));
    }
    Ok(())
}

/// Checks port ranges: `5432` or `5432-5440`.
pub(super) fn check_ports(ranges: &[String]) -> Result<(), Failure> {
    for range in ranges {
        let (from, to) = range.split_once('-').unwrap_or((range, range));
        let port = |text: &str| text.parse::<u16>().ok().filter(|port| *port > 0);
        match (port(from), port(to)) {
            (Some(from), Some(to)) if from <= to => {}
            _ => return Err(invalid(format!("{range} is not a range of ports."))),
        }
    }
    Ok(())
}
