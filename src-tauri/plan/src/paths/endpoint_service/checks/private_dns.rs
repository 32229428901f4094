//! The check on the private DNS name that an endpoint service gives to its endpoints.

use super::{Subject, advice, check_again, finding, passed};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::load_balancing::ServicePrivateDns;
use crate::names::load_balancing::{private_dns_name, refused_suffix};

pub(super) fn name(subject: &Subject<'_>) -> Option<Check> {
    let service = subject.service();
    match service {
        Some(service) => service.private_dns.as_ref().map(standing),
        None => match private_dns_name(&subject.choices.private_dns_name) {
            Ok(None) => None,
            Ok(Some(name)) => Some(new(subject, &name)),
            Err(wrong) => Some(finding(
                CheckId::PrivateDnsName,
                Verdict::Failure,
                "The private DNS name breaks its rule.",
                vec![wrong.rule],
                Some(advice("Change the name.")),
            )),
        },
    }
}

fn new(subject: &Subject<'_>, name: &str) -> Check {
    let id = CheckId::PrivateDnsName;
    let evidence = vec![
        format!("Private DNS name {name}"),
        "A service has one private DNS name at most.".to_owned(),
    ];
    let groups = subject.groups().len();
    if groups > 1 {
        return finding(
            id,
            Verdict::Failure,
            format!("{groups} services are made, and a name can lead to one of them only."),
            evidence,
            Some(advice("Leave the private DNS name empty.")),
        );
    }
    if let Some(suffix) = refused_suffix(name) {
        return finding(
            id,
            Verdict::Failure,
            format!(
                "{name} is in no public domain: nobody can prove to AWS that .{suffix} is theirs."
            ),
            evidence,
            Some(advice(
                "Use a name in a domain of your own that is in public DNS.",
            )),
        );
    }
    finding(
        id,
        Verdict::Warning,
        format!("The run waits until you have published a TXT record for {name}."),
        evidence,
        Some(advice(
            "Have somebody at hand who can change the domain's public DNS: the run shows the record, watches for it and then \
             has AWS verify it. A private zone does not count.",
        )),
    )
}

fn standing(private_dns: &ServicePrivateDns) -> Check {
    let id = CheckId::PrivateDnsName;
    let name = &private_dns.private_dns_name;
    let state = private_dns.state.as_deref();
    let mut evidence = vec![format!(
        "Private DNS name {name}: {}",
        state.unwrap_or("state not told")
    )];
    if let (Some(label), Some(value)) = (&private_dns.txt_name, &private_dns.txt_value) {
        evidence.push(format!("TXT record {label}.{name} with the value {value}"));
    }
    let is = |word: &str| state.is_some_and(|it| it.eq_ignore_ascii_case(word));
    if private_dns.is_verified() {
        return passed(
            id,
            format!("The service's private DNS name {name} is verified."),
            evidence,
        );
    }
    if is("pendingVerification") || is("failed") {
        return finding(
            id,
            Verdict::Warning,
            format!("The service's private DNS name {name} is not verified: it will not resolve."),
            evidence,
            Some(check_again(
                "Publish the TXT record in public DNS, below the name or a parent of it, and have AWS verify it, then check \
                 again. Or use the endpoint's own DNS names.",
            )),
        );
    }
    finding(
        id,
        Verdict::NotKnown,
        format!("Whether the service's private DNS name {name} is verified is not known."),
        evidence,
        Some(check_again(
            "Look at the service in the AWS console, then check again.",
        )),
    )
}
