//! Checks on how clients prove who they are: the chosen scheme, ACLs, and clients that prove nothing.

use super::{Subject, check_again, finding, other, passed, unread, word};
use crate::check::{Check, CheckId, Verdict};
use crate::step::{MskAuthentication, MultiVpcSchemes};

pub(super) fn enabled(subject: &Subject<'_>) -> Check {
    let mut check = takes(subject);
    if let Ok((_, provisioned)) = subject.provisioned(check.id) {
        let connectivity = match provisioned.multi_vpc {
            MultiVpcSchemes {
                iam: false,
                scram: false,
                tls: false,
            } => "Multi-VPC connectivity is off.".to_owned(),
            on => format!("Multi-VPC connectivity is on for {}.", listed(on)),
        };
        check.evidence.insert(1, connectivity);
    }
    check
}

/// Whether the cluster takes the chosen authentication, over TLS: that much is asked on every path to its brokers.
pub(super) fn takes(subject: &Subject<'_>) -> Check {
    let id = CheckId::MskAuthentication;
    let (cluster, provisioned) = match subject.provisioned(id) {
        Ok(known) => known,
        Err(check) => return *check,
    };
    let name = &cluster.name;
    let wanted = word(subject.authentication);
    let mut evidence = vec![format!(
        "Cluster {name} takes {}.",
        listed(provisioned.schemes)
    )];
    evidence.extend(
        provisioned
            .client_encryption
            .as_ref()
            .map(|it| format!("Encryption between client and broker: {it}")),
    );
    if !provisioned.schemes.has(subject.authentication) {
        let alternative = other(subject.authentication);
        return finding(
            id,
            Verdict::Failure,
            format!("Cluster {name} does not take {wanted}."),
            evidence,
            Some(check_again(if provisioned.schemes.has(alternative) {
                format!(
                    "Choose {}, which is on, or turn {wanted} on under the cluster's security settings, then check again.",
                    word(alternative)
                )
            } else {
                format!(
                    "Turn {wanted} on under the cluster's security settings, then check again. AWS updates all brokers \
                     for it."
                )
            })),
        );
    }
    if provisioned.client_encryption.as_deref() == Some("PLAINTEXT") {
        return finding(
            id,
            Verdict::Failure,
            format!("Cluster {name} takes no TLS from its clients."),
            evidence,
            Some(check_again(
                "Turn on TLS between clients and brokers under the cluster's security settings, then check again.",
            )),
        );
    }
    passed(id, format!("Cluster {name} takes {wanted}."), evidence)
}

/// The property, and its value where a configuration does not set it.
const ACL_PROPERTY: &str = "allow.everyone.if.no.acl.found";

pub(super) fn acls(subject: &Subject<'_>) -> Check {
    let id = CheckId::MskAcls;
    if subject.authentication == MskAuthentication::SaslIam {
        return passed(
            id,
            "With IAM, Kafka's ACLs do not matter.",
            vec!["The policy of whoever connects decides.".to_owned()],
        );
    }
    let (cluster, provisioned) = match subject.provisioned(id) {
        Ok(known) => known,
        Err(check) => return *check,
    };
    let Some(configuration) = subject.msk.configuration.known() else {
        return unread(
            id,
            "The cluster's configuration could not be read.",
            subject.msk.configuration.problem(),
        );
    };
    let (value, line) = match configuration {
        None => (
            None,
            format!(
                "Cluster {} has no configuration of its own: AWS's default is true.",
                cluster.name
            ),
        ),
        Some(text) => {
            let called = provisioned
                .configuration
                .as_ref()
                .map_or_else(String::new, |(arn, revision)| {
                    format!(" {arn}, revision {revision}")
                });
            match property(text, ACL_PROPERTY) {
                Some(value) => (
                    Some(value),
                    format!("Configuration{called}: {ACL_PROPERTY}={value}"),
                ),
                None => (
                    None,
                    format!(
                        "Configuration{called} does not set {ACL_PROPERTY}: AWS's default is true."
                    ),
                ),
            }
        }
    };
    if value.is_some_and(|it| it.eq_ignore_ascii_case("false")) {
        return passed(
            id,
            "Whoever has no ACL is refused, as AWS wants it for SCRAM.",
            vec![line],
        );
    }
    finding(
        id,
        Verdict::Failure,
        "Whoever has no ACL is let in, with which AWS does not turn on multi-VPC connectivity for SCRAM.",
        vec![line],
        Some(check_again(format!(
            "Give every client its ACLs first, then set {ACL_PROPERTY}=false in the cluster's configuration, and check \
             again. Or choose IAM."
        ))),
    )
}

/// The value of a key in a Java properties file; the last one counts.
fn property<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.starts_with(['#', '!']))
        .filter_map(|line| {
            let rest = line.strip_prefix(key)?;
            let value = rest.trim_start();
            let value = match value.strip_prefix(['=', ':']) {
                Some(value) => value,
                // A blank separates too; anything else is a longer key.
                None if rest.starts_with(char::is_whitespace) => value,
                None => return None,
            };
            Some(value.trim())
        })
        .next_back()
}

pub(super) fn unauthenticated(subject: &Subject<'_>) -> Check {
    let id = CheckId::MskUnauthenticated;
    let (cluster, provisioned) = match subject.provisioned(id) {
        Ok(known) => known,
        Err(check) => return *check,
    };
    let name = &cluster.name;
    if provisioned.unauthenticated {
        return finding(
            id,
            Verdict::Failure,
            format!("Cluster {name} takes clients without authentication."),
            vec!["Unauthenticated access: on".to_owned()],
            Some(check_again(
                "Turn unauthenticated access off under the cluster's security settings, once no client uses it, then \
                 check again.",
            )),
        );
    }
    passed(
        id,
        format!("Cluster {name} takes no clients without authentication."),
        vec!["Unauthenticated access: off".to_owned()],
    )
}

/// Such as "IAM and SCRAM", or "nothing".
pub(in crate::paths::msk_multi_vpc) fn listed(schemes: MultiVpcSchemes) -> String {
    let on: Vec<&str> = [
        (schemes.iam, "IAM"),
        (schemes.scram, "SCRAM"),
        (schemes.tls, "mutual TLS"),
    ]
    .into_iter()
    .filter_map(|(on, word)| on.then_some(word))
    .collect();
    match on[..] {
        [] => "nothing".to_owned(),
        [one] => one.to_owned(),
        [first, second] => format!("{first} and {second}"),
        _ => on.join(", "),
    }
}
