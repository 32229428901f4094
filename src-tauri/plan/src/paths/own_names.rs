//! Sources that are reached under names of their own, whichever path it is: the preview that makes the names resolve to
//! the endpoint, whether `ClickHouse` takes them, what a Kafka cluster advertises, and names that are an RDS Proxy's.

use std::net::Ipv4Addr;

use super::choices::ServiceChoice;
use super::clickhouse::{BY_HAND, odd};
use super::findings::{advice, check_again, finding, first_lines, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::endpoint::EndpointStatus;
use crate::facts::ClickHouseFacts;
use crate::facts::clickhouse::ReversePrivateEndpoint;
use crate::names;
use crate::names::load_balancing::refused_suffix;
use crate::pipe_use::is_named;
use crate::problem::{Problem, Remedy, RemedyButton};
use crate::readings::shell;
use crate::step::Engine;

/// The names under which a source is reached.
pub(super) struct OwnNames<'a> {
    pub(super) clickhouse: Option<&'a ClickHouseFacts>,
    pub(super) service: &'a ServiceChoice,
    /// Whether the admin said that the preview is enabled.
    pub(super) enabled: bool,
    /// What is, or would be, mapped to the endpoint: each once, in order; a `*.` covers one label.
    pub(super) names: Vec<String>,
    /// Hosts that were entered as addresses: nothing can be mapped to them.
    pub(super) addresses: Vec<Ipv4Addr>,
    /// The host of the Kafka schema registry, if one is reached over the same endpoint.
    pub(super) registry: Option<String>,
}

impl OwnNames<'_> {
    /// Whether the preview is enabled, for a source that cannot be used without it. `because` is the reason, as a
    /// sentence; `by_console` whether the `ClickHouse` console can enter all of the names.
    pub(super) fn preview(&self, because: &str, by_console: bool) -> Check {
        let id = CheckId::CustomDnsPreview;
        let mut evidence = vec![because.to_owned()];
        evidence.extend(first_lines(
            self.names
                .iter()
                .map(|name| format!("Name {name}"))
                .collect(),
        ));
        if !self.enabled {
            return finding(
                id,
                Verdict::Failure,
                "Custom private DNS has to be enabled for the service first.",
                evidence,
                Some(check_again(format!(
                    "It is a preview that ClickHouse enables on request. Send this to ClickHouse support: \"{}\" When it \
                     is enabled, say so in the choices, then check again.",
                    self.request()
                ))),
            );
        }
        evidence.push("You said that ClickHouse has enabled it: no API tells.".to_owned());
        if !by_console && matches!(self.service, ServiceChoice::Hand { .. }) {
            return finding(
                id,
                Verdict::Warning,
                "The ClickHouse console takes one name for an endpoint: not all of these can be entered by hand.",
                evidence,
                Some(Remedy {
                    button: Some(RemedyButton::OpenSettings),
                    ..advice(
                        "Enter an API key under Settings, so that the run maps the names, or map them through ClickHouse's \
                         API once the endpoint is there.",
                    )
                }),
            );
        }
        if let ServiceChoice::Hand { .. } = self.service {
            evidence.push("Enter the name with the endpoint in the ClickHouse console.".to_owned());
        }
        passed(id, "Custom private DNS is enabled, as you said.", evidence)
    }

    /// What to write to `ClickHouse` support.
    fn request(&self) -> String {
        let service = match self.service {
            ServiceChoice::Key {
                organization_id,
                service_id,
            } => format!("service {service_id} of organization {organization_id}"),
            ServiceChoice::Hand { region, .. } => {
                format!("our service <name or ID> in {region}")
            }
        };
        let names = match self.names.as_slice() {
            [] => String::new(),
            names => format!(" These names shall resolve to it: {}.", names.join(", ")),
        };
        format!(
            "Please enable custom private DNS for reverse private endpoints of ClickPipes (AWS PrivateLink) on {service}.\
             {names}"
        )
    }

    /// Whether the names can be taken, and all that is looked up resolves to the endpoint.
    pub(super) fn names(&self) -> Check {
        let id = CheckId::SourceNames;
        let mut evidence = first_lines(
            self.names
                .iter()
                .map(|name| format!("Name {name}"))
                .collect(),
        );
        evidence.extend(self.registry.as_ref().map(|host| self.of_registry(host)));
        let refused: Vec<&str> = self
            .names
            .iter()
            .filter(|name| refused_suffix(name).is_some())
            .map(String::as_str)
            .collect();
        if let Some(suffix) = refused.first().and_then(|name| refused_suffix(name)) {
            return finding(
                id,
                Verdict::Failure,
                format!(
                    "ClickHouse takes no names that end in .{suffix}: {}.",
                    first_lines(refused.iter().map(|it| (*it).to_owned()).collect()).join(", ")
                ),
                evidence,
                Some(advice(format!(
                    "Give the source a name in a domain of your own, in its own settings and in DNS, and enter that. \
                     Refused are names that end in {}.",
                    names::load_balancing::REFUSED_SUFFIXES.join(", ")
                ))),
            );
        }
        let taken = self.taken();
        if !taken.is_empty() {
            return finding(
                id,
                Verdict::Failure,
                "Another endpoint of the service has such a name already.",
                first_lines(taken),
                Some(check_again(
                    "Use that endpoint, or take the name from it, then check again.",
                )),
            );
        }
        if !self.enabled {
            return finding(
                id,
                Verdict::Warning,
                "Without custom private DNS none of the source's own names resolves to the endpoint.",
                evidence,
                Some(advice(
                    "Have custom private DNS enabled by ClickHouse support and say so in the choices.",
                )),
            );
        }
        if !self.addresses.is_empty() {
            let addresses: Vec<String> = self.addresses.iter().map(ToString::to_string).collect();
            return finding(
                id,
                Verdict::Warning,
                format!("No name leads to {}.", first_lines(addresses).join(", ")),
                evidence,
                Some(advice(
                    "Enter the names under which the hosts know each other. A client that is sent on to an address does \
                     not go through the endpoint.",
                )),
            );
        }
        if let Some(host) = self.unnamed_registry() {
            return finding(
                id,
                Verdict::Warning,
                format!("No name of the schema registry {host} resolves to the endpoint."),
                evidence,
                Some(advice(
                    "Enter the name under which the registry is known: its URL, as it is given to ClickPipes, has to lead \
                     to the endpoint.",
                )),
            );
        }
        self.compared(evidence)
    }

    /// The registry, where none of the names covers it.
    fn unnamed_registry(&self) -> Option<&str> {
        let host = self.registry.as_deref()?;
        let covered = self.names.iter().any(|name| overlap(name, host));
        (!covered).then_some(host)
    }

    /// Whether the registry's own name resolves to the endpoint.
    fn of_registry(&self, host: &str) -> String {
        match (self.unnamed_registry(), self.enabled) {
            (None, true) => format!("The schema registry's name {host} resolves to the endpoint."),
            (None, false) => format!(
                "The schema registry's name {host} would resolve to the endpoint with custom private DNS only."
            ),
            (Some(_), _) => {
                format!("The schema registry {host} has no name that resolves to the endpoint.")
            }
        }
    }

    /// The names of other endpoints that these meet, one line each.
    fn taken(&self) -> Vec<String> {
        let mut taken: Vec<String> = self
            .endpoints()
            .flat_map(|endpoint| {
                let theirs = endpoint
                    .custom_private_dns_names
                    .iter()
                    .chain(&endpoint.private_dns_names);
                theirs
                    .filter(|name| self.names.iter().any(|own| overlap(own, name)))
                    .map(move |name| {
                        format!(
                            "Endpoint {} ({}) has {name}.",
                            endpoint.description, endpoint.id
                        )
                    })
            })
            .collect();
        taken.sort_unstable();
        taken.dedup();
        taken
    }

    fn endpoints(&self) -> impl Iterator<Item = &ReversePrivateEndpoint> {
        self.clickhouse
            .and_then(|it| it.endpoints.known())
            .into_iter()
            .flatten()
            .filter(|it| {
                !matches!(
                    it.status,
                    EndpointStatus::Deleting | EndpointStatus::Expired
                )
            })
    }

    /// Nothing stands against the names as far as the service's endpoints were read.
    fn compared(&self, mut evidence: Vec<String>) -> Check {
        let id = CheckId::SourceNames;
        let headline = "Whether another endpoint of the service has such a name is not known.";
        if let ServiceChoice::Hand { .. } = self.service {
            evidence.push(BY_HAND.to_owned());
            return finding(
                id,
                Verdict::NotKnown,
                headline,
                evidence,
                Some(advice(
                    "Look under reverse private endpoints in the ClickHouse console: a name can be there only once.",
                )),
            );
        }
        let Some(clickhouse) = self.clickhouse else {
            return unread(id, headline, Some(&Problem::KeyMissing));
        };
        if let Some(problem) = clickhouse.endpoints.problem() {
            return unread(id, headline, Some(problem));
        }
        if let Some(odd) = odd(clickhouse) {
            evidence.push(odd);
            return finding(
                id,
                Verdict::NotKnown,
                headline,
                evidence,
                Some(check_again(
                    "Look under reverse private endpoints in the ClickHouse console, then check again.",
                )),
            );
        }
        evidence.push(match self.endpoints().count() {
            0 => "The service has no other endpoint.".to_owned(),
            1 => "Compared with the names of 1 endpoint of the service.".to_owned(),
            more => format!("Compared with the names of {more} endpoints of the service."),
        });
        passed(
            id,
            "The names resolve to the endpoint, and are free in the service.",
            evidence,
        )
    }
}

/// Whether one name can be meant by both, where either may be a wildcard.
pub(super) fn overlap(one: &str, other: &str) -> bool {
    is_named(one, other) || is_named(other, one)
}

/// A Kafka client connects to what the brokers advertise: nobody but the admin can see what that is. `brokers` are
/// hosts with their ports, as entered.
pub(super) fn advertised_listeners(brokers: &[String]) -> Check {
    let command = brokers
        .first()
        .map(|broker| format!("kcat -L -b {}", shell::quote(broker)));
    finding(
        CheckId::AdvertisedListeners,
        Verdict::Warning,
        "Which names the brokers advertise cannot be seen from here.",
        first_lines(
            brokers
                .iter()
                .map(|broker| format!("Entered: {broker}"))
                .collect(),
        ),
        Some(Remedy {
            command,
            ..advice(
                "Make sure that advertised.listeners of each broker carries a name that resolves to the endpoint, and the \
                 port entered here. List what the brokers advertise from inside the VPC.",
            )
        }),
    )
}

/// Whether a name is an RDS Proxy's own. A name that leads on to one, or one of its addresses, is not seen.
pub(super) fn rds_proxy(name: &str, engine: Engine) -> Check {
    let id = CheckId::RdsProxy;
    if !names::is_rds_proxy(name) {
        return passed(
            id,
            "The name is not one that AWS gives to an RDS Proxy.",
            vec![name.to_owned()],
        );
    }
    let evidence = vec![format!("{name} has the form of an RDS Proxy's endpoint.")];
    match engine {
        Engine::Postgres => finding(
            id,
            Verdict::Failure,
            format!(
                "{name} is an RDS Proxy: ClickPipes cannot follow a Postgres database through it."
            ),
            evidence,
            Some(advice(
                "Use the database itself out of the list, or its own endpoint: for a cluster that of the writer.",
            )),
        ),
        Engine::Mysql | Engine::Kafka | Engine::MongoDb | Engine::Other => finding(
            id,
            Verdict::Warning,
            format!("{name} is an RDS Proxy, which stands between ClickPipes and the database."),
            evidence,
            Some(advice(
                "Use the database's own endpoint. Go on only if you know that what ClickPipes need goes through the proxy.",
            )),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::overlap;

    #[test]
    fn names_meet_where_one_is_the_other_or_a_wildcard_covers_it() {
        for (one, other) in [
            ("b-1.example.com", "B-1.example.com."),
            ("*.example.com", "b-1.example.com"),
            ("b-1.example.com", "*.example.com"),
            ("*.example.com", "*.example.com"),
        ] {
            assert!(overlap(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("b-1.example.com", "b-2.example.com"),
            ("*.example.com", "example.com"),
            ("*.example.com", "b-1.zone.example.com"),
            ("*.zone.example.com", "*.example.com"),
        ] {
            assert!(!overlap(one, other), "{one} {other}");
        }
    }
}
