//! What the AWS account of the scenario `crowded` has beyond the default one: many MSK clusters, and many Network
//! Load Balancers with many target groups and endpoint services, all in a VPC of their own, so that the subnets of
//! the default scenario keep what they have free.
//!
//! All of it works: load balancers have their interfaces and send to a machine that answers, brokers have addresses,
//! and an endpoint service is the one that endpoints of the crowded organization name.

use serde_json::{Value, json};

use super::{SUBJECTS, id, status, vpc_endpoint, vpc_endpoint_service};
use crate::world::organization::CLICKPIPES_ACCOUNT;

/// How many there are of each, those of the default scenario included. AWS lets an account have 50 Network Load
/// Balancers in a region unless it asks for more.
pub(super) const CLUSTERS: usize = 40;
pub(super) const LOAD_BALANCERS: usize = 40;
pub(super) const TARGET_GROUPS: usize = 200;
pub(super) const ENDPOINT_SERVICES: usize = 20;

/// New load balancers have between one listener and this many.
pub(super) const MOST_LISTENERS: usize = 11;
/// The port of a load balancer's first listener; each further one has the next.
const FIRST_PORT: usize = 5432;
/// The first of the organization's endpoints that are connected to one of the services.
const FIRST_ENDPOINT: usize = 991;

pub(super) const REGION: &str = "us-east-1";
pub(super) const VPC: &str = "vpc-0c120ded000000001";
const GROUP: &str = "sg-0c120ded000000001";
const DEFAULT_GROUP: &str = "sg-0c120ded000000002";
const CREATED: &str = "2025-10-06T09:10:00Z";

/// ID, zone, and third part of the address of each subnet; the addresses from `.16` on are given out.
const SUBNETS: [(&str, &str, &str, usize); 3] = [
    ("subnet-0c120ded000000001", "us-east-1a", "use1-az4", 0),
    ("subnet-0c120ded000000002", "us-east-1b", "use1-az6", 4),
    ("subnet-0c120ded000000003", "us-east-1c", "use1-az1", 8),
];

/// Fills the lists of a region up.
pub(super) fn fill(region: &mut Value, account: &str) {
    let missing = |list: &str, wanted: usize| wanted.saturating_sub(count(region, list));
    let clusters = missing("msk_clusters", CLUSTERS);
    let balancers = LOAD_BALANCERS.saturating_sub(network_load_balancers(region));
    let groups = missing("target_groups", TARGET_GROUPS);
    let services = missing("endpoint_services", ENDPOINT_SERVICES);

    add_network(region);
    let mut interfaces = Interfaces::default();
    let clusters = (0..clusters).map(|number| cluster(number, &mut interfaces));
    add(region, "msk_clusters", clusters.collect());
    let mut groups_left = groups;
    for number in 0..balancers {
        let routes = (1 + number % MOST_LISTENERS).min(groups_left);
        groups_left -= routes;
        let balancer = Balancer::new(number, account);
        balancer.add(region, routes, &mut interfaces);
        if number < services {
            let service = endpoint_service(FIRST_ENDPOINT + number, &balancer.arn);
            add(region, "endpoint_services", vec![service]);
        }
    }
    // What nobody has cleaned up: target groups that no load balancer sends to.
    for number in 0..groups_left {
        let arn = group_arn(account, &format!("left-over-{number:02}"), number, 0);
        let group = target_group(&arn, &format!("left-over-{number:02}"), FIRST_PORT, None);
        add(region, "target_groups", vec![group]);
    }
    add(region, "network_interfaces", interfaces.made);
}

fn add(region: &mut Value, list: &str, more: Vec<Value>) {
    if let Some(all) = region[list].as_array_mut() {
        all.extend(more);
    }
}

fn count(region: &Value, list: &str) -> usize {
    region[list].as_array().map_or(0, Vec::len)
}

fn network_load_balancers(region: &Value) -> usize {
    let all = region["load_balancers"].as_array();
    let network = |it: &&Value| it["kind"] == "network";
    all.map_or(0, |all| all.iter().filter(network).count())
}

fn add_network(region: &mut Value) {
    let vpc = json!({"id": VPC, "name": "warehouse", "cidr": "10.40.0.0/16"});
    add(region, "vpcs", vec![vpc]);
    let subnets = SUBNETS.iter().map(|(id, zone, zone_id, third)| {
        json!({
            "id": id, "vpc_id": VPC, "name": format!("warehouse-{zone}"), "zone_id": zone_id,
            "cidr": format!("10.40.{third}.0/22"),
        })
    });
    add(region, "subnets", subnets.collect());
    let entry = |number: usize, egress: bool, allow: bool| {
        json!({
            "number": number, "egress": egress, "protocol": "-1", "allow": allow, "cidr": "0.0.0.0/0",
        })
    };
    let access_list = json!({
        "id": "acl-0c120ded000000001", "vpc_id": VPC, "is_default": true,
        "subnet_ids": SUBNETS.map(|(id, ..)| id),
        "entries": [
            entry(100, true, true), entry(100, false, true),
            entry(32767, true, false), entry(32767, false, false),
        ],
    });
    add(region, "network_acls", vec![access_list]);
    let group = |id: &str, name: &str, description: &str, inbound: Value, outbound: &str| {
        json!({
            "id": id, "vpc_id": VPC, "name": name, "description": description,
            "rules": [inbound, {
                "id": outbound, "egress": true, "protocol": "-1", "peer": "0.0.0.0/0",
            }],
        })
    };
    let own = json!({"id": "sgr-0c120ded000000001", "protocol": "-1", "peer": DEFAULT_GROUP});
    let tcp = json!({
        "id": "sgr-0c120ded000000003", "protocol": "tcp", "peer": "10.40.0.0/16", "ports": [1024, 65535],
    });
    let groups = vec![
        group(
            DEFAULT_GROUP,
            "default",
            "default VPC security group",
            own,
            "sgr-0c120ded000000002",
        ),
        group(
            GROUP,
            "warehouse",
            "Brokers and databases of the warehouse",
            tcp,
            "sgr-0c120ded000000004",
        ),
    ];
    add(region, "security_groups", groups);
}

/// The interfaces made so far, each with an address of its own.
#[derive(Default)]
struct Interfaces {
    made: Vec<Value>,
}

impl Interfaces {
    /// A new one in a subnet, by its place in [`SUBNETS`]: its ID, and its address.
    fn make(&mut self, subnet: usize, extra: Value) -> (String, String) {
        let (subnet_id, _, _, third) = SUBNETS[subnet % SUBNETS.len()];
        let number = self.made.len();
        let id = format!("eni-0c120{number:012x}");
        let place = 16 + number;
        let address = format!("10.40.{}.{}", third + place / 256, place % 256);
        let mut interface = json!({
            "id": id, "subnet_id": subnet_id, "addresses": [address],
        });
        if let (Some(interface), Value::Object(extra)) = (interface.as_object_mut(), extra) {
            interface.extend(extra);
        }
        self.made.push(interface);
        (id, address)
    }
}

/// Most are plain ones of two sizes; some are Express, some too small for multi-VPC connectivity, some serverless.
fn cluster(number: usize, interfaces: &mut Interfaces) -> Value {
    let name = format!("{}-events-{number:02}", SUBJECTS[number % SUBJECTS.len()]);
    let (instance_type, brokers) = match number % 8 {
        0 => (None, 3),
        1 => (Some("express.m7g.large"), 3),
        2 => (Some("kafka.t3.small"), 2),
        3 | 4 => (Some("kafka.m7g.large"), 3),
        _ => (Some("kafka.m5.large"), 3),
    };
    let broker_interfaces = (0..brokers).map(|place| {
        let extra = json!({
            "group_ids": [GROUP], "requester": "kafka",
            "description": format!("Amazon MSK network interface of cluster {name}"),
        });
        interfaces.make(place, extra).0
    });
    let broker_interfaces: Vec<_> = broker_interfaces.collect();
    let subnets = &SUBNETS[..brokers];
    let mut cluster = json!({
        "name": name,
        "current_version": format!("K{:013X}", 0xC120 + number),
        "state": "ACTIVE",
        "subnet_ids": subnets.iter().map(|(id, ..)| id).collect::<Vec<_>>(),
        "security_group_ids": [GROUP],
        "authentication": ["IAM"],
        "broker_interfaces": broker_interfaces,
        "created_at": CREATED,
    });
    let uuid = id(0xC000, number);
    if let Some(instance_type) = instance_type {
        cluster["uuid"] = json!(format!("{uuid}-{}", 1 + number % 12));
        cluster["kafka_version"] = json!("3.6.0");
        cluster["instance_type"] = json!(instance_type);
        cluster["brokers"] = json!(brokers);
        let zones = subnets.iter().map(|(_, _, zone_id, _)| zone_id);
        cluster["zone_ids"] = json!(zones.collect::<Vec<_>>());
        cluster["configuration"] = json!({"name": "events-acls", "revision": 2});
    } else {
        cluster["uuid"] = json!(format!("{uuid}-s{}", 1 + number % 12));
        cluster["kind"] = json!("SERVERLESS");
    }
    cluster
}

/// A load balancer in front of one machine that has many databases.
struct Balancer {
    number: usize,
    name: String,
    account: String,
    arn: String,
}

impl Balancer {
    fn new(number: usize, account: &str) -> Self {
        let name = format!("{}-{number:02}", SUBJECTS[number % SUBJECTS.len()]);
        let arn = format!(
            "arn:aws:elasticloadbalancing:{REGION}:{account}:loadbalancer/{}",
            path(&name, number)
        );
        Self {
            number,
            name,
            account: account.to_owned(),
            arn,
        }
    }

    /// With a target group for each of its listeners, and the machine behind it.
    fn add(&self, region: &mut Value, routes: usize, interfaces: &mut Interfaces) {
        let (name, number) = (&self.name, self.number);
        for place in 0..SUBNETS.len() {
            let extra = json!({
                "description": format!("ELB {}", path(name, number)),
                "interface_type": "network_load_balancer",
                "requester": "amazon-elb",
            });
            interfaces.make(place, extra);
        }
        let balancer = json!({
            "arn": self.arn, "name": name, "kind": "network", "scheme": "internal", "vpc_id": VPC,
            "subnet_ids": SUBNETS.map(|(id, ..)| id), "state": "active", "created_at": CREATED,
            "attributes": {"load_balancing.cross_zone.enabled": "true"},
        });
        add(region, "load_balancers", vec![balancer]);

        let extra = json!({"group_ids": [GROUP], "description": format!("{name}-databases")});
        let (_, address) = interfaces.make(number, extra);
        let ports: Vec<_> = (FIRST_PORT..).take(routes).collect();
        let host = json!({"name": format!("{name}-databases"), "address": address, "ports": ports});
        add(region, "hosts", vec![host]);
        let zone = SUBNETS[number % SUBNETS.len()].1;
        for port in ports {
            let group_name = format!("{name}-{port}");
            let group_arn = group_arn(&self.account, &group_name, number, port);
            let target = json!({
                "address": address, "port": port, "zone": zone, "registered_at": CREATED,
            });
            let group = target_group(&group_arn, &group_name, port, Some(target));
            add(region, "target_groups", vec![group]);
            let listener = json!({
                "arn": format!("{}/0c120ded{port:08x}", self.arn.replace(":loadbalancer/", ":listener/")),
                "load_balancer_arn": self.arn, "protocol": "TCP", "port": port,
                "target_group_arn": group_arn,
            });
            add(region, "listeners", vec![listener]);
        }
    }
}

/// The end of the ARN of a load balancer.
fn path(name: &str, number: usize) -> String {
    format!("net/{name}/0c120ded{number:08x}")
}

fn group_arn(account: &str, name: &str, number: usize, port: usize) -> String {
    format!(
        "arn:aws:elasticloadbalancing:{REGION}:{account}:targetgroup/{name}/0c12{number:04x}{port:08x}"
    )
}

/// Without a target it is on no listener.
fn target_group(arn: &str, name: &str, port: usize, target: Option<Value>) -> Value {
    let mut group = json!({
        "arn": arn, "name": name, "protocol": "TCP", "port": port, "target_type": "ip", "vpc_id": VPC,
    });
    if let Some(target) = target {
        group["in_use_since"] = json!(CREATED);
        group["targets"] = json!([target]);
    }
    group
}

/// The service that one of the organization's endpoints names, with its connection; at some, a partner waits too.
fn endpoint_service(endpoint: usize, balancer_arn: &str) -> Value {
    let (status, entered) = status(endpoint);
    let state = match status {
        "Ready" => "available",
        "PendingAcceptance" => "pendingAcceptance",
        _ => "failed",
    };
    let connection = |kind: usize, vpc_endpoint: String, owner: &str, state: &str| {
        json!({
            "id": format!("vpce-con-0c12{kind:x}{endpoint:012x}"), "endpoint_id": vpc_endpoint,
            "owner": owner, "region": REGION, "state": state, "created_at": entered,
        })
    };
    let mut accounts = vec![CLICKPIPES_ACCOUNT];
    let mut connections = vec![connection(
        0,
        vpc_endpoint(endpoint),
        CLICKPIPES_ACCOUNT,
        state,
    )];
    if endpoint.is_multiple_of(4) {
        let partner = "555566667777";
        accounts.push(partner);
        let theirs = format!("vpce-0c121{endpoint:012x}");
        connections.push(connection(1, theirs, partner, "pendingAcceptance"));
    }
    let principals = accounts.iter().map(|account| {
        json!({
            "arn": format!("arn:aws:iam::{account}:root"),
            "permission_id": format!("vpce-svc-perm-{endpoint:05x}{account}"),
        })
    });
    json!({
        "id": vpc_endpoint_service(endpoint),
        "state": "Available",
        "acceptance_required": true,
        "load_balancer_arns": [balancer_arn],
        "principals": principals.collect::<Vec<_>>(),
        "connections": connections,
    })
}
