//! What is there already and chosen to be built upon.

use super::choices::{Choices, Extent};
use super::facts::Facts;
use crate::CLICKPIPES_ACCOUNT;
use crate::facts::load_balancing::{EndpointService, LoadBalancer, SupportedRegion};
use crate::names::load_balancing::private_dns_name;
use crate::names::{Field, FieldError};
use crate::problem::Problem;

/// What is built upon.
#[derive(Debug, Clone)]
pub(super) enum Standing<'a> {
    /// Everything is made.
    Nothing,
    /// A load balancer.
    LoadBalancer(&'a LoadBalancer),
    /// A service, with those of its load balancers that were read, by ARN.
    Service(&'a EndpointService, Vec<&'a LoadBalancer>),
}

impl<'a> Standing<'a> {
    /// What was chosen, or what is wrong with it.
    pub(super) fn find(facts: &Facts<'a>, extent: &Extent) -> Result<Self, FieldError> {
        match extent {
            Extent::Everything { .. } => Ok(Self::Nothing),
            Extent::OnLoadBalancer {
                load_balancer_arn, ..
            } => {
                let list = &facts.load_balancing.load_balancers;
                let found = list.known().into_iter().flatten();
                let mut found = found.filter(|it| it.arn == *load_balancer_arn);
                found.next().map(Self::LoadBalancer).ok_or_else(|| {
                    FieldError::new(
                        Field::LoadBalancer,
                        missing("a load balancer", list.problem()),
                    )
                })
            }
            Extent::OnService { service_id, .. } => {
                let list = &facts.load_balancing.endpoint_services;
                let found = list.known().into_iter().flatten();
                let mut found = found.filter(|it| it.id == *service_id);
                found
                    .next()
                    .map(|service| Self::Service(service, load_balancers_of(facts, service)))
                    .ok_or_else(|| {
                        FieldError::new(
                            Field::EndpointService,
                            missing("an endpoint service", list.problem()),
                        )
                    })
            }
        }
    }

    /// The load balancers that are there.
    pub(super) fn load_balancers(&self) -> &[&'a LoadBalancer] {
        match self {
            Self::Nothing => &[],
            Self::LoadBalancer(one) => std::slice::from_ref(one),
            Self::Service(_, several) => several,
        }
    }

    /// The service that is there.
    pub(super) fn service(&self) -> Option<&'a EndpointService> {
        match self {
            Self::Nothing | Self::LoadBalancer(_) => None,
            Self::Service(service, _) => Some(service),
        }
    }
}

fn missing(what: &str, problem: Option<&Problem>) -> String {
    match problem {
        Some(problem) => format!(
            "What there is could not be read, so that nothing can be built upon. {}",
            problem.headline()
        ),
        None => format!("Choose {what} from the list: this one was not found."),
    }
}

/// The load balancers of a service that were read, by ARN.
pub(super) fn load_balancers_of<'a>(
    facts: &Facts<'a>,
    service: &EndpointService,
) -> Vec<&'a LoadBalancer> {
    let mut found: Vec<&LoadBalancer> = facts
        .load_balancing
        .load_balancers
        .known()
        .into_iter()
        .flatten()
        .filter(|it| service.load_balancer_arns.contains(&it.arn))
        .collect();
    found.sort_by_key(|it| &it.arn);
    found
}

/// Whether a principal of a service is `ClickPipes`' account: AWS may write the account or its root.
pub(super) fn is_clickpipes(principal: &str) -> bool {
    let root = principal
        .strip_prefix("arn:aws:iam::")
        .and_then(|rest| rest.strip_suffix(":root"));
    root.unwrap_or(principal) == CLICKPIPES_ACCOUNT
}

/// A region from which endpoints may connect to a service, where it is among them.
pub(super) fn supported<'s>(
    service: &'s EndpointService,
    region: &str,
) -> Option<&'s SupportedRegion> {
    let mut regions = service.supported_regions.iter();
    regions.find(|it| it.region == region)
}

/// The name that the endpoint service itself gives to its endpoints: the verified one of a service that is there, or
/// the one that is chosen for a service that is made.
pub(super) fn given_name(service: Option<&EndpointService>, choices: &Choices) -> Option<String> {
    match service {
        Some(service) => {
            let given = service.private_dns.as_ref()?;
            given
                .is_verified()
                .then(|| given.private_dns_name.to_ascii_lowercase())
        }
        None => private_dns_name(&choices.private_dns_name).ok()?,
    }
}
