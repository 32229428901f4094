//! How many load balancers a source needs, and which host is behind which: decided here and nowhere else.
//!
//! A listener has one port, and a name resolves to one endpoint. So hosts whose ports all differ share one load
//! balancer with a listener for each. Hosts with equal ports get a load balancer, a service and an endpoint each; what
//! bears the same name, such as a schema registry beside a broker, stays behind the same one.

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

/// The load balancers that hosts need, in the order of the hosts.
pub(super) fn layout(hosts: &[Host]) -> Vec<Group<'_>> {
    let numbered: Vec<(Option<usize>, &Host)> = numbers(hosts.len()).zip(hosts).collect();
    let all_differ = hosts
        .iter()
        .enumerate()
        .all(|(at, host)| !hosts[..at].iter().any(|other| other.port == host.port));
    if all_differ {
        return vec![Group {
            number: None,
            hosts: numbered,
        }];
    }
    let mut groups: Vec<Vec<(Option<usize>, &Host)>> = Vec::new();
    for (number, host) in numbered {
        let same = groups
            .iter_mut()
            .find(|group| group.iter().any(|(_, other)| stay_together(other, host)));
        match same {
            Some(group) => group.push((number, host)),
            None => groups.push(vec![(number, host)]),
        }
    }
    numbers(groups.len())
        .zip(groups)
        .map(|(number, hosts)| Group { number, hosts })
        .collect()
}

/// Whether two hosts have to be behind one load balancer: they bear one name, or are one address without a name.
fn stay_together(one: &Host, other: &Host) -> bool {
    if one.port == other.port {
        return false;
    }
    let nameless = one.names.is_empty() && other.names.is_empty();
    one.names.iter().any(|name| other.names.contains(name))
        || nameless && one.addresses == other.addresses && !one.addresses.is_empty()
}
