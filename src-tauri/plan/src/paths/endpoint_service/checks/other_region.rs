//! Checks on regions: where `ClickPipes` run, and what AWS asks for where that is another region than the service's.

use std::collections::BTreeSet;

use super::{Subject, advice, check_again, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::observed::Observed;
use crate::paths::clickhouse::clickpipes;
use crate::paths::endpoint_service::choices::Extent;
use crate::paths::endpoint_service::standing::supported;
use crate::region::ClickPipesRegion;

/// Zones whose load balancers other regions cannot reach (PrivateLink Guide, "Cross-Region access").
pub(in crate::paths::endpoint_service) const LEFT_OUT: [&str; 5] = [
    "use1-az3",
    "usw1-az2",
    "apne1-az3",
    "apne2-az2",
    "apne2-az4",
];
/// The fewest zones of a service that other regions connect to (the same page).
const FEWEST_ZONES: usize = 2;

/// Where `ClickPipes` run: on this path any region will do, if the service supports it.
pub(super) fn clickpipes_region(subject: &Subject<'_>) -> Check {
    let id = CheckId::ClickPipesRegion;
    let own = &subject.facts.region.identity.region;
    let (clickpipes, mut evidence) =
        match clickpipes(subject.facts.clickhouse, &subject.choices.service) {
            Ok(known) => known,
            Err(check) => return *check,
        };
    evidence.push(format!("The endpoint service is in {own}."));
    match clickpipes {
        ClickPipesRegion::Region { region, why } => {
            evidence.push(why);
            if region == *own {
                passed(
                    id,
                    format!(
                        "The service's ClickPipes run in {region}, as the endpoint service does."
                    ),
                    evidence,
                )
            } else {
                elsewhere(subject, &region, evidence)
            }
        }
        ClickPipesRegion::NotOnAws { provider } => finding(
            id,
            Verdict::Failure,
            format!("The service runs on {provider}: AWS PrivateLink does not apply to it."),
            evidence,
            Some(advice(
                "Choose a service on AWS, or use the IP allow list or an SSH tunnel instead.",
            )),
        ),
        ClickPipesRegion::DependsOnDate {
            since,
            from_then_on,
            before,
        } => {
            evidence.push(format!(
                "ClickPipes run in {from_then_on} for services created on {since} or later, and in {before} for older \
                 ones."
            ));
            finding(
                id,
                Verdict::NotKnown,
                format!(
                    "Whether {from_then_on} or {before} has to be supported depends on the service's day of creation."
                ),
                evidence,
                Some(advice(
                    "Look up in ClickHouse when the service was created. Until then the run adds no region to the endpoint \
                     service.",
                )),
            )
        }
    }
}

fn elsewhere(subject: &Subject<'_>, region: &str, mut evidence: Vec<String>) -> Check {
    let id = CheckId::ClickPipesRegion;
    let service = subject.service();
    let Some(supported) = service.and_then(|it| supported(it, region)) else {
        if let (Extent::OnService { .. }, None) = (&subject.choices.extent, service) {
            return finding(
                id,
                Verdict::NotKnown,
                format!("Whether the endpoint service supports {region} is not known."),
                evidence,
                Some(check_again(
                    "Choose a service that is there, then check again.",
                )),
            );
        }
        evidence.push(format!("The run adds {region} to the service's regions."));
        return passed(
            id,
            format!(
                "The service's ClickPipes run in {region}, which the run makes the endpoint service support."
            ),
            evidence,
        );
    };
    let state = supported.state.as_deref();
    evidence.push(format!(
        "The service supports {region}: {}",
        state.unwrap_or("state not told")
    ));
    match state {
        // The words of a region are free text: their case is not to be relied upon.
        Some(other) if !other.eq_ignore_ascii_case("Available") => finding(
            id,
            Verdict::Warning,
            format!("The endpoint service supports {region}, but in state {other}."),
            evidence,
            Some(check_again(
                "Wait until the region is Available; if it is Closed, take it out of the service's regions and add it \
                 again. Then check again.",
            )),
        ),
        Some(_) | None => passed(
            id,
            format!(
                "The service's ClickPipes run in {region}, which the endpoint service supports."
            ),
            evidence,
        ),
    }
}

/// The region that the run adds to a service.
fn added(subject: &Subject<'_>) -> Option<String> {
    let region = subject.other_region.clone()?;
    let service = subject.service();
    let there = service.is_some_and(|it| supported(it, &region).is_some());
    (!there).then_some(region)
}

/// Whether the load balancers are in zones enough, and in such as another region can reach where one has to.
pub(super) fn zones(subject: &Subject<'_>) -> Check {
    let id = CheckId::LoadBalancerZones;
    let zones = match zone_ids(subject, id) {
        Ok(zones) => zones,
        Err(check) => return *check,
    };
    let evidence: Vec<String> = zones.iter().map(|zone| format!("Zone {zone}")).collect();
    match added(subject) {
        Some(region) => zones_for(&region, &zones, evidence),
        None => zones_at_home(&zones, evidence),
    }
}

/// In the service's own region an endpoint has to be in zones of the load balancer. In which `ClickPipes` make theirs
/// is not documented.
fn zones_at_home(zones: &BTreeSet<String>, mut evidence: Vec<String>) -> Check {
    let id = CheckId::LoadBalancerZones;
    evidence.push("An endpoint can only be in zones of the load balancer.".to_owned());
    if zones.len() < FEWEST_ZONES {
        return finding(
            id,
            Verdict::Warning,
            "The load balancer is in one zone only.",
            evidence,
            Some(advice(
                "Choose a subnet of one more zone, or a load balancer in more zones: if this zone fails, or ClickPipes \
                 cannot use it, nothing gets through.",
            )),
        );
    }
    passed(
        id,
        format!("The load balancer is in {} zones.", zones.len()),
        evidence,
    )
}

fn zones_for(region: &str, zones: &BTreeSet<String>, evidence: Vec<String>) -> Check {
    let id = CheckId::LoadBalancerZones;
    let mut left_out = zones
        .iter()
        .filter(|zone| LEFT_OUT.contains(&zone.as_str()));
    if let Some(zone) = left_out.next() {
        finding(
            id,
            Verdict::Failure,
            format!("{region} cannot connect to a load balancer in zone {zone}."),
            evidence,
            Some(advice(
                "Choose other subnets, or a load balancer in other zones: AWS leaves a few zones out of this.",
            )),
        )
    } else if zones.len() < FEWEST_ZONES {
        finding(
            id,
            Verdict::Failure,
            format!("{region} can connect only to a load balancer in at least two zones."),
            evidence,
            Some(advice(
                "Choose a subnet of one more zone, or a load balancer in more zones.",
            )),
        )
    } else {
        passed(
            id,
            format!(
                "The load balancer is in {} zones that {region} can reach.",
                zones.len()
            ),
            evidence,
        )
    }
}

/// The IDs of the zones: a load balancer tells only their names, which differ between accounts.
fn zone_ids(subject: &Subject<'_>, id: CheckId) -> Result<BTreeSet<String>, Box<Check>> {
    let wanted: BTreeSet<&String> = match &subject.choices.extent {
        Extent::Everything { subnet_ids, .. } => subnet_ids.iter().collect(),
        Extent::OnLoadBalancer { .. } | Extent::OnService { .. } => {
            let there = subject.load_balancers(id)?;
            there
                .iter()
                .flat_map(|it| it.zones.iter().map(|zone| &zone.subnet_id))
                .collect()
        }
    };
    let unread_subnets = |problem| {
        let headline = "The zones of the load balancer's subnets are not known.";
        let mut check = unread(id, headline, problem);
        check
            .evidence
            .extend(wanted.iter().map(|it| format!("Subnet {it}")));
        Box::new(check)
    };
    let Some(vpc) = subject.facts.vpc else {
        return Err(unread_subnets(None));
    };
    let Some(subnets) = vpc.subnets.known() else {
        return Err(unread_subnets(vpc.subnets.problem()));
    };
    let found: Vec<_> = subnets
        .iter()
        .filter(|it| wanted.contains(&it.id))
        .collect();
    if found.len() < wanted.len() {
        return Err(unread_subnets(None));
    }
    Ok(found
        .into_iter()
        .map(|it| it.availability_zone_id.clone())
        .collect())
}

/// Whether the account may let another region connect: a right of its own, that administrators lack too.
pub(super) fn right(subject: &Subject<'_>) -> Option<Check> {
    let id = CheckId::MultiRegionRight;
    let region = added(subject)?;
    let remedy = "Have vpce:AllowMultiRegion allowed for you, beside the rights of the IAM policy in the review: ec2:* does not \
         include it.";
    Some(match subject.facts.multi_region {
        Some(Observed::Known { value: true }) => passed(
            id,
            format!("You may let {region} connect."),
            vec!["A dry run with the region was answered with yes.".to_owned()],
        ),
        Some(Observed::Known { value: false }) => finding(
            id,
            Verdict::Failure,
            format!("You may not let {region} connect."),
            vec!["A dry run with the region was refused for want of a right.".to_owned()],
            Some(check_again(remedy)),
        ),
        Some(Observed::Unknown { problem }) => {
            let mut check = unread(
                id,
                format!("Whether you may let {region} connect is not known."),
                Some(problem),
            );
            check.remedy = Some(check_again(remedy));
            check
        }
        None => finding(
            id,
            Verdict::NotKnown,
            format!("Whether you may let {region} connect is not known."),
            vec![
                match subject.choices.extent {
                    Extent::Everything { .. } => {
                        "A dry run takes a load balancer, which is not there yet."
                    }
                    Extent::OnLoadBalancer { .. } | Extent::OnService { .. } => {
                        "No dry run was made."
                    }
                }
                .to_owned(),
            ],
            Some(advice(remedy)),
        ),
    })
}
