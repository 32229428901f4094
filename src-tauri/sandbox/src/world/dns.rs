//! The DNS records of the world: those that everybody sees, and those of a VPC's private zones, which only
//! its resolvers see. What a name stands for all in all is `names`'s to say.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// All names.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Dns {
    pub(crate) public: Vec<Entry>,
    pub(crate) private: Vec<PrivateZone>,
}

/// The names of one VPC's private zones.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PrivateZone {
    pub(crate) vpc_id: String,
    pub(crate) names: Vec<Entry>,
}

/// A name and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// In lower case, without a dot at its end.
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) addresses: Vec<IpAddr>,
    #[serde(default)]
    pub(crate) txt: Vec<String>,
}

impl Dns {
    /// What everybody sees.
    pub(crate) fn public(&self, name: &str) -> Option<&Entry> {
        find(&self.public, name)
    }

    /// What the VPC's private zones have.
    pub(crate) fn private(&self, vpc_id: &str, name: &str) -> Option<&Entry> {
        self.private
            .iter()
            .filter(|zone| zone.vpc_id == vpc_id)
            .find_map(|zone| find(&zone.names, name))
    }
}

/// DNS takes no notice of case, nor of the dot of the root.
fn find<'a>(names: &'a [Entry], wanted: &str) -> Option<&'a Entry> {
    let wanted = wanted.strip_suffix('.').unwrap_or(wanted);
    names.iter().find(|it| it.name.eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, last: u8) -> Entry {
        Entry {
            name: name.to_owned(),
            addresses: vec![IpAddr::from([10, 0, 0, last])],
            txt: Vec::new(),
        }
    }

    #[test]
    fn a_private_name_is_seen_in_its_vpc_only() {
        let dns = Dns {
            public: vec![entry("db.example.com", 1)],
            private: vec![PrivateZone {
                vpc_id: "vpc-1".to_owned(),
                names: vec![entry("db.example.com", 2), entry("db.internal.example", 3)],
            }],
        };
        let last = |found: Option<&Entry>| found.map(|it| it.addresses[0].to_string());
        assert_eq!(last(dns.public("DB.example.com.")), Some("10.0.0.1".into()));
        let inside = dns.private("vpc-1", "db.example.com");
        assert_eq!(last(inside), Some("10.0.0.2".into()));
        let inside = dns.private("vpc-1", "db.internal.example.");
        assert_eq!(last(inside), Some("10.0.0.3".into()));
        assert_eq!(dns.private("vpc-2", "db.example.com"), None);
        assert_eq!(dns.public("db.internal.example"), None);
    }
}
