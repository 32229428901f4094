//! Every rule that would make the endpoint fail later, or be Ready and useless, looked at before anything is written.
//!
//! A check that cannot be answered says *not known*, never *passed*. What there is nothing to look at for (the health
//! of targets that are not made yet, an idle timeout where no other region connects) is left out. Each file below has
//! the checks of one subject; here is what they look at, and the order in which they are shown.

mod brokers;
mod existing_endpoint;
mod health;
mod inbound_rules;
mod listeners;
mod load_balancers;
mod names;
pub(super) mod other_region;
mod private_dns;
mod security_groups;
mod service;
mod skip_name_resolve;
mod source_names;
mod targets;

use super::choices::{Choices, SourceChoice};
use super::facts::Facts;
use super::layout::{Group, layout};
use super::planning::{changes, other_region};
use super::source::{Host, Source, source};
use super::standing::Standing;
use super::way::Way;
use crate::check::{Check, CheckId, Verdict};
use crate::facts::load_balancing::{EndpointService, LoadBalancer};
use crate::names::FieldError;
use crate::paths::clickhouse;
use crate::paths::findings::{advice, check_again, finding, first_lines, passed, unread};
use crate::paths::partition::partition;

/// Why a check matters, where that is another reason than on the other paths.
const OWN_WHY: [(CheckId, &str); 5] = [
    (
        CheckId::ClickPipesRegion,
        "An endpoint service takes connections from its own region and from those it supports: anywhere else the endpoint \
         comes into state Failed.",
    ),
    (
        CheckId::Names,
        "AWS refuses a name that breaks its rule, and takes each name of a load balancer or a target group only once in an \
         account and region.",
    ),
    (
        CheckId::ExistingEndpoint,
        "All ClickPipes of a service can share one endpoint. A second one costs money, and so does a second load balancer.",
    ),
    (
        CheckId::MskAuthentication,
        "Each way to authenticate has a port of its own at the brokers, over TLS. The endpoint becomes Ready even if \
         nothing listens there.",
    ),
    (
        CheckId::MskState,
        "The load balancers lead to the brokers' addresses of now, which a cluster that is being made or deleted does \
         not keep.",
    ),
];

/// All checks that apply, failures first, then warnings, not known, passed.
pub fn check(facts: &Facts<'_>, choices: &Choices) -> Vec<Check> {
    let subject = Subject {
        facts,
        choices,
        source: source(facts, &choices.source),
        standing: Standing::find(facts, &choices.extent),
        other_region: other_region(facts, choices),
    };
    let always = [
        other_region::clickpipes_region(&subject),
        partition(&facts.region.identity, what(&choices.source)),
        clickhouse::awake(facts.clickhouse, &choices.service),
        existing_endpoint::existing_endpoint(&subject),
        security_groups::port_path(&subject),
        names::names(&subject),
        targets::address(&subject),
        other_region::zones(&subject),
    ];
    let where_they_apply = [
        load_balancers::state(&subject),
        load_balancers::scheme(&subject),
        load_balancers::cross_zone(&subject),
        listeners::port(&subject),
        listeners::idle_timeout(&subject),
        health::health(&subject),
        health::client_ip(&subject),
        inbound_rules::inbound_rules(&subject),
        other_region::right(&subject),
        service::state(&subject),
        private_dns::name(&subject),
        source_names::preview(&subject),
        source_names::names(&subject),
        source_names::advertised(&subject),
        source_names::rds_proxy(&subject),
        skip_name_resolve::skip_name_resolve(&subject),
        brokers::authentication(&subject),
        brokers::state(&subject),
    ];
    let mut checks: Vec<Check> = always
        .into_iter()
        .chain(where_they_apply.into_iter().flatten())
        .collect();
    for check in &mut checks {
        if let Some((_, why)) = OWN_WHY.iter().find(|(id, _)| *id == check.id) {
            (*why).clone_into(&mut check.why);
        }
    }
    checks.sort_by_key(|check| (check.verdict, check.id));
    checks
}

fn what(source: &SourceChoice) -> &'static str {
    match source {
        SourceChoice::Database { .. } => "database",
        SourceChoice::Address { .. } | SourceChoice::Hosts { .. } => "host",
        SourceChoice::MskBrokers { .. } => "cluster",
    }
}

/// What the checks look at.
struct Subject<'a> {
    facts: &'a Facts<'a>,
    choices: &'a Choices,
    /// The source, or what is wrong with it.
    source: Result<Source<'a>, Vec<FieldError>>,
    /// What is built upon, or what is wrong with it.
    standing: Result<Standing<'a>, FieldError>,
    /// The region of `ClickPipes`, where it is known and another one.
    other_region: Option<String>,
}

impl<'a> Subject<'a> {
    /// The source, or the check that says why it cannot be looked at.
    fn source(&self, id: CheckId) -> Result<&Source<'a>, Box<Check>> {
        self.source.as_ref().map_err(|wrong| {
            let region = self.facts.region;
            let problem = match &self.choices.source {
                SourceChoice::Database { .. } => {
                    region.clusters.problem().or(region.instances.problem())
                }
                SourceChoice::MskBrokers { .. } => self.facts.msk.and_then(|it| it.nodes.problem()),
                SourceChoice::Address { .. } | SourceChoice::Hosts { .. } => None,
            };
            Box::new(match problem {
                Some(_) => unread(id, "The source could not be read.", problem),
                None => finding(
                    id,
                    Verdict::NotKnown,
                    "The source is not known.",
                    wrong.iter().map(|it| it.rule.clone()).collect(),
                    Some(advice("Correct what was entered for the source.")),
                ),
            })
        })
    }

    /// The service that is built upon, where it is there.
    fn service(&self) -> Option<&'a EndpointService> {
        self.standing.as_ref().ok()?.service()
    }

    /// What is behind each load balancer; nothing where the source is not known.
    fn groups(&self) -> Vec<Group<'_>> {
        self.source
            .as_ref()
            .map(|it| layout(&it.hosts))
            .unwrap_or_default()
    }

    /// The load balancers that are there: none at all where everything is made. Or the check that says why those that
    /// should be there cannot be looked at.
    fn load_balancers(&self, id: CheckId) -> Result<&[&'a LoadBalancer], Box<Check>> {
        let lists = self.facts.load_balancing;
        match &self.standing {
            Ok(Standing::Service(service, found))
                if found.is_empty() || found.len() < service.load_balancer_arns.len() =>
            {
                let problem = lists.load_balancers.problem();
                Err(Box::new(match problem {
                    Some(_) => unread(id, "The load balancers could not be read.", problem),
                    None => finding(
                        id,
                        Verdict::NotKnown,
                        "The service's load balancer was not found.",
                        vec![format!(
                            "Service {} has {}.",
                            service.id,
                            match service.load_balancer_arns.as_slice() {
                                [] => "no Network Load Balancer".to_owned(),
                                arns => arns.join(", "),
                            }
                        )],
                        Some(advice(
                            "Choose a service that has a Network Load Balancer of this account.",
                        )),
                    ),
                }))
            }
            Ok(standing) => Ok(standing.load_balancers()),
            Err(wrong) => {
                let problem = lists
                    .load_balancers
                    .problem()
                    .or(lists.endpoint_services.problem());
                Err(Box::new(match problem {
                    Some(_) => unread(id, "What is built upon could not be read.", problem),
                    None => finding(
                        id,
                        Verdict::NotKnown,
                        "What is built upon is not known.",
                        vec![wrong.rule.clone()],
                        Some(advice(
                            "Choose a load balancer or a service from the list, or have everything made.",
                        )),
                    ),
                }))
            }
        }
    }

    /// The way to each host through each load balancer that is there, hosts of all ports in their order.
    fn ways(&self, id: CheckId) -> Result<Vec<(&'a LoadBalancer, &Host, Way<'a>)>, Box<Check>> {
        let load_balancers = self.load_balancers(id)?;
        let source = self.source(id)?;
        Ok(load_balancers
            .iter()
            .flat_map(|load_balancer| {
                source.hosts.iter().map(move |host| {
                    (
                        *load_balancer,
                        host,
                        Way::look(self.facts, load_balancer, host),
                    )
                })
            })
            .collect())
    }

    /// Whether a change of the load balancers is part of the plan.
    fn changes(&self, change: super::choices::LoadBalancerChange) -> bool {
        changes(&self.choices.extent).contains(&change)
    }
}

/// The worst of what was found of several things, each with its line of evidence; the first of the worst.
fn worst<T>(found: Vec<(Verdict, T)>) -> Option<(Verdict, T)> {
    found.into_iter().min_by_key(|(verdict, _)| *verdict)
}
