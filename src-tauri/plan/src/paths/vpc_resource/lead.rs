//! How a definition that is there compares with the one wanted.

use crate::step::{Definition, PortRange};

/// Where a definition leads, seen from the one wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// It leads there, at all the ports wanted.
    There,
    /// It leads there, but not at every port wanted.
    OtherPorts,
    /// It leads elsewhere.
    Elsewhere,
}

/// Where a definition leads, seen from the one wanted.
pub(super) fn lead(there: &Definition, wanted: &Definition) -> Lead {
    let same = match (there, wanted) {
        (Definition::Database { arn }, Definition::Database { arn: other }) => arn == other,
        (Definition::DomainName { name, .. }, Definition::DomainName { name: other, .. }) => {
            let bare = |name: &str| name.trim_end_matches('.').to_ascii_lowercase();
            bare(name) == bare(other)
        }
        (Definition::IpAddress { address, .. }, Definition::IpAddress { address: other, .. }) => {
            address == other
        }
        _ => false,
    };
    if !same {
        Lead::Elsewhere
    } else if covers(there.ports(), wanted.ports()) {
        Lead::There
    } else {
        Lead::OtherPorts
    }
}

/// Whether every port wanted is in one of the ranges. Ranges that touch count as one.
fn covers(ranges: &[PortRange], wanted: &[PortRange]) -> bool {
    wanted.iter().all(|wanted| {
        let mut next = u32::from(wanted.first);
        while next <= u32::from(wanted.last) {
            let holds = |it: &&PortRange| u32::from(it.first) <= next && next <= u32::from(it.last);
            match ranges.iter().find(holds) {
                Some(range) => next = u32::from(range.last) + 1,
                None => return false,
            }
        }
        true
    })
}
