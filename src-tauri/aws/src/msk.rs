//! MSK: clusters and what decides whether ClickPipes can connect to one of them.
//!
//! Reads them here; changes their multi-VPC connectivity (`connectivity`), merges our statement into their
//! policies and takes it out again (`policy`), and looks at and rejects the connections of clients in other
//! VPCs (`connections`). The service has neither tokens nor waiters.

mod cluster;
mod connections;
mod connectivity;
mod policy;

use std::net::Ipv4Addr;

use pipelink_plan::facts::msk::{
    BootstrapBrokers, BrokerNode, ClusterOperation, MskCluster, MskFacts,
};
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{MskAuthentication, OutputName, Outputs};

use crate::concurrent::for_each;
use crate::lattice::{unless_gone, waiting};
use crate::problems::{missing, unreadable};
use crate::session::Aws;
use cluster::cluster;

pub(crate) use connectivity::SchemeChange;

/// IAM's name of the service.
const SERVICE: &str = "kafka";
/// The most that a page of its lists may have.
const PAGE: i32 = 100;
const BOOTSTRAP: &str = "GetBootstrapBrokers";

impl Aws {
    /// Every cluster of the region; of those that are serverless, the bootstrap string too, since nothing else
    /// names their host.
    pub(crate) async fn msk_clusters(&self) -> Result<Vec<MskCluster>, Problem> {
        const CALL: &str = "ListClustersV2";
        let listed = self
            .session
            .kafka
            .list_clusters_v2()
            .into_paginator()
            .page_size(PAGE)
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, CALL))?;
        let aws = self.clone();
        for_each(listed, move |wire| {
            let aws = aws.clone();
            async move {
                let mut found = cluster(wire, CALL)?;
                if let Some(serverless) = &mut found.serverless {
                    serverless.bootstrap = of_serverless(aws.bootstrap_brokers(&found.arn).await);
                }
                Ok(found)
            }
        })
        .await
    }

    /// One cluster, read afresh with everything around it. Never fails as a whole: each fact says by itself why
    /// it is not known. The longest chain of dependent calls is two: the cluster, and then its configuration or
    /// one of its subnets.
    pub async fn discover_msk(&self, arn: &str) -> MskFacts {
        let (
            (mut cluster, configuration, vpc_id),
            policy,
            bootstrap,
            connections,
            operations,
            nodes,
        ) = tokio::join!(
            Box::pin(self.cluster_with_what_it_names(arn)),
            self.cluster_policy(arn),
            self.bootstrap_brokers(arn),
            self.client_connections(arn),
            self.cluster_operations(arn),
            self.broker_nodes(arn),
        );
        if let Ok(MskCluster {
            serverless: Some(serverless),
            ..
        }) = &mut cluster
        {
            serverless.bootstrap = of_serverless(bootstrap.clone());
        }
        MskFacts {
            cluster: cluster.into(),
            policy: policy.into(),
            bootstrap: bootstrap.into(),
            connections: connections.into(),
            operations: operations.into(),
            configuration,
            nodes: nodes.into(),
            vpc_id,
        }
    }

    async fn cluster_with_what_it_names(
        &self,
        arn: &str,
    ) -> (
        Result<MskCluster, Problem>,
        Observed<Option<String>>,
        Option<String>,
    ) {
        let found = match self.msk_cluster(arn).await {
            Ok(found) => found,
            Err(problem) => {
                let not_asked = Problem::NotAsked {
                    reason: "the cluster could not be read".to_owned(),
                };
                return (Err(problem), Observed::Unknown { problem: not_asked }, None);
            }
        };
        let of_provisioned = found.provisioned.as_ref();
        let named = of_provisioned.and_then(|it| it.configuration.clone());
        let subnet = of_provisioned
            .and_then(|it| it.subnet_ids.first())
            .or_else(|| {
                let vpcs = &found.serverless.as_ref()?.vpcs;
                vpcs.first()?.subnet_ids.first()
            })
            .cloned();
        let (configuration, vpc_id) = tokio::join!(
            async {
                match named {
                    Some((arn, revision)) => self.server_properties(&arn, revision).await.map(Some),
                    None => Ok(None),
                }
            },
            async {
                match subnet {
                    Some(subnet) => self.vpc_of_subnet(&subnet).await,
                    None => Ok(None),
                }
            }
        );
        let vpc_id = vpc_id.unwrap_or_else(|problem| {
            tracing::debug!(%problem, "the cluster's VPC is not known");
            None
        });
        (Ok(found), configuration.into(), vpc_id)
    }

    pub(crate) async fn msk_cluster(&self, arn: &str) -> Result<MskCluster, Problem> {
        const CALL: &str = "DescribeClusterV2";
        let answer = self
            .session
            .kafka
            .describe_cluster_v2()
            .cluster_arn(arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, CALL))?;
        let wire = answer
            .cluster_info
            .ok_or_else(|| missing(CALL, "clusterInfo"))?;
        cluster(wire, CALL)
    }

    async fn bootstrap_brokers(&self, arn: &str) -> Result<BootstrapBrokers, Problem> {
        let answer = self
            .session
            .kafka
            .get_bootstrap_brokers()
            .cluster_arn(arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, BOOTSTRAP))?;
        let stated = |text: Option<String>| text.filter(|it| !it.is_empty());
        Ok(BootstrapBrokers {
            iam: stated(answer.bootstrap_broker_string_sasl_iam),
            scram: stated(answer.bootstrap_broker_string_sasl_scram),
            multi_vpc_iam: stated(answer.bootstrap_broker_string_vpc_connectivity_sasl_iam),
            multi_vpc_scram: stated(answer.bootstrap_broker_string_vpc_connectivity_sasl_scram),
        })
    }

    /// Usable once AWS has the addresses for multi-VPC connectivity. It answers a 409 while the cluster is not
    /// ready.
    pub(crate) async fn bootstrap_progress(
        &self,
        arn: &str,
        authentication: MskAuthentication,
    ) -> Result<Progress, Problem> {
        let found = match unless_gone(self.bootstrap_brokers(arn).await) {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(Progress::Missing),
            Err(Problem::Conflict { .. }) => BootstrapBrokers::default(),
            Err(problem) => return Err(problem),
        };
        let address = match authentication {
            MskAuthentication::SaslIam => found.multi_vpc_iam,
            MskAuthentication::SaslScram => found.multi_vpc_scram,
        };
        Ok(match address {
            Some(address) => Progress::Usable {
                outputs: Outputs::default().with(OutputName::BootstrapBrokers, address),
            },
            None => waiting(
                "no addresses yet".to_owned(),
                pipelink_plan::endpoint::Turn::Aws,
            ),
        })
    }

    async fn server_properties(&self, arn: &str, revision: i64) -> Result<String, Problem> {
        const CALL: &str = "DescribeConfigurationRevision";
        let answer = self
            .session
            .kafka
            .describe_configuration_revision()
            .arn(arn)
            .revision(revision)
            .send()
            .await
            .map_err(self.problem(SERVICE, CALL))?;
        let bytes = answer
            .server_properties
            .ok_or_else(|| missing(CALL, "serverProperties"))?;
        String::from_utf8(bytes.into_inner()).map_err(|error| unreadable(CALL, &error.to_string()))
    }

    /// What was done to a cluster, newest first.
    pub(crate) async fn cluster_operations(
        &self,
        arn: &str,
    ) -> Result<Vec<ClusterOperation>, Problem> {
        const CALL: &str = "ListClusterOperationsV2";
        let listed = self
            .session
            .kafka
            .list_cluster_operations_v2()
            .cluster_arn(arn)
            .into_paginator()
            .page_size(PAGE)
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, CALL))?;
        let mut operations: Vec<ClusterOperation> = listed
            .into_iter()
            .map(|wire| {
                Ok(ClusterOperation {
                    arn: wire
                        .operation_arn
                        .ok_or_else(|| missing(CALL, "operationArn"))?,
                    kind: wire.operation_type,
                    state: wire.operation_state,
                    started_at: wire.start_time.and_then(cluster::timestamp),
                    ended_at: wire.end_time.and_then(cluster::timestamp),
                })
            })
            .collect::<Result<_, Problem>>()?;
        operations.sort_by_key(|it| std::cmp::Reverse(it.started_at));
        Ok(operations)
    }

    /// The brokers of a provisioned cluster; its other nodes are left out.
    async fn broker_nodes(&self, arn: &str) -> Result<Vec<BrokerNode>, Problem> {
        const CALL: &str = "ListNodes";
        let listed = self
            .session
            .kafka
            .list_nodes()
            .cluster_arn(arn)
            .into_paginator()
            .page_size(PAGE)
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, CALL))?;
        let mut nodes = listed
            .into_iter()
            .filter_map(|node| node.broker_node_info)
            .map(|wire| {
                let id = wire.broker_id.ok_or_else(|| missing(CALL, "brokerId"))?;
                Ok(BrokerNode {
                    // A number with a fraction on the wire.
                    id: format!("{id:.0}")
                        .parse()
                        .map_err(|_| unreadable(CALL, &format!("brokerId {id}")))?,
                    endpoints: wire.endpoints.unwrap_or_default(),
                    address: wire
                        .client_vpc_ip_address
                        .and_then(|text| text.parse::<Ipv4Addr>().ok()),
                    subnet_id: wire.client_subnet,
                })
            })
            .collect::<Result<Vec<_>, Problem>>()?;
        nodes.sort_by_key(|node| node.id);
        Ok(nodes)
    }
}

/// The one string that a serverless cluster has: that of IAM.
fn of_serverless(bootstrap: Result<BootstrapBrokers, Problem>) -> Observed<String> {
    bootstrap
        .and_then(|it| {
            it.iam
                .ok_or_else(|| missing(BOOTSTRAP, "bootstrapBrokerStringSaslIam"))
        })
        .into()
}
