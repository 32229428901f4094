//! What the host names of a reverse private endpoint stand for: its internal names, the custom private names
//! that are served for them, and the private names that its provider has.

use super::organization::{CustomPrivateDns, EndpointKind, ReversePrivateEndpoint};

/// Whether a name, which may begin with a wildcard for one label, stands for a host.
pub(crate) fn covers(name: &str, host: &str) -> bool {
    let wild = name.strip_prefix("*.").is_some_and(|suffix| {
        host.split_once('.')
            .is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(suffix))
    });
    wild || name.eq_ignore_ascii_case(host)
}

impl ReversePrivateEndpoint {
    /// The resource configurations that it reaches, each with its internal name. Only VPC resources have any.
    pub(crate) fn targets(&self) -> Vec<(&str, &str)> {
        if !matches!(self.kind, EndpointKind::VpcResource { .. }) {
            return Vec::new();
        }
        // The configuration is the second label of the name that AWS gives.
        let names = self.dns_names.iter().map(String::as_str);
        names
            .filter_map(|name| Some((name.split('.').nth(1)?, name)))
            .collect()
    }

    /// The custom private names that are served, each with the internal name behind it. One with a target is
    /// served once that target is there; one without, where it is clear what it means.
    pub(crate) fn served(&self) -> Vec<(&str, &str)> {
        self.custom_private_dns
            .iter()
            .filter_map(|it| Some((it.private_dns_name.as_str(), self.behind(it)?)))
            .collect()
    }

    fn behind(&self, mapping: &CustomPrivateDns) -> Option<&str> {
        match (&mapping.target_id, &self.dns_names[..]) {
            (Some(id), _) => {
                let targets = self.targets();
                targets.iter().find(|it| it.0 == id).map(|it| it.1)
            }
            (None, [only]) => Some(only),
            (None, _) => None,
        }
    }

    /// The internal name that the pipes of the service find under a host.
    pub(crate) fn internal_name(&self, host: &str) -> Option<&str> {
        let mut own = self.dns_names.iter();
        if let Some(own) = own.find(|it| it.eq_ignore_ascii_case(host)) {
            return Some(own);
        }
        let served = self.served();
        let exact = |it: &&(&str, &str)| it.0.eq_ignore_ascii_case(host);
        let found = served.iter().find(exact);
        let found = found.or_else(|| served.iter().find(|it| covers(it.0, host)));
        found.map(|it| it.1)
    }
}
