//! Whether a gateway or a configuration that is there already fits the source: the rules of reuse, one finding a
//! rule. The network page offers by them, and a check holds them once more against fresh facts.

use super::lead::Lead;
use super::wanted::Wanted;
use crate::check::Verdict;
use crate::facts::RegionFacts;
use crate::facts::lattice::{
    AssociationKind, ResourceConfiguration, ResourceGateway, ResourceShare, ShareAssociation,
};
use crate::step::{Definition, DnsResolution};
use crate::{CLICKPIPES_ACCOUNT, step};

/// What came of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) verdict: Verdict,
    /// One sentence.
    pub(super) reason: String,
}

impl Finding {
    pub(super) fn new(verdict: Verdict, reason: impl Into<String>) -> Self {
        Self {
            verdict,
            reason: reason.into(),
        }
    }
}

/// The worst of the findings; the first of equals.
pub(super) fn worst(findings: &[Finding]) -> Option<&Finding> {
    findings.iter().min_by_key(|it| it.verdict)
}

/// What the source asks of a gateway.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish<'a> {
    pub(super) wanted: &'a Wanted,
    /// Where the name is to be looked up.
    pub(super) resolution: DnsResolution,
    /// Where the source is, or is reached from.
    pub(super) vpc_id: &'a str,
}

/// Whether a configuration of the source can be made on a gateway.
pub(super) fn gateway(
    region: &RegionFacts,
    gateway: &ResourceGateway,
    wish: Wish<'_>,
) -> Vec<Finding> {
    let place = if gateway.vpc_id == wish.vpc_id {
        Finding::new(
            Verdict::Passed,
            format!("Gateway {} is in {}.", gateway.id, gateway.vpc_id),
        )
    } else {
        Finding::new(
            Verdict::Failure,
            format!(
                "Gateway {} is in {}, and the source is reached from {}.",
                gateway.id, gateway.vpc_id, wish.vpc_id
            ),
        )
    };
    [
        Some(place),
        Some(status("Gateway", &gateway.id, &gateway.status)),
        resolution(region, gateway, wish),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether a share of a configuration leads to the source.
pub(super) fn configuration(
    region: &RegionFacts,
    configuration: &ResourceConfiguration,
    of: Option<&ResourceGateway>,
    wish: Wish<'_>,
) -> Vec<Finding> {
    let mut findings = vec![
        leads(configuration, wish.wanted),
        status("Configuration", &configuration.id, &configuration.status),
    ];
    match (of, &configuration.gateway_id) {
        (Some(of), _) => findings.extend(gateway(region, of, wish)),
        (None, Some(id)) => findings.push(Finding::new(
            Verdict::NotKnown,
            format!("Its gateway {id} was not read."),
        )),
        (None, None) => findings.push(Finding::new(
            Verdict::NotKnown,
            "AWS does not say which gateway it is on.",
        )),
    }
    findings
}

fn leads(configuration: &ResourceConfiguration, wanted: &Wanted) -> Finding {
    let id = &configuration.id;
    if wanted.is_group() {
        return Finding::new(
            Verdict::Failure,
            format!(
                "Several hosts get a group of their own: configuration {id} is not built upon."
            ),
        );
    }
    let Some(there) = &configuration.definition else {
        return Finding::new(
            Verdict::Failure,
            format!("Configuration {id} is of a type that does not lead to one source."),
        );
    };
    match wanted.lead(Some(there)) {
        Lead::There => Finding::new(
            Verdict::Passed,
            format!("Configuration {id} leads to the source."),
        ),
        Lead::OtherPorts => Finding::new(
            Verdict::Failure,
            format!(
                "Configuration {id} serves TCP {}, and TCP {} was entered.",
                ports(there.ports()),
                ports(&wanted.all_ports())
            ),
        ),
        Lead::Elsewhere => Finding::new(
            Verdict::Failure,
            format!("Configuration {id} leads to {}.", target(there)),
        ),
    }
}

fn status(what: &str, id: &str, status: &str) -> Finding {
    match status {
        "ACTIVE" => Finding::new(Verdict::Passed, format!("{what} {id} is ACTIVE.")),
        "CREATE_IN_PROGRESS" | "UPDATE_IN_PROGRESS" => Finding::new(
            Verdict::NotKnown,
            format!("{what} {id} is {status}: whether it becomes ACTIVE is not known yet."),
        ),
        other => Finding::new(
            Verdict::Failure,
            format!("{what} {id} is {other}: it has to be ACTIVE."),
        ),
    }
}

/// Where a gateway looks up names is fixed when it is made, and AWS takes a database by ARN only on one that
/// looks them up in public DNS (VPC Lattice documentation, "Resource gateways"). An address needs no look-up.
fn resolution(region: &RegionFacts, gateway: &ResourceGateway, wish: Wish<'_>) -> Option<Finding> {
    let id = &gateway.id;
    let wanted = wish.wanted.looked_up()?;
    let known = gateway
        .dns_resolution
        .or_else(|| carries_database(region, gateway).then_some(DnsResolution::Public));
    let Some(known) = known else {
        return match wanted {
            Definition::IpAddress { .. } => None,
            Definition::Database { .. } | Definition::DomainName { .. } => Some(Finding::new(
                Verdict::NotKnown,
                format!("Where gateway {id} looks up names, which is fixed, AWS does not say."),
            )),
        };
    };
    let (verdict, reason) = match (wanted, wish.resolution, known) {
        (Definition::IpAddress { .. }, ..) => return None,
        (Definition::Database { .. }, _, DnsResolution::Public) => (
            Verdict::Passed,
            format!("Gateway {id} looks up names in public DNS, as a database by ARN needs."),
        ),
        (Definition::Database { .. }, _, DnsResolution::InVpc) => (
            Verdict::Failure,
            format!(
                "Gateway {id} looks up names in the VPC, which is fixed: AWS takes no database by ARN on it."
            ),
        ),
        (Definition::DomainName { .. }, DnsResolution::Public, DnsResolution::Public) => (
            Verdict::Passed,
            format!("Gateway {id} looks up names in public DNS, as chosen."),
        ),
        (Definition::DomainName { .. }, DnsResolution::InVpc, DnsResolution::InVpc) => (
            Verdict::Passed,
            format!("Gateway {id} looks up names in the VPC, as chosen."),
        ),
        (Definition::DomainName { .. }, DnsResolution::InVpc, DnsResolution::Public) => (
            Verdict::Failure,
            format!(
                "Gateway {id} looks up names in public DNS, which is fixed: it does not find a private name."
            ),
        ),
        (Definition::DomainName { .. }, DnsResolution::Public, DnsResolution::InVpc) => (
            Verdict::Warning,
            format!(
                "Gateway {id} looks up names in the VPC, which is fixed: the answer may differ from public DNS."
            ),
        ),
    };
    Some(Finding::new(verdict, reason))
}

/// Whether a database by ARN is on a gateway, which tells where it looks up names even if AWS does not.
fn carries_database(region: &RegionFacts, gateway: &ResourceGateway) -> bool {
    region
        .configurations
        .known()
        .into_iter()
        .flatten()
        .any(|it| {
            it.gateway_id.as_deref() == Some(gateway.id.as_str())
                && matches!(it.definition, Some(Definition::Database { .. }))
        })
}

/// Shares of a configuration with ClickPipes' account, by ARN, and whether each has been accepted. Those that
/// failed or are being removed do not count.
pub(super) fn shares_of<'a>(
    region: &'a RegionFacts,
    configuration: &ResourceConfiguration,
) -> Vec<(&'a ResourceShare, bool)> {
    let mut shares: Vec<(&ResourceShare, bool)> = region
        .shares
        .known()
        .into_iter()
        .flatten()
        .filter_map(|share| {
            let clickpipes = lends_to_clickpipes(share, |arn| arn == configuration.arn)?;
            Some((share, clickpipes.status == "ASSOCIATED"))
        })
        .collect();
    shares.sort_by_key(|(share, _)| &share.arn);
    shares
}

/// The association of ClickPipes' account with a share through which it may use a resource now: the share and
/// both its ends are there, or come to be.
pub(super) fn lends_to_clickpipes(
    share: &ResourceShare,
    resource: impl Fn(&str) -> bool,
) -> Option<&ShareAssociation> {
    let end = |kind, is: &dyn Fn(&str) -> bool| {
        share
            .associations
            .iter()
            .find(|it| it.kind == kind && is(&it.entity) && holds(&it.status))
    };
    if !matches!(share.status.as_str(), "ACTIVE" | "PENDING") {
        return None;
    }
    end(AssociationKind::Resource, &resource)?;
    end(AssociationKind::Principal, &|entity| {
        entity == CLICKPIPES_ACCOUNT
    })
}

/// Whether an association is there, or comes to be.
fn holds(status: &str) -> bool {
    matches!(status, "ASSOCIATED" | "ASSOCIATING")
}

/// What a definition leads to, to be shown.
pub(super) fn target(definition: &Definition) -> String {
    match definition {
        Definition::Database { arn } => arn.clone(),
        Definition::DomainName { name, .. } => name.clone(),
        Definition::IpAddress { address, .. } => address.to_string(),
    }
}

fn ports(ranges: &[step::PortRange]) -> String {
    let ports: Vec<String> = ranges.iter().map(ToString::to_string).collect();
    ports.join(", ")
}
