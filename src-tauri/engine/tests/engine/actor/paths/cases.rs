//! The plans of both paths, each with the checks that must fail and with what must become of it.

use pipelink_plan::check::CheckId::{
    self, ClickPipesRegion, CustomDnsPreview, IdleTimeout, ListenerPort, LoadBalancerScheme,
    LoadBalancerZones, MskAcls, MskAuthentication, MskConnectionFree, MskInstance, MskType,
    MskVersion, MultiRegionRight, SecurityGroupPath, TargetAddress, TargetHealth,
};
use pipelink_plan::paths::endpoint_service::choices::LoadBalancerChange;
use pipelink_plan::step::MskAuthentication as By;

use crate::stage::shape::{ABROAD, AT_HOME};

/// What is to be reached, and how.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    Msk(&'static str, By),
    /// A load balancer and a service are made.
    Made(Source),
    /// A service is made on the load balancer of that name.
    OnBalancer(&'static str, Source, &'static [LoadBalancerChange]),
    OnService(&'static str, Source),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Source {
    /// A database, and the host name under which its owner has it.
    Database(&'static str, &'static str),
    /// An address and a port, and a name that its owner has for it.
    Address(&'static str, &'static str, &'static str),
    /// The brokers of a Kafka of one's own, with the preview or without.
    Kafka(bool),
}

/// What happens before the checks look.
#[derive(Debug, Clone, Copy)]
pub(super) enum Before {
    Nothing,
    NoRightAbroad,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Ready {
        arrives: bool,
    },
    /// ClickHouse made the endpoint, and it failed for this reason.
    Failed(&'static str),
    /// The run stopped at this step.
    Stops(&'static str),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    pub(super) service: &'static str,
    pub(super) before: Before,
    pub(super) what: What,
    /// The checks that must fail, and no others.
    pub(super) fails: &'static [CheckId],
    pub(super) end: End,
}

pub(super) const fn case(what: What, fails: &'static [CheckId], end: End) -> Case {
    Case {
        service: AT_HOME,
        before: Before::Nothing,
        what,
        fails,
        end,
    }
}

const ARRIVES: End = End::Ready { arrives: true };
const STAYS_OUT: End = End::Ready { arrives: false };
const CRM: Source = Source::Database("crm-postgres", "crm-postgres");
const BOTH: &[LoadBalancerChange] = &[
    LoadBalancerChange::EnableCrossZone,
    LoadBalancerChange::StopEnforcingInboundRules,
];

pub(super) static MSK: &[Case] = &[
    case(What::Msk("events", By::SaslIam), &[], ARRIVES),
    case(What::Msk("events", By::SaslScram), &[], ARRIVES),
    case(What::Msk("telemetry", By::SaslIam), &[], ARRIVES),
    case(What::Msk("payments", By::SaslScram), &[], ARRIVES),
    case(
        What::Msk("payments", By::SaslIam),
        &[MskConnectionFree],
        End::Failed("another ClickPipes endpoint holds"),
    ),
    case(
        What::Msk("clicks", By::SaslIam),
        &[MskInstance],
        End::Stops("connectivity"),
    ),
    case(
        What::Msk("clicks", By::SaslScram),
        &[MskInstance, MskAuthentication, MskAcls],
        End::Stops("connectivity"),
    ),
    case(
        What::Msk("ledger", By::SaslIam),
        &[MskVersion],
        End::Stops("connectivity"),
    ),
    case(
        What::Msk("sessions", By::SaslIam),
        &[MskType],
        End::Stops("connectivity"),
    ),
    case(
        What::Msk("audit", By::SaslIam),
        &[MskType],
        End::Stops("connectivity"),
    ),
    case(
        What::Msk("metrics", By::SaslScram),
        &[MskAcls],
        End::Stops("connectivity"),
    ),
    case(
        What::Msk("metrics", By::SaslIam),
        &[MskAuthentication],
        End::Stops("connectivity"),
    ),
    Case {
        service: ABROAD,
        ..case(
            What::Msk("telemetry", By::SaslIam),
            &[ClickPipesRegion],
            End::Failed("there is no cluster"),
        )
    },
];

pub(super) static SERVICES: &[Case] = &[
    case(What::Made(CRM), &[], ARRIVES),
    Case {
        service: ABROAD,
        ..case(What::Made(CRM), &[], ARRIVES)
    },
    // The load balancer has an address of the subnet, and none of the groups that the database lets in.
    case(
        What::Made(Source::Database("inventory-postgres", "inventory-postgres")),
        &[SecurityGroupPath],
        End::Stops("targets"),
    ),
    case(What::Made(Source::Kafka(true)), &[], ARRIVES),
    case(
        What::Made(Source::Kafka(false)),
        &[CustomDnsPreview],
        STAYS_OUT,
    ),
    // On a load balancer that is there.
    case(What::OnBalancer("crm-postgres", CRM, BOTH), &[], ARRIVES),
    case(
        // Whose addresses its group has to let in, nobody tells: that is not known, and no failure.
        What::OnBalancer("crm-postgres", CRM, &[]),
        &[],
        STAYS_OUT,
    ),
    case(
        What::OnBalancer(
            "inventory-postgres",
            Source::Database("inventory-postgres", "inventory-postgres"),
            &[],
        ),
        &[TargetHealth, SecurityGroupPath],
        STAYS_OUT,
    ),
    case(
        What::OnBalancer(
            "payments-postgres",
            Source::Database("payments-postgres", "payments-postgres.cluster"),
            &[],
        ),
        &[TargetAddress],
        STAYS_OUT,
    ),
    case(
        What::OnBalancer(
            "ledger-on-premises",
            Source::Address("10.200.4.15", "5432", "ledger.corp.example"),
            &[],
        ),
        &[ListenerPort, TargetHealth],
        STAYS_OUT,
    ),
    case(
        What::OnBalancer("storefront-public", CRM, &[]),
        &[LoadBalancerScheme, TargetAddress],
        End::Stops("service"),
    ),
    // Another region.
    Case {
        service: ABROAD,
        before: Before::NoRightAbroad,
        ..case(
            What::OnBalancer("crm-postgres", CRM, BOTH),
            &[MultiRegionRight],
            End::Stops("service"),
        )
    },
    Case {
        service: ABROAD,
        ..case(
            What::OnBalancer(
                "inventory-postgres",
                Source::Database("inventory-postgres", "inventory-postgres"),
                &[],
            ),
            &[LoadBalancerZones, TargetHealth, SecurityGroupPath],
            End::Stops("service"),
        )
    },
    Case {
        service: ABROAD,
        ..case(
            What::OnService(
                "vpce-svc-0fc9b2f14c374eb45",
                Source::Address("10.20.2.90", "5432", "reports.internal.example"),
            ),
            &[IdleTimeout],
            End::Stops("region"),
        )
    },
    // On a service that is there.
    case(
        What::OnService(
            "vpce-svc-067154570d6ca8c45",
            Source::Database("billing-mysql", "billing-mysql"),
        ),
        &[],
        ARRIVES,
    ),
];
