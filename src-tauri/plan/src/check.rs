//! A check: a verdict on one thing that would make the endpoint fail later, with its evidence and a remedy.

use serde::{Deserialize, Serialize};

use crate::problem::Remedy;

/// One finished check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// Which check.
    pub id: CheckId,
    /// What came out.
    pub verdict: Verdict,
    /// The finding in one sentence.
    pub headline: String,
    /// What was looked at, one fact a line.
    pub evidence: Vec<String>,
    /// Why it matters.
    pub why: String,
    /// What to do, unless it passed.
    pub remedy: Option<Remedy>,
}

/// What came out of a check, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// The endpoint would fail: going on is not possible.
    Failure,
    /// Works, or may work, with something to know: going on takes a tick.
    Warning,
    /// Could not be answered: never taken for passed; going on takes a tick.
    NotKnown,
    /// Good.
    Passed,
}

/// The checks there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum CheckId {
    /// The service's `ClickPipes` run in the database's region.
    ClickPipesRegion,
    /// The partition can share with `ClickPipes`' account.
    Partition,
    /// The database has no public address.
    NotPublic,
    /// The database is available.
    DatabaseAvailable,
    /// The database is in the gateway's VPC.
    SameVpc,
    /// The subnets belong to the account: a gateway cannot be created in a shared one.
    SubnetOwner,
    /// Each subnet has room for the gateway's block and the endpoint's.
    FreeBlocks,
    /// Each subnet is /26 or larger.
    SubnetSize,
    /// The subnets are in different zones, the database's among them.
    ZoneSpread,
    /// The security groups let the gateway reach the database's port.
    SecurityGroupPath,
    /// The names keep to the rules and are free.
    Names,
    /// No endpoint of the service reaches the source yet.
    ExistingEndpoint,
    /// The service is awake, so that the endpoint can be created.
    ServiceAwake,
    /// The network ACLs let the traffic through, both ways.
    NetworkAcls,
    /// VPC Lattice answers in the region.
    LatticeInRegion,
    /// What is there already fits: its VPC, its state, what it leads to, and where it looks up names.
    ReuseFits,
    /// The source's name resolves where the gateway will look it up.
    NameResolves,
    /// There is room for the gateway, the configuration and the share in the account's quotas.
    Quotas,
    /// The account may share with an account outside of its organization.
    ExternalSharing,
    /// The share serves one endpoint only.
    ShareOnce,

    /// Custom private DNS, a preview of ClickHouse's, is enabled where the source needs it.
    CustomDnsPreview,
    /// The names that ClickPipes will look up resolve to the endpoint: brokers, nodes, schema registry.
    SourceNames,
    /// `advertised.listeners` carry names that resolve to the endpoint.
    AdvertisedListeners,
    /// The host is no RDS Proxy, which does not carry logical replication.
    RdsProxy,

    /// The cluster is provisioned, and not of type Express.
    MskType,
    /// The cluster is ACTIVE.
    MskState,
    /// Kafka 2.7.1 or newer.
    MskVersion,
    /// Brokers are not `kafka.t3.small`.
    MskInstance,
    /// The authentication is on for the cluster.
    MskAuthentication,
    /// With SCRAM, `allow.everyone.if.no.acl.found` is false.
    MskAcls,
    /// No unauthenticated access.
    MskUnauthenticated,
    /// No other connection of ClickPipes has the authentication.
    MskConnectionFree,
    /// Security groups open the ports of multi-VPC connectivity.
    MskPorts,
    /// The zones of the cluster's subnets.
    MskZones,
    /// The cluster policy can be merged, and denies nothing that ClickPipes need.
    MskPolicy,

    /// The load balancer is active.
    LoadBalancerState,
    /// The load balancer is internal.
    LoadBalancerScheme,
    /// The load balancer's zones: at least two for another region, and none that AWS leaves out there.
    LoadBalancerZones,
    /// The listener's port is the target's port, and the protocol is TCP.
    ListenerPort,
    /// Targets are healthy.
    TargetHealth,
    /// A target's address is still that of the source.
    TargetAddress,
    /// Cross-zone load balancing.
    CrossZone,
    /// Client IP preservation.
    ClientIpPreservation,
    /// Inbound rules are not enforced on `PrivateLink` traffic, or let it through.
    InboundRules,
    /// The listener's idle timeout is AWS's own where another region connects.
    IdleTimeout,
    /// The right `vpce:AllowMultiRegion`.
    MultiRegionRight,
    /// MySQL's `skip_name_resolve`.
    SkipNameResolve,
    /// The rules of the service's private DNS name.
    PrivateDnsName,
    /// The service is Available, and not open to everybody.
    ServiceState,
}
