//! MSK Serverless as a source: one bootstrap host, whose name exists in the cluster's VPC only, and brokers under
//! names beside it, which a wildcard covers (ClickHouse's Terraform module for MSK Serverless).

use super::choices::SourceChoice;
use super::facts::Facts;
use super::wanted::Wanted;
use crate::facts::msk::{MskCluster, Serverless};
use crate::names::load_balancing::{Host, HostPort, host_ports};
use crate::names::{self, Field, FieldError};
use crate::observed::Observed;
use crate::problem::Problem;
use crate::step::{Definition, Engine, PortRange, SourceRef, Target};

/// Where clients that prove themselves with IAM connect to.
const PORT: u16 = 9098;

/// An MSK Serverless cluster that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct ServerlessCluster<'a> {
    pub(super) cluster: &'a MskCluster,
    pub(super) serverless: &'a Serverless,
}

impl<'a> ServerlessCluster<'a> {
    /// The cluster of an ARN, if it is serverless and was read.
    pub(super) fn find(facts: Facts<'a>, arn: &str) -> Option<Self> {
        let cluster = facts.cluster(arn)?;
        let serverless = cluster.serverless.as_ref()?;
        Some(Self {
            cluster,
            serverless,
        })
    }

    /// The cluster that was chosen, if one was, and it was read.
    pub(super) fn of(facts: Facts<'a>, source: &SourceChoice) -> Option<Self> {
        Self::find(facts, source.cluster_arn()?)
    }

    /// Its bootstrap host and port, or why they are not known.
    fn bootstrap(self) -> Result<(String, u16), FieldError> {
        let wrong = |rule: String| Err(FieldError::new(Field::Source, rule));
        let text = match &self.serverless.bootstrap {
            Observed::Known { value } => value,
            Observed::Unknown { problem } => {
                return wrong(format!(
                    "Choose a cluster whose bootstrap host can be read. {}",
                    problem.headline()
                ));
            }
        };
        let hosts = host_ports(Field::Source, text, Some(PORT), usize::MAX);
        match hosts.ok().and_then(|hosts| hosts.into_iter().next()) {
            Some(HostPort {
                host: Host::Name(name),
                port,
            }) => Ok((name, port)),
            _ => wrong(format!(
                "Choose a cluster whose bootstrap host is known: AWS says {text:?}."
            )),
        }
    }

    /// What leads to it.
    pub(super) fn wanted(self) -> Result<Wanted, FieldError> {
        let (name, port) = self.bootstrap()?;
        let wildcard = name
            .split_once('.')
            .map(|(_, suffix)| format!("*.{suffix}"));
        let ports = vec![PortRange {
            first: port,
            last: port,
        }];
        Ok(Wanted {
            wildcard,
            ..Wanted::one(Definition::DomainName { name, ports })
        })
    }

    /// What a plan needs of it; `None` where the bootstrap host is not known.
    pub(super) fn source_ref(self, vpc_id: String) -> Option<SourceRef> {
        let (host, port) = self.bootstrap().ok()?;
        Some(SourceRef {
            target: Target::MskCluster {
                arn: self.cluster.arn.clone(),
            },
            name: self.cluster.name.clone(),
            engine: Engine::Kafka,
            port,
            tls_host: Some(host),
            vpc_id,
            schema_registry: None,
        })
    }

    /// Its subnets, in whichever VPC.
    pub(super) fn subnet_ids(self) -> impl Iterator<Item = &'a str> {
        let vpcs = self.serverless.vpcs.iter();
        vpcs.flat_map(|it| it.subnet_ids.iter().map(String::as_str))
    }
}

/// What stands against a cluster as a source, other than that its bootstrap host is not known.
pub(super) fn refusal(facts: Facts<'_>, arn: &str) -> Result<(), FieldError> {
    let identity = &facts.region.identity;
    let parts = names::msk_arn(arn)?;
    let wrong = |rule: String| Err(FieldError::new(Field::Source, rule));
    if parts.region != identity.region || parts.account_id != identity.account_id {
        return wrong(format!(
            "Choose a cluster of account {} in {}.",
            identity.account_id, identity.region
        ));
    }
    match facts.cluster(arn) {
        None => wrong(match unread(facts) {
            Some(problem) => format!("Choose a cluster that can be read. {}", problem.headline()),
            None => format!(
                "Choose a cluster from the list: {} was not found in {}.",
                parts.name, identity.region
            ),
        }),
        Some(cluster) if cluster.serverless.is_none() => wrong(format!(
            "Choose a serverless cluster: {} is provisioned.",
            cluster.name
        )),
        Some(_) if facts.msk.is_none_or(|it| it.vpc_id.is_none()) => {
            wrong("Choose a cluster whose VPC is known.".to_owned())
        }
        Some(_) => Ok(()),
    }
}

/// Why a cluster was not read, where a read failed.
pub(super) fn unread(facts: Facts<'_>) -> Option<&Problem> {
    facts
        .msk
        .and_then(|it| it.cluster.problem())
        .or(facts.region.msk_clusters.problem())
}
