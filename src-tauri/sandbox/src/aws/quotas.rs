//! Service Quotas: the quotas of VPC Lattice and RAM, with the names and codes that AWS's pages on them
//! give. Those that the sandbox enforces have the world's limits as their values.

use serde_json::{Value, json};

use super::{Act, Context, Outcome, members, number, page, text};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::Limits;

pub(super) fn meaning(operation: &str) -> Option<(bool, Act)> {
    match operation {
        "ListServiceQuotas" => Some((false, list)),
        "GetServiceQuota" => Some((false, get)),
        _ => None,
    }
}

/// Code of the quota of gateways in a VPC.
pub(super) const GATEWAYS_PER_VPC: &str = "L-0DCA4434";
/// Code of the quota of configurations in a region.
pub(super) const CONFIGURATIONS_PER_REGION: &str = "L-5FF8F9B9";
/// Code of the quota of children in a group.
pub(super) const CHILDREN_PER_GROUP: &str = "L-9BC96FEF";

struct Quota {
    code: &'static str,
    name: &'static str,
    value: fn(&Limits) -> usize,
}

const fn quota(code: &'static str, name: &'static str, value: fn(&Limits) -> usize) -> Quota {
    Quota { code, name, value }
}

const LATTICE: [Quota; 6] = [
    quota(
        CHILDREN_PER_GROUP,
        "Child Resource Configurations per Group Resource Configuration",
        |limits| limits.children_per_group,
    ),
    quota("L-73D0F278", "Domain Verifications per AWS Region", |_| 5),
    quota(
        "L-6095700C",
        "Resource Configurations per service network",
        |_| 500,
    ),
    quota(
        CONFIGURATIONS_PER_REGION,
        "Resource configurations per AWS Region",
        |limits| limits.configurations_per_region,
    ),
    quota(GATEWAYS_PER_VPC, "Resource gateways per VPC", |limits| {
        limits.gateways_per_vpc
    }),
    quota("L-9CAD07FB", "Service networks per region", |_| 50),
];

const RAM: [Quota; 4] = [
    quota("L-238C96EE", "Number of pending invitations", |_| 250),
    quota("L-8491BF81", "Number of principal associations", |_| 25_000),
    quota("L-4A6CEE66", "Number of resource associations", |_| 25_000),
    quota("L-595828F9", "Number of resource shares", |limits| {
        limits.shares_per_region
    }),
];

fn list(context: &mut Context<'_>, input: &Members) -> Outcome {
    let service = Service::asked_for(input)?;
    // A quota of a resource is not one of the account; these are all the account's.
    let level = text(input, "QuotaAppliedAtLevel").unwrap_or("ACCOUNT");
    let wanted = text(input, "QuotaCode");
    let quotas: Vec<Value> = service
        .quotas
        .iter()
        .filter(|_| level != "RESOURCE")
        .filter(|quota| wanted.is_none_or(|code| quota.code == code))
        .map(|quota| service.describe(context, quota))
        .collect();
    let size = number(input, "MaxResults").unwrap_or(100);
    let (quotas, next) = page::page(quotas, Some(size), text(input, "NextToken"), || {
        Failure::new(
            "InvalidPaginationTokenException",
            400,
            "The token is not valid.",
        )
    })?;
    Ok(members(json!({ "Quotas": quotas, "NextToken": next })))
}

fn get(context: &mut Context<'_>, input: &Members) -> Outcome {
    let service = Service::asked_for(input)?;
    let code = text(input, "QuotaCode").unwrap_or_default();
    let quota = service
        .quotas
        .iter()
        .find(|quota| quota.code == code)
        .ok_or_else(|| no_such(&format!("The quota {code} does not exist.")))?;
    Ok(members(
        json!({ "Quota": service.describe(context, quota) }),
    ))
}

struct Service {
    code: &'static str,
    name: &'static str,
    quotas: &'static [Quota],
}

impl Service {
    fn asked_for(input: &Members) -> Result<Self, Failure> {
        match text(input, "ServiceCode").unwrap_or_default() {
            "vpc-lattice" => Ok(Self {
                code: "vpc-lattice",
                name: "Amazon VPC Lattice",
                quotas: &LATTICE,
            }),
            "ram" => Ok(Self {
                code: "ram",
                name: "AWS Resource Access Manager (RAM)",
                quotas: &RAM,
            }),
            other => Err(no_such(&format!("The service {other} does not exist."))),
        }
    }

    fn describe(&self, context: &Context<'_>, quota: &Quota) -> Value {
        let (region, account) = (context.region, context.account());
        json!({
            "ServiceCode": self.code,
            "ServiceName": self.name,
            "QuotaArn":
                format!("arn:aws:servicequotas:{region}:{account}:{}/{}", self.code, quota.code),
            "QuotaCode": quota.code,
            "QuotaName": quota.name,
            "Value": (quota.value)(&context.world.limits),
            "Unit": "None",
            "Adjustable": true,
            "GlobalQuota": false,
            "QuotaAppliedAtLevel": "ACCOUNT",
        })
    }
}

fn no_such(message: &str) -> Failure {
    Failure::new("NoSuchResourceException", 400, message)
}
