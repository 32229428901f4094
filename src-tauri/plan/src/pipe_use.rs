//! Which `ClickPipe` goes through which reverse private endpoint: said by the API, or inferred from a host.
//!
//! Only Kafka pipes name their endpoints; Postgres and `MySQL` pipes name a host, which DNS leads to one.

use crate::facts::clickhouse::{ClickPipe, ReversePrivateEndpoint};

/// How it is known that a pipe uses an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PipeUse {
    /// The pipe names the endpoint by its ID.
    Named,
    /// It connects to one of the endpoint's names: inferred.
    ByHost,
}

/// Whether, and how known, a pipe uses an endpoint.
pub fn pipe_use(pipe: &ClickPipe, endpoint: &ReversePrivateEndpoint) -> Option<PipeUse> {
    let names = endpoint.dns_names.iter().chain(&endpoint.private_dns_names);
    if pipe.endpoint_ids.contains(&endpoint.id) {
        Some(PipeUse::Named)
    } else if connects_to(pipe, names) {
        Some(PipeUse::ByHost)
    } else {
        None
    }
}

/// Whether a pipe connects to one of these names. A name may stand for one label with `*` (ClickHouse
/// documentation, custom private DNS).
pub fn connects_to<'a>(pipe: &ClickPipe, names: impl IntoIterator<Item = &'a String>) -> bool {
    names
        .into_iter()
        .any(|name| pipe.hosts.iter().any(|host| is_named(host, name)))
}

pub(crate) fn is_named(host: &str, name: &str) -> bool {
    let bare = |name: &str| name.trim_end_matches('.').to_ascii_lowercase();
    let (host, name) = (bare(host), bare(name));
    match name.strip_prefix("*.") {
        Some(parent) => host
            .split_once('.')
            .is_some_and(|(label, rest)| !label.is_empty() && rest == parent),
        None => host == name,
    }
}

#[cfg(test)]
mod tests {
    use super::is_named;

    #[test]
    fn a_host_is_matched_to_a_name_or_to_one_label_of_a_wildcard() {
        assert!(is_named("DB.Example.com.", "db.example.com"));
        assert!(is_named("b-1.example.com", "*.example.com"));
        assert!(!is_named("a.b-1.example.com", "*.example.com"));
        assert!(!is_named("example.com", "*.example.com"));
        assert!(!is_named(".example.com", "*.example.com"));
        assert!(!is_named("db.example.org", "db.example.com"));
    }
}
