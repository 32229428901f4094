//! The check on the domain name: it resolves where the gateway will look it up, to something it can reach.
//!
//! Only this computer's resolver can be asked. It is neither public DNS nor the VPC's own, so that its answer is
//! evidence, and proves nothing: no name passes, and none fails.

use std::net::{IpAddr, Ipv4Addr};

use super::place::in_vpc;
use super::together::together;
use super::{Subject, advice, check_again, finding, first_lines, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::names;
use crate::observed::Observed;
use crate::paths::lookup;
use crate::paths::vpc_resource::planning::resolution;
use crate::paths::vpc_resource::wanted::Wanted;
use crate::problem::Remedy;
use crate::readings::shell;
use crate::step::{Definition, DnsResolution};

pub(super) fn resolves(subject: &Subject<'_>) -> Check {
    let id = CheckId::NameResolves;
    let wanted = match subject.wanted(id) {
        Ok(wanted) => wanted,
        Err(check) => return *check,
    };
    let names: Vec<&str> = wanted.names().collect();
    if names.is_empty() {
        return nothing_to_look_up(wanted);
    }
    let each = names.into_iter().map(|name| match looked_up_in(subject) {
        DnsResolution::Public => publicly(subject, name),
        DnsResolution::InVpc => privately(subject, name),
    });
    together(each.collect()).unwrap_or_else(|| subject.no_source(id))
}

fn nothing_to_look_up(wanted: &Wanted) -> Check {
    let id = CheckId::NameResolves;
    let addresses: Vec<String> = wanted
        .definitions
        .iter()
        .filter_map(|it| match it {
            Definition::IpAddress { address, .. } => Some(address.to_string()),
            Definition::Database { .. } | Definition::DomainName { .. } => None,
        })
        .collect();
    if addresses.is_empty() {
        return passed(
            id,
            "AWS finds the database by its ARN.",
            vec!["No domain name was entered.".to_owned()],
        );
    }
    passed(id, "An address needs no look-up.", first_lines(addresses))
}

/// Where the gateway looks names up: as it does already, or as it is made to.
fn looked_up_in(subject: &Subject<'_>) -> DnsResolution {
    subject
        .reuse
        .as_ref()
        .ok()
        .and_then(|reuse| reuse.gateway()?.dns_resolution)
        .unwrap_or_else(|| resolution(&subject.choices.source))
}

fn publicly(subject: &Subject<'_>, name: &str) -> Check {
    let id = CheckId::NameResolves;
    let addresses = match lookup::of(subject.lookups, name) {
        Some(Observed::Known { value }) => value,
        Some(Observed::Unknown { problem }) => {
            return unread(
                id,
                format!("{name} could not be looked up from this computer."),
                Some(problem),
            );
        }
        None => {
            return finding(
                id,
                Verdict::NotKnown,
                format!("{name} was not looked up."),
                Vec::new(),
                Some(check_again("Check again.")),
            );
        }
    };
    let mut evidence = vec![seen(name, addresses)];
    if addresses.is_empty() {
        return finding(
            id,
            Verdict::Warning,
            format!("{name} does not resolve from this computer."),
            vec![MAY_DIFFER.to_owned()],
            Some(ask_publicly(
                name,
                "Correct the name if it is misspelt. If it exists in the VPC only, choose look-up in the VPC, which takes \
                 a gateway made for it. Go on as it is only if a public resolver answers with an IPv4 address.",
            )),
        );
    }
    evidence.push(MAY_DIFFER.to_owned());
    let found = sort(subject, addresses);
    let vpc_id = &subject.vpc.vpc_id;
    if found.usable() == 0 {
        return finding(
            id,
            Verdict::Warning,
            format!(
                "From this computer {name} resolves to no IPv4 address that a gateway can reach."
            ),
            evidence,
            Some(ask_publicly(
                name,
                "Use a name that resolves to IPv4 addresses: AWS does not support public IPv6 targets. Go on as it is only \
                 if a public resolver answers with one.",
            )),
        );
    }
    if !found.public.is_empty() {
        return finding(
            id,
            Verdict::Warning,
            format!(
                "From this computer {name} resolves to a public address: {}.",
                join(&found.public)
            ),
            evidence,
            Some(advice(
                "Make sure that the gateway's subnets have a route through a NAT gateway. A source with a public address \
                 can also be reached without PrivateLink, through the IP allow list.",
            )),
        );
    }
    if !found.private.is_empty() && subject.vpc.subnets.problem().is_some() {
        return unread(
            id,
            format!("Whether {name} resolves to an address in the VPC is not known."),
            subject.vpc.subnets.problem(),
        );
    }
    if !found.private.is_empty() {
        return finding(
            id,
            Verdict::Warning,
            format!(
                "From this computer {name} resolves to an address outside of {vpc_id}: {}.",
                join(&found.private)
            ),
            evidence,
            Some(ask_publicly(
                name,
                "Make sure that the gateway's subnets have a route there, such as a peering connection or a VPN, and that \
                 a public resolver answers with the same address.",
            )),
        );
    }
    finding(
        id,
        Verdict::NotKnown,
        format!(
            "From this computer {name} resolves to an address in {vpc_id}: whether public DNS says the same is not known."
        ),
        evidence,
        Some(ask_publicly(
            name,
            "Make sure that a public resolver answers with the same address. If it does not, choose look-up in the VPC, \
             which takes a gateway made for it.",
        )),
    )
}

/// Why what this computer is told is not taken for what public DNS says.
const MAY_DIFFER: &str = "This computer's resolver is not public DNS: it may know private names, as on a VPN, and may \
                          withhold private addresses.";

/// Advice that a look-up past this computer's own resolver bears out or refutes.
fn ask_publicly(name: &str, text: &str) -> Remedy {
    Remedy {
        command: Some(format!(
            "dig {} +short {} A",
            shell::quote("@<address of a public resolver>"),
            shell::quote(name)
        )),
        ..check_again(text)
    }
}

/// The VPC's own resolver cannot be asked from outside, and may answer otherwise than anybody else.
fn privately(subject: &Subject<'_>, name: &str) -> Check {
    let evidence = match lookup::of(subject.lookups, name) {
        Some(Observed::Known { value }) => vec![seen(name, value)],
        Some(Observed::Unknown { .. }) | None => Vec::new(),
    };
    finding(
        CheckId::NameResolves,
        Verdict::NotKnown,
        format!("What {name} resolves to in the VPC cannot be seen from here."),
        evidence,
        Some(Remedy {
            command: Some(format!("dig +short {} A", shell::quote(name))),
            ..advice(format!(
                "Look it up from an instance in {}: it has to answer with an IPv4 address.",
                subject.vpc.vpc_id
            ))
        }),
    )
}

fn seen(name: &str, addresses: &[IpAddr]) -> String {
    if addresses.is_empty() {
        return format!("From this computer {name} does not resolve.");
    }
    let mut addresses = addresses.to_vec();
    addresses.sort_unstable();
    addresses.dedup();
    format!(
        "From this computer {name} resolves to {}.",
        join(&addresses)
    )
}

/// IPv4 addresses, by where they are. Addresses of IPv6 and of no host are left out.
#[derive(Default)]
struct Found {
    inside: Vec<Ipv4Addr>,
    /// Private, and outside of the VPC.
    private: Vec<Ipv4Addr>,
    public: Vec<Ipv4Addr>,
}

impl Found {
    fn usable(&self) -> usize {
        self.inside.len() + self.private.len() + self.public.len()
    }
}

fn sort(subject: &Subject<'_>, addresses: &[IpAddr]) -> Found {
    let mut addresses: Vec<Ipv4Addr> = addresses
        .iter()
        .filter_map(|address| match address {
            IpAddr::V4(address) => Some(*address),
            IpAddr::V6(_) => None,
        })
        .collect();
    addresses.sort_unstable();
    addresses.dedup();
    let mut found = Found::default();
    for address in addresses {
        let no_host = address.is_loopback()
            || address.is_unspecified()
            || address.is_link_local()
            || address.is_multicast()
            || address.is_broadcast();
        if no_host {
            continue;
        }
        if in_vpc(subject, address) {
            found.inside.push(address);
        } else if names::is_private(address) {
            found.private.push(address);
        } else {
            found.public.push(address);
        }
    }
    found
}

fn join<T: ToString>(addresses: &[T]) -> String {
    let addresses: Vec<String> = addresses.iter().map(ToString::to_string).collect();
    addresses.join(", ")
}
