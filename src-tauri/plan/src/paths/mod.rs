//! The paths: each folder turns facts and choices into checks and a plan.

pub mod choices;
mod clickhouse;
pub mod endpoint_service;
mod findings;
pub mod lookup;
pub mod msk_multi_vpc;
mod own_names;
mod partition;
mod reach;
pub mod vpc_resource;
mod why;

use crate::names::FieldError;

/// Every field that breaks its rule, whichever path it is: what can be said without having read anything.
pub fn field_errors(choices: &choices::Choices) -> Vec<FieldError> {
    use choices::Choices;
    match choices {
        Choices::VpcResource(choices) => vpc_resource::field_errors(choices),
        Choices::MskMultiVpc(choices) => msk_multi_vpc::field_errors(choices),
        Choices::EndpointService(choices) => endpoint_service::field_errors(choices),
    }
}
