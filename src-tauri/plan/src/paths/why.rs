//! Why each check matters: one sentence, the same whatever its verdict.

use crate::check::CheckId;

/// Why a check matters.
pub(super) fn why(id: CheckId) -> &'static str {
    match id {
        CheckId::ClickPipesRegion => {
            "ClickPipes reach a VPC resource or an MSK cluster only in their own region: anywhere else the endpoint \
             comes into state Failed. A VPC endpoint service has to name their region."
        }
        CheckId::Partition => {
            "ClickPipes' account is in partition aws, and AWS shares nothing across partitions."
        }
        CheckId::NotPublic => {
            "AWS does not create a resource configuration for a database with a public address."
        }
        CheckId::DatabaseAvailable => {
            "AWS looks at the database when the resource configuration is created."
        }
        CheckId::SameVpc => {
            "The gateway reaches what is in its own VPC, and its security groups must belong to that VPC."
        }
        CheckId::SubnetOwner => {
            "AWS does not create a resource gateway in a subnet that another account shares with you."
        }
        CheckId::FreeBlocks => {
            "In each subnet the gateway takes 16 addresses in a row, and so does each endpoint: without them the \
             endpoint comes into state Failed."
        }
        CheckId::SubnetSize => {
            "ClickHouse recommends /26 or larger: a smaller subnet never has two free blocks of 16 addresses."
        }
        CheckId::ZoneSpread => {
            "The gateway and ClickPipes' endpoint must share a zone, and which zones ClickPipes use is not documented: \
             the more zones, the better. Zones are compared by ID, since their names differ between accounts."
        }
        CheckId::SecurityGroupPath => {
            "The endpoint becomes Ready even if the source cannot be reached: the ClickPipe would then time out."
        }
        CheckId::Names => {
            "AWS refuses a name that breaks its rule, and takes each name of a resource gateway or a resource \
             configuration only once in an account and region."
        }
        CheckId::ExistingEndpoint => {
            "All ClickPipes of a service can share one endpoint. A second one takes addresses and costs money."
        }
        CheckId::ServiceAwake => {
            "ClickHouse refuses to create an endpoint while the service is idle or stopped."
        }
        CheckId::NetworkAcls => {
            "Network ACLs keep no memory of a connection: the way there and the way back both have to be open. The \
             endpoint becomes Ready even if they are not."
        }
        CheckId::LatticeInRegion => {
            "Resource gateways and configurations belong to VPC Lattice, which not every region has."
        }
        CheckId::ReuseFits => {
            "Where a gateway looks up names is fixed when it is made, and a database by ARN and look-up in the VPC \
             exclude each other on one gateway."
        }
        CheckId::NameResolves => {
            "The gateway looks the name up anew for each connection. Where it finds nothing, the ClickPipe times out."
        }
        CheckId::Quotas => {
            "AWS refuses to create what a quota has no room for, and the run would stop half-way."
        }
        CheckId::ExternalSharing => {
            "ClickPipes' account is outside of your organization, whose policies can forbid to share with such accounts."
        }
        CheckId::ShareOnce => {
            "A resource share serves one endpoint only: a second endpoint on it comes into state Failed."
        }
        CheckId::CustomDnsPreview => {
            "Brokers and nodes send each client on to their own names. Only custom private DNS, a preview that ClickHouse \
             enables for each service, makes these names resolve to the endpoint: it becomes Ready without, but cannot be \
             used."
        }
        CheckId::SourceNames => {
            "ClickHouse takes a name only once in a service, wildcards included, and refuses names of some suffixes. What \
             does not resolve to the endpoint cannot be reached through it."
        }
        CheckId::AdvertisedListeners => {
            "A Kafka client connects once to a broker it was told, and then to what the brokers advertise: the endpoint \
             becomes Ready even if those names lead nowhere."
        }
        CheckId::RdsProxy => {
            "RDS Proxy does not carry logical replication, with which ClickPipes follow a Postgres database."
        }
        CheckId::MskType => {
            "Multi-VPC connectivity belongs to provisioned clusters with standard brokers. For Express and Serverless \
             ClickHouse names other paths."
        }
        CheckId::MskState => {
            "AWS changes the connectivity of an active cluster only, and one thing at a time."
        }
        CheckId::MskVersion => "AWS offers multi-VPC connectivity from Kafka 2.7.1 on.",
        CheckId::MskInstance => {
            "AWS offers no multi-VPC connectivity for clusters of the smallest brokers."
        }
        CheckId::MskAuthentication => {
            "Multi-VPC connectivity is turned on for a scheme that the cluster takes already, over TLS. ClickPipes use \
             IAM or SCRAM."
        }
        CheckId::MskAcls => {
            "With SCRAM, Kafka's ACLs decide what a client may do. AWS wants whoever has none to be refused, which is \
             not the default."
        }
        CheckId::MskUnauthenticated => {
            "AWS turns on no multi-VPC connectivity for a cluster that takes clients without authentication."
        }
        CheckId::MskConnectionFree => {
            "A cluster takes one connection of ClickPipes for each authentication, whichever service or organization \
             it belongs to."
        }
        CheckId::MskPorts => {
            "From other VPCs each broker has a port of its own, from 14001 on. The endpoint becomes Ready even if the \
             brokers' security groups do not open it."
        }
        CheckId::MskZones => {
            "ClickPipes' endpoint has to be in the very zones of the cluster's subnets. Zones are compared by ID, since \
             their names differ between accounts."
        }
        CheckId::MskPolicy => {
            "The cluster's policy decides which accounts may connect, and a statement that denies outweighs any that \
             allows."
        }
        CheckId::LoadBalancerState => {
            "Nothing passes a load balancer that is not active, and no endpoint service can be made on it."
        }
        CheckId::LoadBalancerScheme => {
            "The source is to be reached over PrivateLink only: ClickHouse asks for an internal load balancer."
        }
        CheckId::LoadBalancerZones => {
            "An endpoint can only be in zones of the load balancer. AWS lets another region connect only to a service in at \
             least two, and leaves a few zones out. Zones are compared by ID, since their names differ between accounts."
        }
        CheckId::ListenerPort => {
            "ClickPipes connect to the endpoint at the source's own port. The endpoint becomes Ready even if nothing \
             listens there."
        }
        CheckId::TargetHealth => {
            "The load balancer passes nothing to a target that does not answer its health checks. The endpoint becomes \
             Ready all the same."
        }
        CheckId::TargetAddress => {
            "A target is an address, and stays that address when the source moves to another: the ClickPipe then times out, \
             or reads a replica."
        }
        CheckId::CrossZone => {
            "Without cross-zone load balancing a connection that comes in where no target is gets no answer: with one \
             target that is every zone but one."
        }
        CheckId::ClientIpPreservation => {
            "What comes over PrivateLink has the load balancer's own addresses, whatever this setting says. For everybody \
             else it decides which addresses the source has to let in."
        }
        CheckId::InboundRules => {
            "A load balancer's security groups drop what comes over PrivateLink without a word, while a test from inside \
             the VPC works. From which addresses ClickPipes connect is not documented."
        }
        CheckId::IdleTimeout => {
            "AWS lets no other region connect through a listener whose idle timeout was changed."
        }
        CheckId::MultiRegionRight => {
            "A service that supports another region takes the right vpce:AllowMultiRegion, which is no action of its own and \
             is not in ec2:*."
        }
        CheckId::SkipNameResolve => {
            "Each health check is a connection that is dropped without a log-in. A database that looks up host names counts \
             them and in time blocks the load balancer (max_connect_errors)."
        }
        CheckId::PrivateDnsName => {
            "AWS gives an endpoint the service's private DNS name only after a TXT record in public DNS has proven whose \
             domain it is."
        }
        CheckId::ServiceState => {
            "Only a service that is Available takes connections, and its principals and acceptance decide whose."
        }
    }
}
