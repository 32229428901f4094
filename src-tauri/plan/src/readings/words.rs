//! Small pieces of sentences that several readings share.

use crate::step::{MskAuthentication, MultiVpcSchemes};

/// "1 subnet", "3 subnets".
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

/// "a, b", or "none".
pub(super) fn listed(words: &[String]) -> String {
    if words.is_empty() {
        "none".to_owned()
    } else {
        words.join(", ")
    }
}

/// How MSK's console calls an authentication.
pub(super) fn authentication(authentication: MskAuthentication) -> &'static str {
    match authentication {
        MskAuthentication::SaslIam => "IAM",
        MskAuthentication::SaslScram => "SASL/SCRAM",
    }
}

/// The schemes that are on, as MSK's console calls them.
pub(super) fn schemes(schemes: MultiVpcSchemes) -> Vec<String> {
    [
        (schemes.iam, authentication(MskAuthentication::SaslIam)),
        (schemes.scram, authentication(MskAuthentication::SaslScram)),
        (schemes.tls, "mutual TLS"),
    ]
    .into_iter()
    .filter(|(on, _)| *on)
    .map(|(_, name)| name.to_owned())
    .collect()
}
