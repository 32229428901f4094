//! What the admin picks, whichever path it is.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{endpoint_service, msk_multi_vpc, vpc_resource};
use crate::names::{self, FieldError};
use crate::step::PathKind;

/// The admin's picks for one of the three paths, complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "path", rename_all = "camelCase")]
pub enum Choices {
    /// VPC resource.
    VpcResource(vpc_resource::choices::Choices),
    /// MSK multi-VPC connectivity.
    MskMultiVpc(msk_multi_vpc::choices::Choices),
    /// VPC endpoint service.
    EndpointService(endpoint_service::choices::Choices),
}

impl Choices {
    /// Which of the three.
    pub fn path(&self) -> PathKind {
        match self {
            Self::VpcResource(_) => PathKind::VpcResource,
            Self::MskMultiVpc(_) => PathKind::MskMultiVpc,
            Self::EndpointService(_) => PathKind::EndpointService,
        }
    }

    /// Which ClickHouse service, and who creates the endpoint there.
    pub fn service(&self) -> &ServiceChoice {
        match self {
            Self::VpcResource(choices) => &choices.service,
            Self::MskMultiVpc(choices) => &choices.service,
            Self::EndpointService(choices) => &choices.service,
        }
    }
}

/// Which ClickHouse service, and who creates the endpoint there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "by", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ServiceChoice {
    /// With an API key: Pipelink creates it.
    Key {
        /// UUID.
        organization_id: String,
        /// UUID.
        service_id: String,
    },
    /// Without one: the admin pastes the values into ClickHouse.
    Hand {
        /// The service's AWS region.
        region: String,
        /// The day the service was created.
        #[cfg_attr(feature = "specta", specta(type = String))]
        created_on: Date,
    },
}

impl ServiceChoice {
    /// The field that breaks its rule, if one does.
    pub(super) fn check(&self) -> Result<(), FieldError> {
        match self {
            Self::Key {
                organization_id,
                service_id,
            } => names::cloud_id(organization_id).and_then(|()| names::cloud_id(service_id)),
            Self::Hand { region, .. } => names::service_region(region),
        }
    }
}
