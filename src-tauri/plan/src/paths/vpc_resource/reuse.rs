//! What is there already and chosen to be built upon: a gateway, or a configuration with its gateway.
//!
//! Only what the account itself owns and no AWS service looks after can be: the lists hold gateways and
//! configurations that others share with the account too.

use super::choices::Extent;
use crate::facts::RegionFacts;
use crate::facts::lattice::{ResourceConfiguration, ResourceGateway};
use crate::names::{Field, FieldError};

/// What is built upon.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reuse<'a> {
    /// Nothing: gateway and configuration are made.
    Nothing,
    /// A gateway.
    Gateway(&'a ResourceGateway),
    /// A configuration, and its gateway where that was read.
    Configuration(&'a ResourceConfiguration, Option<&'a ResourceGateway>),
}

impl<'a> Reuse<'a> {
    /// What an extent names, out of the facts.
    pub(super) fn find(region: &'a RegionFacts, extent: &Extent) -> Result<Self, FieldError> {
        match extent {
            Extent::Everything { .. } => Ok(Self::Nothing),
            Extent::OnGateway { gateway_id, .. } => own_gateways(region)
                .find(|it| it.id == *gateway_id && !it.service_managed)
                .map(Self::Gateway)
                .ok_or_else(|| {
                    FieldError::new(
                        Field::Gateway,
                        "Choose a resource gateway of your own account from the list.",
                    )
                }),
            Extent::OnConfiguration { configuration_id } => own_configurations(region)
                .find(|it| it.id == *configuration_id)
                .and_then(|it| {
                    let gateway = standing_gateway(region, it).ok()?;
                    Some(Self::Configuration(it, gateway))
                })
                .ok_or_else(|| {
                    FieldError::new(
                        Field::Configuration,
                        "Choose a resource configuration of your own account from the list.",
                    )
                }),
        }
    }

    /// The gateway that is there already, where it was read.
    pub(super) fn gateway(&self) -> Option<&'a ResourceGateway> {
        match self {
            Self::Nothing => None,
            Self::Gateway(gateway) => Some(gateway),
            Self::Configuration(_, gateway) => *gateway,
        }
    }
}

/// The account's own gateways, managed ones included: their names count, those of gateways shared with the
/// account do not.
pub(super) fn own_gateways(region: &RegionFacts) -> impl Iterator<Item = &ResourceGateway> {
    let gateways = region.gateways.known().into_iter().flatten();
    gateways.filter(|it| is_own(&it.arn, &region.identity.account_id))
}

/// The account's own configurations.
pub(super) fn own_configurations(
    region: &RegionFacts,
) -> impl Iterator<Item = &ResourceConfiguration> {
    let configurations = region.configurations.known().into_iter().flatten();
    configurations.filter(|it| is_own(&it.arn, &region.identity.account_id))
}

/// A configuration's gateway, where it was read; an error where an AWS service manages it.
pub(super) fn standing_gateway<'a>(
    region: &'a RegionFacts,
    configuration: &ResourceConfiguration,
) -> Result<Option<&'a ResourceGateway>, Managed> {
    match gateway_of(region, configuration) {
        Some(gateway) if gateway.service_managed => Err(Managed),
        gateway => Ok(gateway),
    }
}

/// An AWS service manages the gateway: it is not built upon.
#[derive(Debug)]
pub(super) struct Managed;

/// A configuration's gateway, where it was read.
pub(super) fn gateway_of<'a>(
    region: &'a RegionFacts,
    configuration: &ResourceConfiguration,
) -> Option<&'a ResourceGateway> {
    let id = configuration.gateway_id.as_deref()?;
    region.gateways.known()?.iter().find(|it| it.id == id)
}

/// Whether an ARN names something of this account: `arn:<partition>:<service>:<region>:<account>:...`.
pub(super) fn is_own(arn: &str, account_id: &str) -> bool {
    arn.split(':').nth(4) == Some(account_id)
}
