//! The rules: how each path fits a source of which everything is known.
//!
//! From ClickHouse's documentation: VPC resource is preferred for Postgres CDC from RDS; multi-VPC connectivity is
//! recommended for MSK; a VPC endpoint service is preferred for Kafka on premises that needs private DNS, and is the
//! only path that crosses regions. MSK Express and Serverless follow ClickHouse's knowledge base and Terraform modules.
//! Exactly one path is the best, but for MSK Serverless in another region, which no path reaches.

use serde::{Deserialize, Serialize};

use super::{RunsOn, SourceKind};
use crate::paths::msk_multi_vpc::{CONNECTIVITY, UsualTime};
use crate::step::PathKind;

/// How well a path fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Fit {
    /// The one to take.
    Best,
    /// It can work.
    Possible,
    /// It cannot work.
    No,
}

/// One path, seen from a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PathFit {
    /// Which path.
    pub path: PathKind,
    /// How well it fits.
    pub fit: Fit,
    /// Why, or why not, in one or two sentences.
    pub reason: String,
    /// How long its set-up usually takes: an estimate.
    pub usual: UsualTime,
    /// What AWS bills the account for it, in words.
    pub billed: String,
}

/// Every question answered, in a way that can be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) source: SourceKind,
    pub(super) runs_on: RunsOn,
    pub(super) same_region: bool,
    pub(super) private_name: bool,
}

/// The paths in the order in which they are shown.
pub(super) const PATHS: [PathKind; 3] = [
    PathKind::VpcResource,
    PathKind::MskMultiVpc,
    PathKind::EndpointService,
];

/// How a path fits, and why.
pub(super) fn fit(path: PathKind, known: Known) -> (Fit, &'static str) {
    match path {
        PathKind::VpcResource => vpc_resource(known),
        PathKind::MskMultiVpc => msk_multi_vpc(known),
        PathKind::EndpointService => endpoint_service(known),
    }
}

/// How long a set-up usually takes, in minutes: estimates (docs/ASSUMPTIONS.md).
pub(super) fn usual(path: PathKind) -> UsualTime {
    let (from_minutes, to_minutes) = match path {
        PathKind::VpcResource => (5, 20),
        // Turning connectivity on is nearly all of it.
        PathKind::MskMultiVpc => (CONNECTIVITY.from_minutes + 5, CONNECTIVITY.to_minutes),
        PathKind::EndpointService => (10, 45),
    };
    UsualTime {
        from_minutes,
        to_minutes,
    }
}

/// What AWS bills the account in which it is set up. Sources: AWS `PrivateLink` Guide; Amazon MSK pricing, private
/// connectivity; Elastic Load Balancing pricing.
pub(super) fn billed(path: PathKind) -> &'static str {
    match path {
        PathKind::VpcResource => {
            "For each GB of data that the resource gateway processes; nothing by the hour."
        }
        PathKind::MskMultiVpc => {
            "By the hour for each authentication with multi-VPC connectivity, and for each GB of data that goes over it."
        }
        PathKind::EndpointService => {
            "By the hour for each load balancer, and for its capacity units, which follow the traffic."
        }
    }
}

fn vpc_resource(known: Known) -> (Fit, &'static str) {
    if !known.same_region {
        return (
            Fit::No,
            "It does not cross regions: the service's ClickPipes have to run in the source's region.",
        );
    }
    match (known.runs_on, known.source, known.private_name) {
        (RunsOn::MskProvisioned | RunsOn::MskExpress, ..) => (
            Fit::No,
            "Neither AWS nor ClickHouse documents it for MSK clusters that have brokers of their own.",
        ),
        (RunsOn::MskServerless, ..) => (
            Fit::Best,
            "ClickHouse's own module for MSK Serverless takes it: the gateway looks names up within the VPC. It needs \
             custom private DNS, a preview that ClickHouse's support enables.",
        ),
        (RunsOn::Rds, _, true) => (
            Fit::Best,
            "It needs no load balancer and follows the database after a failover. A name of your own needs custom \
             private DNS, a preview that ClickHouse's support enables; the ClickPipe can check the certificate without.",
        ),
        (RunsOn::Rds, SourceKind::Postgres, false) => (
            Fit::Best,
            "It needs no load balancer, follows the database after a failover, and is what ClickHouse prefers for \
             Postgres CDC from RDS.",
        ),
        (RunsOn::Rds, _, false) => (
            Fit::Best,
            "It needs no load balancer and follows the database after a failover.",
        ),
        (RunsOn::VpcHost, SourceKind::MongoDb, _) => (
            Fit::Best,
            "It needs no load balancer: one endpoint for all nodes. Nodes under their own names need custom private \
             DNS, a preview that ClickHouse's support enables.",
        ),
        (RunsOn::VpcHost, _, true) => (
            Fit::Possible,
            "A name of your own needs custom private DNS, a preview that ClickHouse's support enables.",
        ),
        (RunsOn::VpcHost, SourceKind::Kafka, false) => (
            Fit::Best,
            "It needs no load balancer: one endpoint for all brokers, if what they advertise resolves to it.",
        ),
        (RunsOn::VpcHost, _, false) => (
            Fit::Best,
            "It needs no load balancer: the gateway leads to the host's name or address.",
        ),
        (RunsOn::OnPremises, ..) => (
            Fit::Possible,
            "It works for hosts whose names lead to addresses that the VPC reaches. Names of your own need custom \
             private DNS, a preview that ClickHouse's support enables.",
        ),
    }
}

fn msk_multi_vpc(known: Known) -> (Fit, &'static str) {
    match (known.runs_on, known.same_region) {
        (RunsOn::MskProvisioned, true) => (
            Fit::Best,
            "ClickHouse recommends it for MSK: nothing is put in front of the brokers, and their private names work by \
             themselves.",
        ),
        (RunsOn::MskProvisioned, false) => (
            Fit::No,
            "It does not cross regions: the service's ClickPipes have to run in the cluster's region.",
        ),
        (RunsOn::MskExpress, _) => (Fit::No, "ClickPipes do not use it with Express brokers."),
        (RunsOn::MskServerless, _) => (Fit::No, "MSK Serverless does not have it."),
        (RunsOn::Rds | RunsOn::VpcHost | RunsOn::OnPremises, _) => (
            Fit::No,
            "It is part of MSK: only provisioned MSK clusters have it.",
        ),
    }
}

fn endpoint_service(known: Known) -> (Fit, &'static str) {
    match (known.runs_on, known.source, known.same_region) {
        (RunsOn::MskExpress, ..) => (
            Fit::Best,
            "ClickHouse names it for Express brokers: a load balancer, a service and an endpoint for each, and custom \
             private DNS, a preview that ClickHouse's support enables.",
        ),
        (RunsOn::MskProvisioned, _, true) => (
            Fit::Possible,
            "It takes a load balancer, a service and an endpoint for each broker, and custom private DNS, a preview \
             that ClickHouse's support enables.",
        ),
        (RunsOn::MskProvisioned, _, false) => (
            Fit::Best,
            "It is the only path that crosses regions: a load balancer, a service and an endpoint for each broker, and \
             custom private DNS, a preview that ClickHouse's support enables.",
        ),
        (RunsOn::MskServerless, _, true) => (
            Fit::No,
            "A load balancer leads to fixed addresses, and AWS promises none for MSK Serverless.",
        ),
        (RunsOn::MskServerless, _, false) => (
            Fit::No,
            "A load balancer leads to fixed addresses, and AWS promises none for MSK Serverless: choose a service whose \
             ClickPipes run in the cluster's region.",
        ),
        (RunsOn::Rds, _, true) => (
            Fit::Possible,
            "It needs a load balancer, whose target has to be changed after each failover of the database.",
        ),
        (RunsOn::Rds, _, false) => (
            Fit::Best,
            "It is the only path that crosses regions. The load balancer's target has to be changed after each failover \
             of the database.",
        ),
        (RunsOn::OnPremises, SourceKind::Kafka, true) => (
            Fit::Best,
            "ClickHouse prefers it for Kafka on premises that needs private names: a load balancer leads to addresses \
             beyond the VPC, and the service gives the endpoint a name of your own. Several brokers need an endpoint \
             each and custom private DNS, a preview that ClickHouse's support enables.",
        ),
        (RunsOn::OnPremises, _, true) => (
            Fit::Best,
            "A load balancer leads to addresses beyond the VPC too.",
        ),
        (RunsOn::VpcHost | RunsOn::OnPremises, _, false) => {
            (Fit::Best, "It is the only path that crosses regions.")
        }
        (RunsOn::VpcHost, SourceKind::MongoDb, true) => (
            Fit::Possible,
            "It takes a load balancer, a service and an endpoint for each node, unless they have ports of their own.",
        ),
        (RunsOn::VpcHost, SourceKind::Kafka, true) if known.private_name => (
            Fit::Best,
            "One broker: the service gives the endpoint a name of your own, once a TXT record in public DNS has proven \
             that its domain is yours, and no preview is needed. Several brokers: each needs an endpoint of its own and \
             custom private DNS, a preview that ClickHouse's support enables.",
        ),
        (RunsOn::VpcHost, _, true) if known.private_name => (
            Fit::Best,
            "The service gives the endpoint a name of your own, once a TXT record in public DNS has proven that its \
             domain is yours. No preview is needed for it.",
        ),
        (RunsOn::VpcHost, _, true) => (
            Fit::Possible,
            "It needs a load balancer in front of the source.",
        ),
    }
}
