//! Checks on the brokers' network: the ports of multi-VPC connectivity, and the zones.

use std::collections::BTreeSet;

use ipnet::Ipv4Net;

use super::{Subject, check_again, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::VpcFacts;
use crate::facts::msk::Provisioned;
use crate::facts::network::{SecurityGroup, Subnet};
use crate::paths::msk_multi_vpc::FIRST_PORT;
use crate::paths::reach::destination::{Place, places};
use crate::paths::reach::security_gate::{Gate, Opening};
use crate::problem::{Problem, Remedy};
use crate::readings::shell;
use crate::step::PortRange;

/// The ports of multi-VPC connectivity (third parties' documentation): each broker has one, and clusters grow.
const PORTS: PortRange = PortRange {
    first: FIRST_PORT,
    last: 14100,
};

pub(super) fn ports(subject: &Subject<'_>) -> Check {
    let id = CheckId::MskPorts;
    let (cluster, provisioned) = match subject.provisioned(id) {
        Ok(known) => known,
        Err(check) => return *check,
    };
    let traffic = format!("TCP {} to {}", PORTS.first, PORTS.last);
    let by_hand = check_again(format!(
        "Make sure that the brokers' security groups let {traffic} in from the cluster's VPC."
    ));
    let groups = match groups(subject, &by_hand) {
        Ok(groups) => groups,
        Err(check) => return *check,
    };
    let (here, missing): (Vec<&String>, Vec<&String>) = provisioned
        .security_group_ids
        .iter()
        .partition(|wanted| groups.iter().any(|it| it.id == **wanted));
    if here.is_empty() {
        return finding(
            id,
            Verdict::NotKnown,
            format!(
                "The security groups of cluster {} were not found.",
                cluster.name
            ),
            provisioned.security_group_ids.clone(),
            Some(by_hand),
        );
    }
    let from = clients(subject, provisioned);
    let gate = Gate {
        groups: groups
            .iter()
            .filter(|it| provisioned.security_group_ids.contains(&it.id))
            .collect(),
        unread: missing.into_iter().map(String::as_str).collect(),
        egress: false,
        ports: vec![PORTS],
        peer_groups: None,
        peers: from.places.clone(),
    };
    let passage = gate.look();
    let blocks: Vec<String> = from.blocks().map(|it| it.to_string()).collect();
    let mut evidence = vec![format!(
        "Looked at: {traffic} from {}",
        if blocks.is_empty() {
            "nowhere that is known".to_owned()
        } else {
            blocks.join(", ")
        }
    )];
    evidence.extend(from.evidence());
    let unread = subject.vpc.and_then(|vpc| vpc.subnets.problem());
    evidence.extend(unread.map(Problem::headline));
    evidence.extend(passage.evidence);
    evidence.push(THIRD_PARTY.to_owned());
    let opening = from.sum(passage.opening);
    match opening {
        Opening::Open => passed(
            id,
            format!(
                "The brokers' security groups let {traffic} in from {}.",
                from.words
            ),
            evidence,
        ),
        Opening::Closed | Opening::ClosedTo(_) => finding(
            id,
            Verdict::Warning,
            format!(
                "The brokers' security groups do not let {traffic} in from {}.",
                from.words
            ),
            evidence,
            Some(open(subject, here[0], &from.shut(&opening))),
        ),
        Opening::NotKnown(_) => finding(
            id,
            Verdict::NotKnown,
            format!(
                "Whether the brokers' security groups let {traffic} in from {BROKERS} is not known."
            ),
            evidence,
            Some(by_hand),
        ),
    }
}

/// Where the range of ports is from.
const THIRD_PARTY: &str =
    "That multi-VPC connectivity uses these ports is documented by third parties, not by AWS.";

/// The groups of the brokers' VPC, or the check that says why they are not known.
fn groups<'a>(subject: &Subject<'a>, by_hand: &Remedy) -> Result<&'a [SecurityGroup], Box<Check>> {
    let id = CheckId::MskPorts;
    let headline = "The brokers' security groups could not be read.";
    let Some(vpc) = subject.vpc else {
        return Err(Box::new(finding(
            id,
            Verdict::NotKnown,
            headline,
            vec!["The cluster's VPC is not known.".to_owned()],
            Some(by_hand.clone()),
        )));
    };
    match vpc.security_groups.known() {
        Some(groups) => Ok(groups),
        None => Err(Box::new(unread(
            id,
            headline,
            vpc.security_groups.problem(),
        ))),
    }
}

/// How a sentence calls the subnets that the traffic comes from.
const BROKERS: &str = "the brokers' subnets";

/// From where the traffic reaches the brokers.
#[derive(Clone)]
struct Clients<'a> {
    /// The brokers' subnets that are known, and what stands for the others.
    places: Vec<Place<'a>>,
    words: String,
    /// The brokers' subnets whose addresses are not known.
    unknown: Vec<&'a str>,
}

impl Clients<'_> {
    fn blocks(&self) -> impl Iterator<Item = Ipv4Net> {
        self.places.iter().filter_map(|it| it.net)
    }

    /// What came out for all of the brokers' subnets. The block that stands for those that are not known may not be
    /// theirs: it makes nothing sure, neither open nor, beside subnets that are known and let in, closed.
    fn sum(&self, opening: Opening) -> Opening {
        let Some(id) = self.unknown.first() else {
            return opening;
        };
        let not_known = || Opening::NotKnown(format!("the addresses of {id} are not known"));
        match opening {
            Opening::Open => not_known(),
            Opening::ClosedTo(places) => {
                let subnets = self.places.iter().filter(|it| it.subnet.is_some());
                if subnets.map(Place::label).any(|it| places.contains(&it)) {
                    Opening::ClosedTo(places)
                } else {
                    not_known()
                }
            }
            Opening::Closed | Opening::NotKnown(_) => opening,
        }
    }

    /// Without what stands for subnets that are not known, where that is let in: AWS refuses a rule that is there.
    fn shut(&self, opening: &Opening) -> Self {
        let let_in = |it: &Place<'_>| match opening {
            Opening::ClosedTo(shut) => it.subnet.is_none() && !shut.contains(&it.label()),
            Opening::Open | Opening::Closed | Opening::NotKnown(_) => false,
        };
        if !self.places.iter().any(let_in) {
            return self.clone();
        }
        Self {
            places: self
                .places
                .iter()
                .filter(|it| !let_in(it))
                .copied()
                .collect(),
            words: BROKERS.to_owned(),
            ..self.clone()
        }
    }

    fn evidence(&self) -> Option<String> {
        if self.unknown.is_empty() {
            return None;
        }
        Some(format!(
            "Not known: the addresses of {}",
            self.unknown.join(", ")
        ))
    }
}

/// The load balancers of multi-VPC connectivity are in the brokers' subnets. For those that were not read, the VPC's
/// block stands in: the first one, and a VPC can have more. Where that was not read either, they may be anywhere.
fn clients<'a>(subject: &Subject<'a>, provisioned: &'a Provisioned) -> Clients<'a> {
    let ids = &provisioned.subnet_ids;
    let mut places: Vec<Place<'a>> = subject.vpc.map_or_else(Vec::new, |vpc| {
        places(vpc, |id| ids.iter().any(|it| it == id))
    });
    places.retain(|it| it.net.is_some());
    let is_known = |id: &String| {
        let mut subnets = places.iter().filter_map(|it| it.subnet);
        subnets.any(|it| it.id == *id)
    };
    let mut unknown: Vec<&str> = ids
        .iter()
        .filter(|id| !is_known(id))
        .map(String::as_str)
        .collect();
    if ids.is_empty() {
        unknown.push(BROKERS);
    }
    if unknown.is_empty() {
        return Clients {
            places,
            words: BROKERS.to_owned(),
            unknown,
        };
    }
    let vpc_id = subject.vpc.map(|vpc| vpc.vpc_id.as_str());
    let mut vpcs = subject.region.vpcs.known().into_iter().flatten();
    let net = vpcs
        .find(|it| Some(it.id.as_str()) == vpc_id)
        .and_then(|it| it.cidr);
    let words = match net {
        Some(net) if places.is_empty() => format!("the cluster's VPC, {net}"),
        Some(net) => format!("{BROKERS} and the cluster's VPC, {net}"),
        None => BROKERS.to_owned(),
    };
    places.push(Place { subnet: None, net });
    Clients {
        places,
        words,
        unknown,
    }
}

/// The rule for each block, as the AWS CLI takes it.
fn open(subject: &Subject<'_>, group: &str, from: &Clients<'_>) -> Remedy {
    let text = format!(
        "Let {} in to {group} on TCP {PORTS}, then check again.",
        from.words
    );
    let blocks: Vec<String> = from.blocks().map(|it| format!("{{CidrIp={it}}}")).collect();
    if blocks.is_empty() {
        return check_again(text);
    }
    let permission = format!(
        "IpProtocol=tcp,FromPort={},ToPort={},IpRanges=[{}]",
        PORTS.first,
        PORTS.last,
        blocks.join(",")
    );
    Remedy {
        command: Some(format!(
            "aws ec2 authorize-security-group-ingress --group-id {} --ip-permissions {} --region {}",
            shell::quote(group),
            shell::quote(&permission),
            shell::quote(&subject.region.identity.region)
        )),
        ..check_again(text)
    }
}

/// What can be said of zones: which the cluster has. Which of them `ClickPipes` use is not documented, so that there is
/// nothing to compare them with.
pub(super) fn zones(subject: &Subject<'_>) -> Check {
    let id = CheckId::MskZones;
    let (cluster, provisioned) = match subject.provisioned(id) {
        Ok(known) => known,
        Err(check) => return *check,
    };
    let name = &cluster.name;
    let subnets = found(subject.vpc, provisioned);
    let mut zones: BTreeSet<&str> = provisioned.zone_ids.iter().map(String::as_str).collect();
    zones.extend(subnets.iter().map(|it| it.availability_zone_id.as_str()));
    let mut evidence: Vec<String> = subnets
        .iter()
        .map(|it| {
            format!(
                "{} in {}, which this account calls {}",
                it.id, it.availability_zone_id, it.availability_zone
            )
        })
        .collect();
    let problem = subject.vpc.and_then(|vpc| vpc.subnets.problem());
    evidence.extend(problem.map(Problem::headline));
    if zones.is_empty() {
        return finding(
            id,
            Verdict::NotKnown,
            format!("The zones of cluster {name} are not known."),
            evidence,
            Some(problem.map_or_else(
                || check_again("Look at the zones of the cluster's subnets, then check again."),
                Problem::remedy,
            )),
        );
    }
    evidence.push("Which zones ClickPipes use is not documented.".to_owned());
    let zones: Vec<&str> = zones.into_iter().collect();
    passed(
        id,
        format!("Cluster {name} is in {}.", zones.join(", ")),
        evidence,
    )
}

/// The brokers' subnets that were read, by ID.
fn found<'a>(vpc: Option<&'a VpcFacts>, provisioned: &Provisioned) -> Vec<&'a Subnet> {
    let mut found: Vec<&Subnet> = vpc
        .and_then(|vpc| vpc.subnets.known())
        .into_iter()
        .flatten()
        .filter(|it| provisioned.subnet_ids.contains(&it.id))
        .collect();
    found.sort_by_key(|it| &it.id);
    found
}
