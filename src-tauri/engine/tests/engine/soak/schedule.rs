//! A schedule: what happens to one run, and when. It follows from a seed and from what the sandbox says can
//! strike, and from nothing else.

use crate::stage::Stage;
use crate::stage::plans::Shape;

/// The calls that a run makes, by the sandbox's name of their service.
pub(crate) const CALLS: [(&str, &[&str]); 6] = [
    (
        "vpc-lattice",
        &[
            "CreateResourceGateway",
            "GetResourceGateway",
            "ListResourceGateways",
            "UpdateResourceGateway",
            "DeleteResourceGateway",
            "CreateResourceConfiguration",
            "GetResourceConfiguration",
            "ListResourceConfigurations",
            "DeleteResourceConfiguration",
            "ListResourceEndpointAssociations",
            "DeleteResourceEndpointAssociation",
            "ListTagsForResource",
        ],
    ),
    (
        "ram",
        &[
            "CreateResourceShare",
            "GetResourceShares",
            "GetResourceShareAssociations",
            "DeleteResourceShare",
        ],
    ),
    (
        "kafka",
        &[
            "DescribeClusterV2",
            "UpdateConnectivity",
            "ListClusterOperationsV2",
            "DescribeClusterOperationV2",
            "GetClusterPolicy",
            "PutClusterPolicy",
            "DeleteClusterPolicy",
            "ListClientVpcConnections",
            "GetBootstrapBrokers",
        ],
    ),
    (
        "elasticloadbalancing",
        &[
            "CreateTargetGroup",
            "DescribeTargetGroups",
            "DeleteTargetGroup",
            "CreateLoadBalancer",
            "DescribeLoadBalancers",
            "DeleteLoadBalancer",
            "ModifyLoadBalancerAttributes",
            "DescribeLoadBalancerAttributes",
            "SetSecurityGroups",
            "CreateListener",
            "DescribeListeners",
            "DeleteListener",
            "RegisterTargets",
            "DescribeTargetHealth",
            "DeregisterTargets",
            "DescribeTags",
        ],
    ),
    (
        "ec2",
        &[
            "CreateVpcEndpointServiceConfiguration",
            "DescribeVpcEndpointServiceConfigurations",
            "DeleteVpcEndpointServiceConfigurations",
            "ModifyVpcEndpointServicePermissions",
            "DescribeVpcEndpointServicePermissions",
            "ModifyVpcEndpointServiceConfiguration",
            "StartVpcEndpointServicePrivateDnsVerification",
            "AcceptVpcEndpointConnections",
            "DescribeVpcEndpointConnections",
        ],
    ),
    (
        "clickhouse",
        &[
            "CreateReversePrivateEndpoint",
            "GetReversePrivateEndpoint",
            "ListReversePrivateEndpoints",
            "DeleteReversePrivateEndpoint",
        ],
    ),
];

/// What can strike each call that a run makes.
pub(crate) struct Catalogue(Vec<(String, String, Vec<String>)>);

impl Catalogue {
    pub(crate) async fn read() -> Self {
        let stage = Stage::set().await;
        let mut kinds = stage.kinds().await;
        let calls = CALLS.iter().flat_map(|(service, operations)| {
            operations
                .iter()
                .map(move |operation| (*service, *operation))
        });
        let rows = calls.map(|(service, operation)| {
            let key = (service.to_owned(), operation.to_owned());
            let mut kinds = kinds.remove(&key).unwrap();
            // What holds a call for ever is a kill at that place: the kills have their own tests.
            kinds.retain(|kind| !kind.starts_with("hold_"));
            (key.0, key.1, kinds)
        });
        Self(rows.collect())
    }
}

/// One run and what happens to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Schedule {
    pub(crate) seed: u64,
    pub(crate) shape: Shape,
    pub(crate) with_key: bool,
    pub(crate) phases: Vec<Phase>,
    /// Whether the run is undone after it was brought to its end.
    pub(crate) undone: bool,
    /// Whether an endpoint that was made by hand is still attached then.
    pub(crate) attached: bool,
}

/// One time that the run is taken in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phase {
    pub(crate) verb: Verb,
    pub(crate) faults: Vec<Fault>,
    /// In the order in which they happen: after how many changes of the run, and what.
    pub(crate) events: Vec<(u64, Event)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    CarryOn,
    Undo,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) service: String,
    pub(crate) operation: String,
    pub(crate) kind: String,
    /// 0 is until removed.
    pub(crate) times: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// The process ends here.
    Kill,
    Cancel,
    /// The clock moves on by so many seconds.
    Advance(u64),
    /// The clock runs so many times as fast from now on.
    Speed(u32),
    ClearFaults,
    /// A second operator does one of the things that can be done then, counted round.
    Operator(usize),
}

impl Schedule {
    pub(crate) fn of(seed: u64, catalogue: &Catalogue) -> Self {
        let mut dice = Dice(seed);
        let shape = dice.one_of(&Shape::ALL);
        let with_key = dice.one_in(4) || dice.one_in(2);
        // Somebody else's acts make many ends possible; without them there is only one good end.
        let with_operator = dice.one_in(3);
        let mut verb = Verb::CarryOn;
        let phases = (0..=dice.below(3)).map(|_| {
            if dice.one_in(8) {
                verb = Verb::Undo;
            }
            Phase {
                verb,
                faults: faults(&mut dice, shape, catalogue),
                events: events(&mut dice, with_operator),
            }
        });
        let phases = phases.collect();
        Self {
            seed,
            shape,
            with_key,
            phases,
            undone: dice.one_in(2),
            attached: dice.one_in(2),
        }
    }

    /// Whether somebody else acts in the account, or so much time passes that things go by themselves.
    pub(crate) fn is_meddled_with(&self) -> bool {
        self.events().any(|event| match event {
            Event::Operator(_) => true,
            Event::Advance(seconds) => seconds >= A_DAY,
            Event::Kill | Event::Cancel | Event::Speed(_) | Event::ClearFaults => false,
        })
    }

    /// Whether a fault of that kind may strike.
    pub(crate) fn has(&self, kind: &str) -> bool {
        let mut faults = self.phases.iter().flat_map(|phase| &phase.faults);
        faults.any(|fault| fault.kind == kind)
    }

    fn events(&self) -> impl Iterator<Item = Event> {
        let events = self.phases.iter().flat_map(|phase| &phase.events);
        events.map(|(_, event)| *event)
    }
}

const A_DAY: u64 = 24 * 3600;

fn faults(dice: &mut Dice, shape: Shape, catalogue: &Catalogue) -> Vec<Fault> {
    // Of calls that a run of this shape makes: others strike nothing.
    let calls = catalogue.0.iter();
    let calls: Vec<_> = calls
        .filter(|(service, _, _)| shape.services().contains(&service.as_str()))
        .collect();
    (0..dice.below(4))
        .map(|_| {
            let (service, operation, kinds) = *dice.one_of_ref(&calls);
            let kind = dice.one_of_ref(kinds).clone();
            let mut times = dice.one_of(&[1, 1, 1, 2, 3, 3, 4, 0]);
            if ["empty_page", "not_found_once", "stale_list"].contains(&kind.as_str()) {
                // A list of endlessly many empty pages, or one that never catches up, is none that a service
                // answers; and what is not found for as long as one looks is gone.
                times = times.max(1);
            }
            Fault {
                service: service.clone(),
                operation: operation.clone(),
                kind,
                times,
            }
        })
        .collect()
}

fn events(dice: &mut Dice, with_operator: bool) -> Vec<(u64, Event)> {
    let mut events: Vec<(u64, Event)> = (0..dice.below(4))
        .map(|_| (dice.below(24), event(dice, with_operator)))
        .collect();
    events.sort_by_key(|(tick, _)| *tick);
    events
}

fn event(dice: &mut Dice, with_operator: bool) -> Event {
    let acts = if with_operator { 10 } else { 8 };
    match dice.below(acts) {
        0..3 => Event::Kill,
        3 => Event::Cancel,
        4 | 5 => Event::Advance(dice.one_of(&[30, 300, 3600, 3600 * 7, A_DAY * 8])),
        6 => Event::Speed(dice.one_of(&[0, 60, 1_000, 20_000])),
        7 => Event::ClearFaults,
        _ => Event::Operator(usize::try_from(dice.below(1_000)).unwrap()),
    }
}

/// Steele, Lea and Flood's `SplitMix64`: a state that counts up, and a mixing of its bits.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn one_of<T: Copy>(&mut self, things: &[T]) -> T {
        *self.one_of_ref(things)
    }

    fn one_of_ref<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        let place = self.below(u64::try_from(things.len()).unwrap());
        &things[usize::try_from(place).unwrap()]
    }
}
