//! How many load balancers a source needs, and which host is behind which: decided here and nowhere else.
//!
//! A listener has one port, and a name resolves to one endpoint. So hosts whose ports all differ share one load
//! balancer with a listener for each. Hosts with equal ports get a load balancer, a service and an endpoint each; what
//! bears the same name stays behind the same one. A schema registry joins the first of the brokers' whose ports leave
//! room for its own, since it is asked for none but its own name.

use super::source::Host;
use crate::names::load_balancing::numbers;

/// What is behind one load balancer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group<'s> {
    /// Its number among several, from 1; `None` where it is the only one.
    pub(super) number: Option<usize>,
    /// The hosts, each with its number among all hosts.
    pub(super) hosts: Vec<(Option<usize>, &'s Host)>,
}

impl Group<'_> {
    /// The names of its hosts, each once, in the order of the hosts.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for name in self.hosts.iter().flat_map(|(_, host)| &host.names) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }
}

/// A host with its number among all hosts.
type Numbered<'s> = (Option<usize>, &'s Host);

/// The load balancers that hosts need, in the order of the hosts; a schema registry stands behind one of the brokers'
/// where it can.
pub(super) fn layout(hosts: &[Host]) -> Vec<Group<'_>> {
    let numbered = numbers(hosts.len()).zip(hosts);
    let (registries, brokers): (Vec<Numbered<'_>>, Vec<Numbered<'_>>) =
        numbered.partition(|(_, host)| host.registry);
    let mut groups = of_brokers(&brokers, &registries);
    for registry in registries {
        let free = |group: &&mut Vec<Numbered<'_>>| {
            group.iter().all(|(_, other)| other.port != registry.1.port)
        };
        let bound = groups
            .iter()
            .position(|group| group.iter().any(|(_, it)| bear_one_name(it, registry.1)));
        let found = match bound {
            Some(at) => groups.get_mut(at).filter(free),
            None => groups.iter_mut().find(free),
        };
        match found {
            Some(group) => group.push(registry),
            None => groups.push(vec![registry]),
        }
    }
    numbers(groups.len())
        .zip(groups)
        .map(|(number, hosts)| Group { number, hosts })
        .collect()
}

/// All brokers together where each has a port of its own, and no registry needs the port of one under the name of
/// another.
fn of_brokers<'s>(brokers: &[Numbered<'s>], registries: &[Numbered<'s>]) -> Vec<Vec<Numbered<'s>>> {
    let apart = |one: &Host, others: &[Numbered<'_>]| others.iter().all(|it| it.1.port != one.port);
    let all_differ = brokers
        .iter()
        .enumerate()
        .all(|(at, (_, host))| apart(host, &brokers[..at]));
    let fits = registries.iter().all(|(_, registry)| {
        apart(registry, brokers) || !brokers.iter().any(|(_, it)| bear_one_name(it, registry))
    });
    if all_differ && fits {
        return if brokers.is_empty() {
            Vec::new()
        } else {
            vec![brokers.to_vec()]
        };
    }
    let mut groups: Vec<Vec<Numbered<'_>>> = Vec::new();
    for &(number, host) in brokers {
        let same = groups.iter_mut().find(|group| {
            apart(host, group) && group.iter().any(|(_, other)| bear_one_name(other, host))
        });
        match same {
            Some(group) => group.push((number, host)),
            None => groups.push(vec![(number, host)]),
        }
    }
    groups
}

/// Whether two hosts have to be behind one load balancer: they bear one name, or are one address without a name.
fn bear_one_name(one: &Host, other: &Host) -> bool {
    let nameless = one.names.is_empty() && other.names.is_empty();
    one.names.iter().any(|name| other.names.contains(name))
        || nameless && one.addresses == other.addresses && !one.addresses.is_empty()
}
