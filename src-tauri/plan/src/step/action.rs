//! The actions: one closed enum, with what each one needs. What can be said of an action without carrying it
//! out (its kind, its party, its operation) is in `kinds.rs`.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::{
    Definition, DnsResolution, Input, MskAuthentication, MultiVpcSchemes, PortRange,
    PrivateDnsMapping,
};

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    tag = "action",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Action {
    /// `vpc-lattice:CreateResourceGateway`, then ACTIVE. Outputs: gateway ID.
    CreateResourceGateway {
        /// 3 to 40 characters, unique in the account and region.
        name: String,
        /// Where it goes.
        vpc_id: String,
        /// One per zone; immutable.
        subnet_ids: Vec<String>,
        /// One to five, of the same VPC.
        security_group_ids: Vec<String>,
        /// Immutable.
        dns_resolution: DnsResolution,
    },
    /// `vpc-lattice:CreateResourceConfiguration` of type ARN or SINGLE, then ACTIVE. Outputs: configuration ID
    /// and ARN.
    CreateResourceConfiguration {
        /// 3 to 40 characters, unique in the account and region.
        name: String,
        /// The gateway's ID.
        gateway: Input,
        /// What it leads to.
        definition: Definition,
    },
    /// `vpc-lattice:CreateResourceConfiguration` of type GROUP, then ACTIVE: what is shared where several hosts
    /// are reached over one endpoint. Outputs: configuration ID and ARN.
    CreateConfigurationGroup {
        /// 3 to 40 characters, unique in the account and region.
        name: String,
        /// The gateway's ID.
        gateway: Input,
        /// The ports of all that is in it.
        ports: Vec<PortRange>,
    },
    /// `vpc-lattice:CreateResourceConfiguration` of type CHILD, then ACTIVE: one host of a group, whose gateway it
    /// inherits. Outputs: configuration ID and ARN.
    CreateChildConfiguration {
        /// 3 to 40 characters, unique in the account and region.
        name: String,
        /// The group's configuration ID.
        group: Input,
        /// What it leads to: never a database by ARN.
        definition: Definition,
    },
    /// `ram:CreateResourceShare` with the configuration and ClickPipes' account, then share ACTIVE and its
    /// resource ASSOCIATED. The principal stays ASSOCIATING until ClickHouse accepts. Outputs: share ARN.
    CreateResourceShare {
        /// Not unique in AWS.
        name: String,
        /// The configuration's ARN.
        resource: Input,
        /// Twelve digits.
        principal: String,
    },
    /// `vpc-lattice:UpdateResourceGateway` with other security groups, then ACTIVE with them. Undone by the
    /// same call with the previous ones. Outputs: gateway ID.
    UpdateGatewaySecurityGroups {
        /// `rgw-...`: it was there before.
        gateway_id: String,
        /// One to five, of the gateway's VPC; all that it has afterwards.
        security_group_ids: Vec<String>,
        /// Those it had when this was planned.
        previous_security_group_ids: Vec<String>,
    },

    /// `kafka:UpdateConnectivity` with all the schemes that are on afterwards, then the cluster ACTIVE with them:
    /// it can take hours. Outputs: cluster ARN, and the operation's where the call was answered.
    UpdateMskConnectivity {
        /// `arn:aws:kafka:...`.
        cluster_arn: String,
        /// What is on for multi-VPC connectivity afterwards: never less than before.
        schemes: MultiVpcSchemes,
        /// What was on when this was planned.
        previous: MultiVpcSchemes,
    },
    /// `kafka:PutClusterPolicy` with one more statement, which lets the principal connect; every other statement
    /// stays as it is. Outputs: the statement's Sid, which carries the run's ID.
    AllowInClusterPolicy {
        /// `arn:aws:kafka:...`.
        cluster_arn: String,
        /// Twelve digits.
        principal: String,
    },
    /// Without a ClickHouse key: the admin creates the endpoint there, which then shows as a connection of the
    /// owner to the cluster. Writes nothing. Outputs: connection ARN.
    AwaitMskConnection {
        /// `arn:aws:kafka:...`, to paste, and to watch.
        cluster_arn: String,
        /// To paste, and to watch.
        authentication: MskAuthentication,
        /// Twelve digits.
        owner: String,
    },
    /// `kafka:GetBootstrapBrokers` until it has the addresses for multi-VPC connectivity. Writes nothing.
    /// Outputs: bootstrap string.
    ReadBootstrapBrokers {
        /// `arn:aws:kafka:...`.
        cluster_arn: String,
        /// For which the addresses are wanted.
        authentication: MskAuthentication,
    },

    /// `elasticloadbalancing:CreateTargetGroup` for TCP to addresses. Outputs: target group ARN.
    CreateTargetGroup {
        /// 1 to 32 letters, digits and hyphens, unique in the account and region.
        name: String,
        /// The targets' port: the listener has the same.
        port: u16,
        /// The load balancer's VPC.
        vpc_id: String,
    },
    /// `elasticloadbalancing:CreateLoadBalancer`: network, internal, then active. Outputs: load balancer ARN.
    CreateLoadBalancer {
        /// 1 to 32 letters, digits and hyphens, unique in the account and region.
        name: String,
        /// One per zone.
        subnet_ids: Vec<String>,
        /// None at all, or those whose inbound rules are then not enforced on `PrivateLink` traffic.
        security_group_ids: Vec<String>,
    },
    /// `elasticloadbalancing:ModifyLoadBalancerAttributes`: cross-zone load balancing on. Outputs: load balancer
    /// ARN.
    EnableCrossZone {
        /// The load balancer's ARN.
        load_balancer: Input,
    },
    /// `elasticloadbalancing:SetSecurityGroups` with the same groups, and inbound rules not enforced on
    /// `PrivateLink` traffic. Outputs: load balancer ARN.
    StopEnforcingInboundRules {
        /// The load balancer's ARN.
        load_balancer: Input,
        /// The groups it has: AWS wants them sent again.
        security_group_ids: Vec<String>,
    },
    /// `elasticloadbalancing:CreateListener`: TCP, forwarding to the target group. Outputs: listener ARN.
    CreateListener {
        /// The load balancer's ARN.
        load_balancer: Input,
        /// The same as the targets'.
        port: u16,
        /// The target group's ARN.
        target_group: Input,
    },
    /// `elasticloadbalancing:RegisterTargets`, then each of them healthy. Outputs: target group ARN.
    RegisterTargets {
        /// The target group's ARN.
        target_group: Input,
        /// At least one.
        targets: Vec<TargetAddress>,
    },
    /// `ec2:CreateVpcEndpointServiceConfiguration` with acceptance required, then Available. Outputs: service ID
    /// and name; with a private DNS name, also the TXT record's first label and value.
    CreateEndpointService {
        /// The value of its tag `Name`.
        name: String,
        /// ARNs of the load balancers.
        load_balancers: Vec<Input>,
        /// Regions besides its own from which endpoints may connect.
        supported_regions: Vec<String>,
        /// The name that resolves to the endpoint in the consumer's VPC, once its domain is verified.
        private_dns_name: Option<String>,
    },
    /// `ec2:ModifyVpcEndpointServicePermissions`: adds one principal. Outputs: service ID.
    AllowPrincipal {
        /// The service's ID.
        service: Input,
        /// Twelve digits: its root becomes the principal, never `*`.
        principal: String,
    },
    /// `ec2:ModifyVpcEndpointServiceConfiguration`: adds one region from which endpoints may connect. Outputs:
    /// service ID.
    AddSupportedRegion {
        /// The service's ID.
        service: Input,
        /// Its name.
        region: String,
    },
    /// The admin publishes the TXT record that proves the domain is theirs; public DNS is watched for it, at each
    /// name of [`crate::names::txt_record_names`]. Writes nothing.
    AwaitDnsRecord {
        /// The service's private DNS name.
        private_dns_name: String,
        /// The first label of the record's name.
        record: Input,
        /// The record's value.
        value: Input,
    },
    /// `ec2:StartVpcEndpointServicePrivateDnsVerification`, then verified. Outputs: service ID.
    VerifyPrivateDns {
        /// The service's ID.
        service: Input,
        /// The service's private DNS name.
        private_dns_name: String,
    },
    /// `ec2:AcceptVpcEndpointConnections` for the one endpoint whose ID ClickHouse reported, if it belongs to the
    /// owner; then available. Outputs: VPC endpoint ID.
    AcceptEndpointConnection {
        /// The service's ID.
        service: Input,
        /// `vpce-...`, as ClickHouse reports it.
        endpoint: Input,
        /// Twelve digits.
        owner: String,
    },
    /// The admin accepts that connection; it is watched until it is available. Writes nothing. Outputs: VPC
    /// endpoint ID.
    AwaitConnectionAcceptance {
        /// The service's ID.
        service: Input,
        /// `vpce-...`, as ClickHouse reports it.
        endpoint: Input,
        /// Twelve digits.
        owner: String,
    },
    /// Without a ClickHouse key: the admin creates the endpoint there and accepts its connection; the service is
    /// watched for a connection of the owner until it is available. Writes nothing. Outputs: VPC endpoint ID.
    AwaitEndpointConnection {
        /// The service's ID.
        service: Input,
        /// Its name, to paste.
        service_name: Input,
        /// Twelve digits.
        owner: String,
        /// IDs of the owner's endpoints that were connected when the plan was made: of earlier set-ups, so that
        /// they are not what is waited for.
        #[serde(default)]
        known: Vec<String>,
        /// Names of the admin's own to enter with the endpoint: a preview of ClickHouse's.
        #[serde(default)]
        private_dns: Vec<PrivateDnsMapping>,
    },

    /// Cloud API `clickPipeReversePrivateEndpointCreate`. To a resource configuration or an MSK cluster, then Ready
    /// with its DNS names; to an endpoint service, then as far as ClickHouse gets alone: Ready, or waiting for
    /// acceptance under a VPC endpoint ID. Outputs: endpoint ID (UUID), VPC endpoint ID, DNS names.
    CreateReversePrivateEndpoint {
        /// UUID.
        organization_id: String,
        /// UUID.
        service_id: String,
        /// At most 255 characters, the run's ID (added when the run begins) included.
        description: String,
        /// What it connects to.
        to: EndpointTarget,
        /// Names of the admin's own that shall resolve to it in ClickPipes' VPC: a preview of ClickHouse's.
        private_dns: Vec<PrivateDnsMapping>,
    },
    /// Without a ClickHouse key: the admin pastes the values into ClickHouse, whose acceptance then shows as
    /// the share's principal becoming ASSOCIATED. Writes nothing.
    AwaitShareAcceptance {
        /// The configuration's ID, to paste.
        configuration: Input,
        /// The share's ARN, to paste, and to watch.
        share: Input,
        /// Twelve digits.
        principal: String,
        /// Names of the admin's own to enter with the endpoint: a preview of ClickHouse's.
        #[serde(default)]
        private_dns: Vec<PrivateDnsMapping>,
    },
    /// Cloud API: an endpoint whose connection was accepted is watched until it is Ready with its DNS names. Writes
    /// nothing. Outputs: DNS names.
    AwaitEndpointReady {
        /// UUID.
        organization_id: String,
        /// UUID.
        service_id: String,
        /// The endpoint's UUID.
        endpoint: Input,
    },
}

/// What a reverse private endpoint connects to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum EndpointTarget {
    /// A shared resource configuration (`VPC_RESOURCE`).
    VpcResource {
        /// The configuration's ID.
        configuration: Input,
        /// The share's ARN.
        share: Input,
    },
    /// A cluster with multi-VPC connectivity (`MSK_MULTI_VPC`).
    MskMultiVpc {
        /// `arn:aws:kafka:...`.
        cluster_arn: String,
        /// One endpoint per cluster and authentication.
        authentication: MskAuthentication,
    },
    /// A VPC endpoint service (`VPC_ENDPOINT_SERVICE`).
    EndpointService {
        /// `com.amazonaws.vpce.<region>.vpce-svc-...`.
        service_name: Input,
    },
}

/// One target of a target group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TargetAddress {
    /// Private.
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub address: Ipv4Addr,
    /// The target group's.
    pub port: u16,
    /// Whether it lies outside the load balancer's VPC: AWS then wants the zone `all`.
    pub outside_vpc: bool,
}
