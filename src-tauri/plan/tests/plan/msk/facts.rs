//! A healthy cluster to start from; each test spoils the one thing it is about.

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::check::Check;
use pipelink_plan::endpoint::{EndpointKind, EndpointStatus};
use pipelink_plan::facts::clickhouse::{ReversePrivateEndpoint, Service};
use pipelink_plan::facts::msk::{
    BootstrapBrokers, ClientVpcConnection, ClusterPolicy, MskCluster, MskFacts, Provisioned,
};
use pipelink_plan::facts::network::SecurityGroupRule;
use pipelink_plan::facts::{ClickHouseFacts, RegionFacts, ServiceEndpoints, VpcFacts};
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::choices::ServiceChoice;
use pipelink_plan::paths::msk_multi_vpc::checks::check;
use pipelink_plan::paths::msk_multi_vpc::choices::Choices;
use pipelink_plan::step::{MskAuthentication, MultiVpcSchemes};

use crate::facts::*;

pub(crate) const CLICKS: &str = "arn:aws:kafka:us-east-1:111122223333:cluster/clicks/1f-2";

/// The brokers'.
pub(crate) const GROUP_BROKERS: &str = "sg-0b000000000000005";

/// Everything a check of this path looks at.
#[derive(Debug, Clone)]
pub(crate) struct MskWorld {
    pub(crate) region: RegionFacts,
    pub(crate) msk: MskFacts,
    pub(crate) vpc: Option<VpcFacts>,
    pub(crate) clickhouse: Option<ClickHouseFacts>,
    pub(crate) choices: Choices,
}

impl MskWorld {
    /// Where every check passes. The cluster takes IAM and SCRAM; multi-VPC connectivity is on for neither.
    pub(crate) fn healthy() -> Self {
        let mut vpc = vpc();
        all(&mut vpc.security_groups).push(group(
            GROUP_BROKERS,
            "clicks-brokers",
            vec![SecurityGroupRule {
                to_port: Some(14100),
                ..rule("sgr-20", false, "tcp", 14001, ipv4("10.20.0.0/16"))
            }],
        ));
        Self {
            region: region(),
            msk: msk(),
            vpc: Some(vpc),
            clickhouse: Some(clickhouse()),
            choices: Choices {
                cluster_arn: CLICKS.to_owned(),
                authentication: MskAuthentication::SaslIam,
                service: ServiceChoice::Key {
                    organization_id: ORGANIZATION.to_owned(),
                    service_id: SERVICE.to_owned(),
                },
                description: "clicks".to_owned(),
            },
        }
    }

    pub(crate) fn by_hand(mut self) -> Self {
        let by_hand = World::healthy().by_hand();
        self.clickhouse = None;
        self.choices.service = by_hand.choices.service;
        self
    }

    pub(crate) fn scram(mut self) -> Self {
        self.choices.authentication = MskAuthentication::SaslScram;
        self
    }

    pub(crate) fn cluster(&mut self) -> &mut MskCluster {
        match &mut self.msk.cluster {
            Observed::Known { value } => value,
            Observed::Unknown { problem } => {
                panic!("not known: {problem}")
            }
        }
    }

    pub(crate) fn provisioned(&mut self) -> &mut Provisioned {
        self.cluster().provisioned.as_mut().unwrap()
    }

    pub(crate) fn vpc(&mut self) -> &mut VpcFacts {
        self.vpc.as_mut().unwrap()
    }

    /// The only rule of the brokers' group.
    pub(crate) fn brokers_rule(&mut self) -> &mut SecurityGroupRule {
        let groups = all(&mut self.vpc().security_groups);
        let brokers = groups.iter_mut().find(|it| it.id == GROUP_BROKERS).unwrap();
        &mut brokers.rules[0]
    }

    pub(crate) fn set_policy(&mut self, document: &str) {
        self.msk.policy = known(Some(ClusterPolicy {
            version: Some("K1".to_owned()),
            document: document.to_owned(),
        }));
    }

    pub(crate) fn connect(&mut self, connection: ClientVpcConnection) {
        all(&mut self.msk.connections).push(connection);
    }

    pub(crate) fn add_endpoint(&mut self, endpoint: ReversePrivateEndpoint) {
        all(&mut self.clickhouse.as_mut().unwrap().endpoints).push(endpoint);
    }

    /// Another service of the organization.
    pub(crate) fn add_service(
        &mut self,
        name: &str,
        endpoints: Observed<Vec<ReversePrivateEndpoint>>,
    ) {
        let clickhouse = self.clickhouse.as_mut().unwrap();
        let services = all(&mut clickhouse.services);
        let service = Service {
            id: name.to_owned(),
            name: name.to_owned(),
            ..services[0].clone()
        };
        services.push(service.clone());
        clickhouse.elsewhere.push(ServiceEndpoints {
            service,
            endpoints,
            odd_endpoints: 0,
        });
    }

    pub(crate) fn look(&self) -> Vec<Check> {
        check(
            &self.region,
            &self.msk,
            self.vpc.as_ref(),
            self.clickhouse.as_ref(),
            &self.choices,
        )
    }
}

fn msk() -> MskFacts {
    MskFacts {
        cluster: known(MskCluster {
            arn: CLICKS.to_owned(),
            name: "clicks".to_owned(),
            kind: "PROVISIONED".to_owned(),
            state: "ACTIVE".to_owned(),
            current_version: Some("K3AEGXETSR30VB".to_owned()),
            provisioned: Some(Provisioned {
                kafka_version: Some("2.8.1".to_owned()),
                instance_type: "kafka.m5.large".to_owned(),
                brokers: 3,
                subnet_ids: vec![
                    SUBNET_A.to_owned(),
                    SUBNET_B.to_owned(),
                    SUBNET_C.to_owned(),
                ],
                zone_ids: vec![
                    "use1-az1".to_owned(),
                    "use1-az2".to_owned(),
                    "use1-az4".to_owned(),
                ],
                security_group_ids: vec![GROUP_BROKERS.to_owned()],
                schemes: MultiVpcSchemes {
                    iam: true,
                    scram: true,
                    tls: false,
                },
                unauthenticated: false,
                multi_vpc: MultiVpcSchemes::default(),
                client_encryption: Some("TLS".to_owned()),
                configuration: Some((
                    "arn:aws:kafka:us-east-1:111122223333:configuration/strict/5e-1".to_owned(),
                    2,
                )),
            }),
            serverless: None,
        }),
        policy: known(None),
        bootstrap: known(BootstrapBrokers::default()),
        connections: known(Vec::new()),
        operations: known(Vec::new()),
        configuration: known(Some(
            "auto.create.topics.enable=false\nallow.everyone.if.no.acl.found = FALSE\n".to_owned(),
        )),
        nodes: known(Vec::new()),
        vpc_id: Some(VPC.to_owned()),
    }
}

/// A connection of ClickPipes' account with IAM that works.
pub(crate) fn connection(name: &str) -> ClientVpcConnection {
    ClientVpcConnection {
        arn: format!(
            "arn:aws:kafka:us-east-1:{CLICKPIPES_ACCOUNT}:vpc-connection/{ACCOUNT}/clicks/{name}"
        ),
        authentication: Some("SASL_IAM".to_owned()),
        state: Some("AVAILABLE".to_owned()),
        owner: Some(CLICKPIPES_ACCOUNT.to_owned()),
        created_at: Some("2026-11-02T08:15:30Z".parse().unwrap()),
    }
}

/// An endpoint of the service to the cluster with IAM that works.
pub(crate) fn msk_endpoint(id: &str) -> ReversePrivateEndpoint {
    ReversePrivateEndpoint {
        kind: EndpointKind::MskMultiVpc,
        status: EndpointStatus::Ready,
        description: "clicks of the shop".to_owned(),
        resource_configuration_id: None,
        msk_cluster_arn: Some(CLICKS.to_owned()),
        msk_authentication: Some("SASL_IAM".to_owned()),
        ..endpoint(id, "")
    }
}

/// A policy with these statements.
pub(crate) fn document(statements: &[&str]) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{}]}}"#,
        statements.join(",")
    )
}

/// A statement of somebody else's, about another account.
pub(crate) const FOREIGN: &str = r#"{"Sid":"Analytics","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":["kafka:CreateVpcConnection","kafka:GetBootstrapBrokers","kafka:DescribeCluster","kafka:DescribeClusterV2"],"Resource":"arn:aws:kafka:us-east-1:111122223333:cluster/clicks/1f-2"}"#;

/// What ClickPipes need, as somebody wrote it by hand.
pub(crate) const ENOUGH: &str = r#"{"Sid":"ClickPipes","Effect":"Allow","Principal":{"AWS":"072088201116"},"Action":"kafka:*","Resource":"*"}"#;
