//! The shapes of plans: what is reached, and what of the way to it is there already.

/// What a plan makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Gateway, configuration and share for a database.
    Everything,
    /// The same for a domain name that is looked up in the VPC.
    Domain,
    /// The same for a private address.
    Address,
    /// Configuration and share, on a gateway that is there.
    OnGateway,
    /// A share, on a configuration that is there.
    OnConfiguration,
    /// Nothing: a gateway that is there gets other security groups.
    Groups,
    /// A group of configurations with a child for each node of a `MongoDB` replica set.
    Nodes,
    /// Gateway, configuration and share for an MSK Serverless cluster.
    Serverless,

    /// Connectivity and policy of an MSK cluster that has neither, with IAM.
    MskIam,
    /// The same with SCRAM.
    MskScram,
    /// A policy: connectivity is on already.
    MskPolicy,
    /// Connectivity: the policy allows it already.
    MskConnectivity,

    /// Load balancer and endpoint service for a database; the run accepts.
    Service,
    /// The same with security groups on the load balancer and a private DNS name; the admin accepts.
    ServiceGuarded,
    /// The same for `ClickPipes` in another region.
    ServiceAbroad,
    /// An endpoint service on a load balancer that is there, with both changes of it.
    OnBalancer,
    /// A principal, on an endpoint service that is there.
    OnService,
    /// Principal and region, on an endpoint service that is there and accepts by itself.
    OnServiceAbroad,
    /// Nothing in AWS: the endpoint service is there, and waits to accept.
    OnReadyService,
    /// One of everything for each of the brokers of an MSK Express cluster.
    Brokers,
    /// The same for a Kafka of one's own.
    Kafka,
    /// One load balancer with two listeners: a broker and a schema registry.
    Registry,
    /// One of everything for each of the brokers of an MSK cluster, for `ClickPipes` in another region.
    BrokersAbroad,
    /// One of everything for each node of a `MongoDB` replica set.
    NodesByService,
}

impl Shape {
    pub(crate) const ALL: [Self; 24] = [
        Self::Everything,
        Self::Domain,
        Self::Address,
        Self::OnGateway,
        Self::OnConfiguration,
        Self::Groups,
        Self::Nodes,
        Self::Serverless,
        Self::MskIam,
        Self::MskScram,
        Self::MskPolicy,
        Self::MskConnectivity,
        Self::Service,
        Self::ServiceGuarded,
        Self::ServiceAbroad,
        Self::OnBalancer,
        Self::OnService,
        Self::OnServiceAbroad,
        Self::OnReadyService,
        Self::Brokers,
        Self::Kafka,
        Self::Registry,
        Self::BrokersAbroad,
        Self::NodesByService,
    ];

    /// The ClickHouse service of its endpoints: one with its `ClickPipes` in the account's region, unless the shape is
    /// about another one.
    pub(crate) fn clickhouse_service(self) -> &'static str {
        match self {
            Self::ServiceAbroad | Self::OnServiceAbroad | Self::BrokersAbroad => ABROAD,
            _ => AT_HOME,
        }
    }

    /// Whether what its run makes can be taken back while an endpoint is still connected to it.
    pub(crate) fn detaches(self) -> bool {
        !self.services().contains(&"elasticloadbalancing")
    }

    /// The services whose calls its run makes, by the sandbox's names.
    pub(crate) fn services(self) -> &'static [&'static str] {
        match self {
            Self::Everything
            | Self::Domain
            | Self::Address
            | Self::OnGateway
            | Self::OnConfiguration
            | Self::Groups
            | Self::Nodes
            | Self::Serverless => &["vpc-lattice", "ram", "clickhouse"],
            Self::MskIam | Self::MskScram | Self::MskPolicy | Self::MskConnectivity => {
                &["kafka", "clickhouse"]
            }
            Self::Service
            | Self::ServiceGuarded
            | Self::ServiceAbroad
            | Self::OnBalancer
            | Self::OnService
            | Self::OnServiceAbroad
            | Self::OnReadyService
            | Self::Brokers
            | Self::Kafka
            | Self::Registry
            | Self::BrokersAbroad
            | Self::NodesByService => &["elasticloadbalancing", "ec2", "clickhouse"],
        }
    }
}

/// `ClickPipes` in `us-east-1`, with the preview of custom private DNS names.
pub(crate) const AT_HOME: &str = "orders-analytics";
/// `ClickPipes` in `us-east-2`.
pub(crate) const ABROAD: &str = "payments-reporting";
