//! Custom private DNS names: who may have them, what they may be, and that no two mean the same host.

use serde_json::Value;
use uuid::Uuid;

use super::Refusal;
use super::kind::is_configuration_id;
use crate::world::endpoint_names::covers;
use crate::world::organization::{CustomPrivateDns, EndpointKind, Service};

/// Suffixes that the product page refuses.
const PRIVATE_SUFFIXES: [&str; 5] = ["local", "localhost", "internal", "corp", "private"];

/// The names that a request gives an endpoint of the service, checked. `own` is the endpoint, where it is
/// there already.
pub(super) fn read(
    service: &Service,
    own: Option<Uuid>,
    kind: &EndpointKind,
    given: &Value,
) -> Result<Vec<CustomPrivateDns>, Refusal> {
    if given.is_null() {
        return Ok(Vec::new());
    }
    let names: Vec<CustomPrivateDns> = serde_json::from_value(given.clone())
        .map_err(|_| Refusal::bad_request("customPrivateDnsMappings is not valid"))?;
    if names.is_empty() {
        return Ok(names);
    }
    if matches!(kind, EndpointKind::MskMultiVpc { .. }) {
        let message = "customPrivateDnsMappings is not allowed for type MSK_MULTI_VPC";
        return Err(Refusal::bad_request(message));
    }
    if !service.custom_private_dns {
        let message = "Custom private DNS is in private preview and not enabled for this service.";
        return Err(Refusal::bad_request(message));
    }
    let others = service.endpoints.iter().filter(|it| Some(it.id) != own);
    let taken: Vec<&str> = others
        .flat_map(|it| &it.custom_private_dns)
        .map(|it| it.private_dns_name.as_str())
        .collect();
    for (index, mapping) in names.iter().enumerate() {
        let name = &mapping.private_dns_name;
        if !is_allowed(name) {
            let message = format!("privateDnsName {name} is not allowed");
            return Err(Refusal::bad_request(message));
        }
        let earlier = names[..index].iter().map(|it| it.private_dns_name.as_str());
        if earlier
            .chain(taken.iter().copied())
            .any(|it| overlap(it, name))
        {
            let message = format!("privateDnsName {name} is used already");
            return Err(Refusal::bad_request(message));
        }
        check_target(kind, mapping)?;
    }
    Ok(names)
}

/// Whether a configuration is there, only AWS knows: a name with a target that never comes is never served.
fn check_target(kind: &EndpointKind, mapping: &CustomPrivateDns) -> Result<(), Refusal> {
    match (&mapping.target_id, kind) {
        (None, _) => Ok(()),
        (Some(id), EndpointKind::VpcResource { .. }) if is_configuration_id(id) => Ok(()),
        (Some(id), EndpointKind::VpcResource { .. }) => Err(Refusal::bad_request(format!(
            "targetId {id} is not the ID of a resource configuration"
        ))),
        (Some(_), _) => Err(Refusal::bad_request(
            "targetId is only allowed for type VPC_RESOURCE",
        )),
    }
}

/// A host name of two labels or more that the public DNS could have; its first label may be a wildcard.
fn is_allowed(name: &str) -> bool {
    let host = name.strip_prefix("*.").unwrap_or(name);
    let label = |it: &str| {
        (1..=63).contains(&it.len())
            && !it.starts_with('-')
            && !it.ends_with('-')
            && it
                .bytes()
                .all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_private = PRIVATE_SUFFIXES
        .iter()
        .any(|it| it.eq_ignore_ascii_case(last));
    name.len() <= 253 && host.contains('.') && host.split('.').all(label) && !is_private
}

/// Whether two names can mean the same host.
fn overlap(one: &str, other: &str) -> bool {
    covers(one, other) || covers(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wildcard_covers_one_label() {
        for (one, other, both) in [
            ("*.example.com", "db.example.com", true),
            ("db.example.com", "*.EXAMPLE.com", true),
            ("*.example.com", "*.example.com", true),
            ("*.example.com", "a.db.example.com", false),
            ("*.example.com", "*.db.example.com", false),
            ("*.example.com", "example.com", false),
            ("db.example.com", "db.example.org", false),
        ] {
            assert_eq!(overlap(one, other), both, "{one} {other}");
        }
    }

    #[test]
    fn names_that_the_public_dns_cannot_have_are_refused() {
        for good in ["db.example.com", "*.example.com", "b-1.events.example.co"] {
            assert!(is_allowed(good), "{good}");
        }
        for bad in [
            "",
            "db",
            "*.com",
            "db.CORP",
            "db.example.internal",
            "a.*.example.com",
            "*",
            "-db.example.com",
            "db..example.com",
            "db.example.com.",
            "db example.com",
        ] {
            assert!(!is_allowed(bad), "{bad}");
        }
    }
}
