//! The source in the picture.

use super::{Lane, Node, Picture, Place};
use crate::step::{Engine, SourceRef, Target};

pub(super) const SOURCE: &str = "source";

impl Picture<'_> {
    pub(super) fn source(&mut self) {
        let source = &self.plan.source;
        let name = match source.target {
            Target::Database { .. } | Target::MskCluster { .. } | Target::Hosts { .. } => {
                Some(source.name.clone())
            }
            // It has no other name than what it is reached by.
            Target::DomainName { .. } | Target::IpAddress { .. } => None,
        };
        let id = match &source.target {
            Target::Database { arn } | Target::MskCluster { arn } => arn.clone(),
            Target::DomainName { name } => name.clone(),
            Target::IpAddress { address } => address.to_string(),
            Target::Hosts { hosts } => hosts.join(", "),
        };
        let node = Node::new(Lane::Account, SOURCE, &title(source))
            .named(name)
            .resource(&id);
        self.draw(Place::Last, node);
    }
}

fn title(source: &SourceRef) -> String {
    let engine = match source.engine {
        Engine::Postgres => "PostgreSQL",
        Engine::Mysql => "MySQL",
        Engine::Kafka => "Kafka",
        Engine::MongoDb => "MongoDB",
        Engine::Other => "Source",
    };
    let kind = match source.target {
        Target::Database { .. } => "database",
        Target::DomainName { .. } => "by domain name",
        Target::IpAddress { .. } => "by IP address",
        Target::MskCluster { .. } => return "MSK cluster".to_owned(),
        Target::Hosts { .. } => {
            return match source.engine {
                Engine::Kafka => "Kafka brokers".to_owned(),
                Engine::MongoDb => "MongoDB nodes".to_owned(),
                Engine::Postgres | Engine::Mysql | Engine::Other => format!("{engine} hosts"),
            };
        }
    };
    format!("{engine} {kind}")
}
