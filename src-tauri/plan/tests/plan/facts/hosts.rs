//! Sources of several hosts, and a cluster of MSK Serverless.

use pipelink_plan::facts::msk::{
    BootstrapBrokers, MskCluster, MskFacts, Serverless, ServerlessVpc,
};
use pipelink_plan::facts::network::RulePeer;
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::lookup::Lookup;
use pipelink_plan::paths::vpc_resource::choices::SourceChoice;
use pipelink_plan::step::{DnsResolution, Engine};

use super::{
    GROUP_DATABASE, GROUP_GATEWAY, SUBNET_A, SUBNET_B, VPC, World, all, ipv4, known, rule,
};

/// The nodes of a replica set, as they may be typed.
const NODES: &str =
    "node-1.mongo.example.com\nnode-2.mongo.example.com:27018, Node-3.mongo.example.com.";

/// The ARN of the serverless cluster.
pub(crate) const EVENTS: &str =
    "arn:aws:kafka:us-east-1:111122223333:cluster/events/2b7c9d10-4f7e-4d59-9a51-0c6f7c2f9a10-s2";

const BOOTSTRAP: &str = "boot-k3x9.c3.kafka-serverless.us-east-1.amazonaws.com:9098";

/// Several hosts as the source, with a registry or without (empty).
pub(crate) fn hosts(hosts: &str, registry: &str, engine: Engine) -> SourceChoice {
    SourceChoice::Hosts {
        hosts: hosts.to_owned(),
        registry: registry.to_owned(),
        resolution: DnsResolution::InVpc,
        engine,
        vpc_id: VPC.to_owned(),
    }
}

/// What a name resolves to.
pub(crate) fn looked_up(name: &str, addresses: &[&str]) -> Lookup {
    Lookup {
        name: name.to_owned(),
        addresses: known(addresses.iter().map(|it| it.parse().unwrap()).collect()),
    }
}

impl World {
    /// With a replica set of three nodes, reached through a group.
    pub(crate) fn of_nodes(mut self) -> Self {
        self.choices.source = hosts(NODES, "", Engine::MongoDb);
        self.choices.custom_dns_enabled = true;
        let everywhere = ipv4("0.0.0.0/0");
        let out = rule("sgr-31", true, "-1", -1, everywhere);
        self.group(GROUP_GATEWAY).rules.push(out);
        self
    }

    /// With a Kafka cluster of these brokers, and a schema registry or none.
    pub(crate) fn of_brokers(self, brokers: &str, registry: &str) -> Self {
        let mut world = self.of_nodes();
        world.choices.source = hosts(brokers, registry, Engine::Kafka);
        world
    }

    /// With a cluster of MSK Serverless.
    pub(crate) fn of_serverless(mut self) -> Self {
        let cluster = MskCluster {
            arn: EVENTS.to_owned(),
            name: "events".to_owned(),
            kind: "SERVERLESS".to_owned(),
            state: "ACTIVE".to_owned(),
            current_version: None,
            provisioned: None,
            serverless: Some(Serverless {
                vpcs: vec![ServerlessVpc {
                    subnet_ids: vec![SUBNET_A.to_owned(), SUBNET_B.to_owned()],
                    security_group_ids: vec![GROUP_DATABASE.to_owned()],
                }],
                bootstrap: known(BOOTSTRAP.to_owned()),
            }),
        };
        all(&mut self.region.msk_clusters).push(cluster.clone());
        self.msk = Some(MskFacts {
            cluster: known(cluster),
            policy: known(None),
            bootstrap: known(BootstrapBrokers::default()),
            connections: known(Vec::new()),
            operations: known(Vec::new()),
            configuration: known(None),
            nodes: known(Vec::new()),
            vpc_id: Some(VPC.to_owned()),
        });
        self.choices.source = SourceChoice::MskServerless {
            cluster_arn: EVENTS.to_owned(),
        };
        self.choices.custom_dns_enabled = true;
        for (id, egress, group, peer) in [
            ("sgr-32", true, GROUP_GATEWAY, GROUP_DATABASE),
            ("sgr-33", false, GROUP_DATABASE, GROUP_GATEWAY),
        ] {
            let opens = rule(id, egress, "tcp", 9098, RulePeer::Group(peer.to_owned()));
            self.group(group).rules.push(opens);
        }
        self
    }

    /// Changes the serverless cluster, in the list and as it was read afresh.
    pub(crate) fn change_cluster(&mut self, change: impl Fn(&mut MskCluster)) {
        let listed = all(&mut self.region.msk_clusters).iter_mut();
        listed.filter(|it| it.arn == EVENTS).for_each(&change);
        if let Some(MskFacts {
            cluster: Observed::Known { value },
            ..
        }) = &mut self.msk
        {
            change(value);
        }
    }
}
