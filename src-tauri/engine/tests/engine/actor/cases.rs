//! The plans, each with the checks that must fail and with what must become of it: together they reach every
//! verdict that the actor comes to without somebody else in between.

use pipelink_plan::check::CheckId::{
    self, ClickPipesRegion, DatabaseAvailable, FreeBlocks, Names, NetworkAcls, NotPublic,
    ReuseFits, SameVpc, SecurityGroupPath, SubnetOwner,
};
use pipelink_plan::step::DnsResolution;

/// What is to be reached, by its name in the default scenario; names and addresses from the VPC `prod`.
#[derive(Debug, Clone, Copy)]
pub(super) enum From {
    Database(&'static str),
    Name(&'static str, DnsResolution),
    Address(&'static str),
}

/// What is made; subnets, groups and things that are there by name.
#[derive(Debug, Clone, Copy)]
pub(super) enum On {
    /// A gateway as the network page proposes it.
    Proposed,
    /// A gateway in these subnets, with this group.
    Subnets(&'static [&'static str], &'static str),
    /// A gateway with a name of its own.
    Named(&'static str),
    Gateway(&'static str),
    Configuration(&'static str),
}

/// What happens in the account before the checks look at it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Before {
    Nothing,
    /// Another operator does that.
    Act(&'static str),
    /// A change of inventory-gateway fails.
    GatewayFails,
    /// A run's configuration cannot be deleted.
    ConfigurationFails,
}

/// What becomes of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Ready {
        arrives: bool,
    },
    /// ClickHouse made the endpoint, and it failed for this reason.
    Failed(&'static str),
    /// AWS refused at this step.
    Refused(&'static str),
}

pub(super) struct Case {
    pub(super) region: &'static str,
    pub(super) service: &'static str,
    pub(super) before: Before,
    pub(super) from: From,
    pub(super) on: On,
    /// The checks that must fail, and no others.
    pub(super) fails: &'static [CheckId],
    pub(super) end: End,
}

pub(super) const ARRIVES: End = End::Ready { arrives: true };
const STAYS_OUT: End = End::Ready { arrives: false };
const OTHER_REGION: &str = "is not in the ClickPipes region";
const NO_BLOCK: &str = "has no free /28 block";
const NO_GATEWAY: &str = "the resource gateway does not exist or is not active";
const NO_CONFIGURATION: &str = "the resource configuration does not exist or is not active";

/// A plan for `orders-analytics` in `us-east-1`, in the account as it is.
pub(super) const fn case(from: From, on: On, fails: &'static [CheckId], end: End) -> Case {
    Case {
        region: "us-east-1",
        service: "orders-analytics",
        before: Before::Nothing,
        from,
        on,
        fails,
        end,
    }
}

pub(super) const ORDERS: From = From::Database("orders-postgres");
const GROUP: &str = "clickpipes-gateway";
const IN_DATA: &[&str] = &["prod-data-1a", "prod-data-1b"];

pub(super) static CASES: &[Case] = &[
    // Whose pipes are where.
    case(ORDERS, On::Proposed, &[], ARRIVES),
    Case {
        service: "payments-reporting",
        ..case(
            ORDERS,
            On::Proposed,
            &[ClickPipesRegion],
            End::Failed(OTHER_REGION),
        )
    },
    Case {
        service: "marketing",
        ..case(
            ORDERS,
            On::Proposed,
            &[ClickPipesRegion],
            End::Refused("endpoint"),
        )
    },
    Case {
        region: "us-east-2",
        service: "payments-reporting",
        ..case(
            From::Database("warehouse-postgres"),
            On::Proposed,
            &[],
            ARRIVES,
        )
    },
    // What a database is like.
    case(
        From::Database("storefront-postgres"),
        On::Proposed,
        &[NotPublic],
        End::Refused("configuration"),
    ),
    case(
        From::Database("staging-postgres"),
        On::Proposed,
        &[DatabaseAvailable],
        End::Refused("configuration"),
    ),
    case(
        From::Database("insights-postgres"),
        On::Proposed,
        &[],
        ARRIVES,
    ),
    case(
        From::Database("payments-postgres"),
        On::Proposed,
        &[],
        ARRIVES,
    ),
    Case {
        before: Before::Act("stop-database payments-postgres"),
        ..case(
            From::Database("payments-postgres"),
            On::Configuration("payments-postgres"),
            &[DatabaseAvailable],
            STAYS_OUT,
        )
    },
    // Room in the subnets: for the gateway and not for the endpoint; for neither; not known.
    case(
        ORDERS,
        On::Subnets(&["prod-small-1b"], GROUP),
        &[FreeBlocks],
        End::Failed(NO_BLOCK),
    ),
    Case {
        before: Before::Act("take-blocks subnet-08482c611911e929f"),
        ..case(
            ORDERS,
            On::Subnets(&["prod-data-1a", "prod-small-1b"], GROUP),
            &[FreeBlocks],
            End::Refused("gateway"),
        )
    },
    case(
        ORDERS,
        On::Subnets(&["prod-tiny-1c"], GROUP),
        &[],
        End::Refused("gateway"),
    ),
    case(
        From::Database("crm-postgres"),
        On::Configuration("crm-postgres"),
        &[],
        End::Failed(NO_BLOCK),
    ),
    // Whose the subnets are.
    case(
        ORDERS,
        On::Subnets(&["analytics-1a"], GROUP),
        &[SameVpc],
        End::Refused("gateway"),
    ),
    case(
        From::Database("ledger-postgres"),
        On::Subnets(&["platform-shared-1a"], "ledger-db"),
        &[SubnetOwner],
        End::Refused("gateway"),
    ),
    // The way to the port, which nobody looks at but the checks.
    case(
        From::Database("billing-mysql"),
        On::Subnets(IN_DATA, GROUP),
        &[SecurityGroupPath],
        STAYS_OUT,
    ),
    case(
        ORDERS,
        On::Subnets(&["prod-data-1a"], "locked-down"),
        &[SecurityGroupPath],
        STAYS_OUT,
    ),
    case(
        ORDERS,
        On::Subnets(&["prod-public-1a"], GROUP),
        &[NetworkAcls],
        STAYS_OUT,
    ),
    // What is there already.
    case(ORDERS, On::Gateway("data-gateway"), &[], ARRIVES),
    case(
        From::Database("inventory-postgres"),
        On::Configuration("inventory-postgres"),
        &[],
        ARRIVES,
    ),
    case(
        ORDERS,
        On::Gateway("internal-names-gateway"),
        &[ReuseFits],
        End::Refused("configuration"),
    ),
    case(
        ORDERS,
        On::Named("data-gateway"),
        &[Names],
        End::Refused("gateway"),
    ),
    Case {
        before: Before::GatewayFails,
        ..case(
            From::Database("inventory-postgres"),
            On::Configuration("inventory-postgres"),
            &[SecurityGroupPath, ReuseFits],
            End::Failed(NO_GATEWAY),
        )
    },
    Case {
        before: Before::ConfigurationFails,
        ..case(
            ORDERS,
            On::Configuration("orders-postgres-clickpipes"),
            &[ReuseFits],
            End::Failed(NO_CONFIGURATION),
        )
    },
    // Other sources than databases.
    case(
        From::Name("reports.internal.example", DnsResolution::InVpc),
        On::Configuration("reports"),
        &[],
        ARRIVES,
    ),
    // The name is the VPC's own: seen from here, that it is not found can only be a warning.
    case(
        From::Name("orders.internal.example", DnsResolution::Public),
        On::Subnets(IN_DATA, GROUP),
        &[],
        STAYS_OUT,
    ),
    case(
        From::Name("orders.internal.example", DnsResolution::InVpc),
        On::Subnets(IN_DATA, GROUP),
        &[],
        ARRIVES,
    ),
    case(
        From::Address("10.20.1.10"),
        On::Subnets(IN_DATA, GROUP),
        &[],
        ARRIVES,
    ),
];
