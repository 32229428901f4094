//! The VPC: subnets in three zones, security groups, interfaces, a network ACL that lets everything through.

use pipelink_plan::facts::VpcFacts;
use pipelink_plan::facts::network::{
    CidrReservation, NetworkAcl, NetworkAclEntry, NetworkInterface, RulePeer, SecurityGroup,
    SecurityGroupRule, Subnet,
};

use super::{
    ACCOUNT, GROUP_DATABASE, GROUP_DEFAULT, GROUP_GATEWAY, GROUP_WEB, SUBNET_A, SUBNET_B, SUBNET_C,
    SUBNET_FULL, SUBNET_SHARED, SUBNET_SMALL, VPC, known,
};

pub(crate) fn vpc() -> VpcFacts {
    let busy = |id: &str, subnet: &str, addresses: &[&str]| NetworkInterface {
        id: id.to_owned(),
        subnet_id: subnet.to_owned(),
        addresses: addresses.iter().map(|it| it.parse().unwrap()).collect(),
        prefixes: Vec::new(),
        security_group_ids: vec![GROUP_DATABASE.to_owned()],
    };
    let full: Vec<String> = (0..16)
        .map(|block| format!("10.20.5.{}", block * 16 + 7))
        .collect();
    let full: Vec<&str> = full.iter().map(String::as_str).collect();
    VpcFacts {
        vpc_id: VPC.to_owned(),
        subnets: known(vec![
            subnet(SUBNET_A, "private-a", "10.20.1.0/24", "a", 1, 249),
            subnet(SUBNET_B, "private-b", "10.20.2.0/24", "b", 2, 250),
            subnet(SUBNET_C, "private-c", "10.20.3.0/26", "c", 4, 59),
            subnet(SUBNET_SMALL, "small-a", "10.20.4.0/27", "a", 1, 27),
            subnet(SUBNET_FULL, "crowded-b", "10.20.5.0/24", "b", 2, 235),
            Subnet {
                owner_id: "444455556666".to_owned(),
                ..subnet(SUBNET_SHARED, "shared-c", "10.20.6.0/24", "c", 4, 251)
            },
        ]),
        security_groups: known(vec![
            group(
                GROUP_GATEWAY,
                "clickpipes-gateway",
                vec![rule(
                    "sgr-01",
                    true,
                    "tcp",
                    5432,
                    RulePeer::Group(GROUP_DATABASE.to_owned()),
                )],
            ),
            group(
                GROUP_DATABASE,
                "orders-postgres",
                vec![
                    rule(
                        "sgr-02",
                        false,
                        "tcp",
                        5432,
                        RulePeer::Group(GROUP_GATEWAY.to_owned()),
                    ),
                    rule("sgr-03", false, "tcp", 22, ipv4("10.20.0.0/16")),
                    rule("sgr-04", true, "-1", -1, ipv4("0.0.0.0/0")),
                ],
            ),
            group(
                GROUP_WEB,
                "web",
                vec![
                    rule("sgr-05", false, "tcp", 443, ipv4("0.0.0.0/0")),
                    rule("sgr-06", true, "tcp", 443, ipv4("0.0.0.0/0")),
                ],
            ),
            group(
                GROUP_DEFAULT,
                "default",
                vec![
                    rule(
                        "sgr-07",
                        false,
                        "-1",
                        -1,
                        RulePeer::Group(GROUP_DEFAULT.to_owned()),
                    ),
                    rule("sgr-08", true, "-1", -1, ipv4("0.0.0.0/0")),
                ],
            ),
        ]),
        network_interfaces: known(vec![
            busy("eni-01", SUBNET_A, &["10.20.1.40", "10.20.1.41"]),
            busy("eni-02", SUBNET_B, &["10.20.2.77"]),
            busy("eni-03", SUBNET_FULL, &full),
        ]),
        reservations: known(Vec::<CidrReservation>::new()),
        network_acls: known(vec![acl(
            "acl-0a00000000000000d",
            &[
                SUBNET_A,
                SUBNET_B,
                SUBNET_C,
                SUBNET_SMALL,
                SUBNET_FULL,
                SUBNET_SHARED,
            ],
            vec![
                entry(100, true, true, "0.0.0.0/0", None),
                entry(100, false, true, "0.0.0.0/0", None),
            ],
        )]),
    }
}

pub(crate) fn subnet(
    id: &str,
    name: &str,
    cidr: &str,
    zone: &str,
    zone_id: u8,
    free: u32,
) -> Subnet {
    Subnet {
        id: id.to_owned(),
        name: Some(name.to_owned()),
        vpc_id: VPC.to_owned(),
        cidr: Some(cidr.parse().unwrap()),
        availability_zone: format!("us-east-1{zone}"),
        availability_zone_id: format!("use1-az{zone_id}"),
        available_addresses: free,
        owner_id: ACCOUNT.to_owned(),
        state: "available".to_owned(),
    }
}

pub(crate) fn group(id: &str, name: &str, rules: Vec<SecurityGroupRule>) -> SecurityGroup {
    SecurityGroup {
        id: id.to_owned(),
        name: name.to_owned(),
        description: format!("{name} of production"),
        vpc_id: VPC.to_owned(),
        rules,
    }
}

pub(crate) fn rule(
    id: &str,
    egress: bool,
    protocol: &str,
    port: i32,
    peer: RulePeer,
) -> SecurityGroupRule {
    SecurityGroupRule {
        id: id.to_owned(),
        egress,
        protocol: protocol.to_owned(),
        from_port: Some(port),
        to_port: Some(port),
        peer,
    }
}

pub(crate) fn ipv4(net: &str) -> RulePeer {
    RulePeer::Ipv4(net.parse().unwrap())
}

/// A network ACL of these subnets; the last entry of AWS's, which denies the rest, included.
pub(crate) fn acl(id: &str, subnet_ids: &[&str], entries: Vec<NetworkAclEntry>) -> NetworkAcl {
    let mut entries = entries;
    entries.push(entry(32767, true, false, "0.0.0.0/0", None));
    entries.push(entry(32767, false, false, "0.0.0.0/0", None));
    NetworkAcl {
        id: id.to_owned(),
        name: None,
        is_default: false,
        subnet_ids: subnet_ids.iter().map(|it| (*it).to_owned()).collect(),
        entries,
    }
}

/// An entry for TCP at these ports, or for everything.
pub(crate) fn entry(
    rule_number: u32,
    egress: bool,
    allow: bool,
    cidr: &str,
    ports: Option<(u16, u16)>,
) -> NetworkAclEntry {
    NetworkAclEntry {
        rule_number,
        egress,
        allow,
        protocol: if ports.is_some() { "6" } else { "-1" }.to_owned(),
        cidr: Some(cidr.parse().unwrap()),
        first_port: ports.map(|it| it.0),
        last_port: ports.map(|it| it.1),
    }
}
