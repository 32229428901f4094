//! The private DNS name of an endpoint service, and the proof that its owner has the domain: a TXT record in
//! the public DNS, that AWS looks for when it is told to.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::aging::takes;
use super::dns::{Dns, Entry};
use super::ids;

/// How the value of the TXT record begins.
const VALUE_PREFIX: &str = "vpce:";

/// A private DNS name with its proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ServiceName {
    /// `kafka.example.com`, or `*.example.com`.
    pub(crate) name: String,
    pub(crate) state: NameState,
    /// When the verification under way ends.
    #[serde(default)]
    pub(crate) due: Option<Timestamp>,
    /// The first label of the TXT record: `_` and 20 characters.
    pub(crate) record: String,
    /// What the TXT record has to say.
    pub(crate) value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum NameState {
    PendingVerification,
    Verified,
    Failed,
}

impl ServiceName {
    /// A name that is not verified yet, with a record of its own.
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            state: NameState::PendingVerification,
            due: None,
            record: format!("_{}", ids::random(20)),
            value: format!("{VALUE_PREFIX}{}", ids::random(20)),
        }
    }

    /// The domain that has to be proven: a wildcard's is what stands below it.
    pub(crate) fn domain(&self) -> &str {
        self.name.strip_prefix("*.").unwrap_or(&self.name)
    }

    /// AWS begins to look for the record.
    pub(crate) fn start(&mut self, at: Timestamp) {
        self.state = NameState::PendingVerification;
        self.due = Some(at + takes::NAME_VERIFICATION);
    }

    /// AWS has looked.
    pub(crate) fn looked_up(&mut self, dns: &Dns) {
        self.due = None;
        self.state = if self.is_proven(dns) {
            NameState::Verified
        } else {
            NameState::Failed
        };
    }

    /// The record may be below the domain or below a parent of it, and with no label of its own where a DNS
    /// provider takes no underscore (AWS, "Manage DNS names for VPC endpoint services").
    fn is_proven(&self, dns: &Dns) -> bool {
        let mut domain = self.domain();
        // The last label alone is nobody's domain.
        while let Some((_, parent)) = domain.split_once('.') {
            let below = format!("{}.{domain}", self.record);
            let mut found = [below.as_str(), domain].into_iter();
            if found.any(|name| says(dns, name, &self.value)) {
                return true;
            }
            domain = parent;
        }
        false
    }
}

fn says(dns: &Dns, name: &str, value: &str) -> bool {
    let found = dns.public(name);
    found.is_some_and(|it| it.txt.iter().any(|text| text == value))
}

impl Dns {
    /// Publishes a TXT record in the public DNS, beside those that the name has.
    pub(crate) fn publish_txt(&mut self, name: &str, value: &str) {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        let there = self.public.iter_mut().find(|it| it.name == name);
        match there {
            Some(entry) if entry.txt.iter().any(|it| it == value) => {}
            Some(entry) => entry.txt.push(value.to_owned()),
            None => self.public.push(Entry {
                name,
                addresses: Vec::new(),
                txt: vec![value.to_owned()],
            }),
        }
    }

    /// Takes a TXT record out of the public DNS. A name of which nothing is left is gone.
    pub(crate) fn withdraw_txt(&mut self, name: &str, value: &str) {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        for entry in self.public.iter_mut().filter(|it| it.name == name) {
            entry.txt.retain(|it| it != value);
        }
        self.public
            .retain(|it| it.name != name || !(it.txt.is_empty() && it.addresses.is_empty()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verified(at: &str, name: &str) -> bool {
        let mut own = ServiceName::new(name);
        let mut dns = Dns::default();
        let record = at.replace("RECORD", &own.record);
        dns.publish_txt(&record, &own.value);
        own.looked_up(&dns);
        own.state == NameState::Verified
    }

    #[test]
    fn the_record_counts_at_the_domain_and_above_it_but_nowhere_else() {
        for good in [
            "RECORD.kafka.data.example.com",
            "RECORD.data.example.com",
            "RECORD.example.com",
            "kafka.data.example.com",
            "EXAMPLE.com.",
        ] {
            assert!(verified(good, "kafka.data.example.com"), "{good}");
        }
        for bad in [
            "RECORD.com",
            "com",
            "RECORD.b.kafka.data.example.com",
            "RECORD.other.example.com",
            "RECORD",
        ] {
            assert!(!verified(bad, "kafka.data.example.com"), "{bad}");
        }
        assert!(verified("RECORD.data.example.com", "*.data.example.com"));
    }

    #[test]
    fn another_value_or_none_fails() {
        let mut own = ServiceName::new("kafka.example.com");
        let mut dns = Dns::default();
        let record = format!("{}.kafka.example.com", own.record);
        dns.publish_txt(&record, "vpce:somebody-elses");
        own.looked_up(&dns);
        assert_eq!(own.state, NameState::Failed);
        dns.publish_txt(&record, &own.value.clone());
        own.looked_up(&dns);
        assert_eq!(own.state, NameState::Verified);
        dns.withdraw_txt(&record, &own.value.clone());
        own.looked_up(&dns);
        assert_eq!(own.state, NameState::Failed);
        dns.withdraw_txt(&record, "vpce:somebody-elses");
        assert_eq!(dns.public(&record), None);
    }
}
