//! Load balancers that are there: state, scheme, zones, listeners, inbound rules, names.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::paths::endpoint_service::choices::{Extent, LoadBalancerChange};

use super::{Case, case};
use crate::endpoint_service::world::World;
use crate::endpoint_service::world::*;
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    [states(), listeners(), inbound_rules(), names()].concat_cases()
}

/// Joins tables of cases, which cannot be cloned.
trait Concat {
    fn concat_cases(self) -> Vec<Case>;
}

impl<const N: usize> Concat for [Vec<Case>; N] {
    fn concat_cases(self) -> Vec<Case> {
        self.into_iter().flatten().collect()
    }
}

fn there() -> World {
    World::healthy().on_load_balancer()
}

fn states() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let state = CheckId::LoadBalancerState;
    let scheme = CheckId::LoadBalancerScheme;
    let cross_zone = CheckId::CrossZone;
    let with_state = |verdict, what, word: &'static str| {
        case(state, verdict, what, there(), move |w| {
            word.clone_into(&mut w.load_balancer().state);
        })
    };
    vec![
        case(state, Passed, "active", there(), |_| {}),
        with_state(Warning, "being set up", "provisioning"),
        with_state(Warning, "impaired", "active_impaired"),
        with_state(Failure, "failed", "failed"),
        with_state(NotKnown, "a new word", "resting"),
        case(state, NotKnown, "load balancers refused", there(), |w| {
            w.load_balancing.load_balancers = denied("elasticloadbalancing:DescribeLoadBalancers");
        }),
        case(state, NotKnown, "load balancer gone", there(), |w| {
            all(&mut w.load_balancing.load_balancers).clear();
        }),
        case(
            state,
            NotKnown,
            "the service's load balancer gone",
            World::healthy().on_service(),
            |w| all(&mut w.load_balancing.load_balancers).clear(),
        ),
        case(
            state,
            NotKnown,
            "a service without a Network Load Balancer",
            World::healthy().on_service(),
            |w| w.endpoint_service().load_balancer_arns.clear(),
        ),
        case(
            state,
            NotKnown,
            "the service's load balancers refused",
            World::healthy().on_service(),
            |w| {
                w.load_balancing.load_balancers =
                    denied("elasticloadbalancing:DescribeLoadBalancers");
            },
        ),
        case(scheme, Passed, "internal", there(), |_| {}),
        case(scheme, Failure, "internet-facing", there(), |w| {
            "internet-facing".clone_into(&mut w.load_balancer().scheme);
        }),
        case(scheme, NotKnown, "load balancer gone", there(), |w| {
            all(&mut w.load_balancing.load_balancers).clear();
        }),
        case(cross_zone, Passed, "on", there(), |_| {}),
        case(cross_zone, Warning, "off", there(), |w| {
            w.load_balancer().cross_zone = known(false);
        }),
        case(
            cross_zone,
            Passed,
            "off, and the run turns it on",
            there().changing(LoadBalancerChange::EnableCrossZone),
            |w| w.load_balancer().cross_zone = known(false),
        ),
        case(cross_zone, NotKnown, "attributes refused", there(), |w| {
            w.load_balancer().cross_zone =
                denied("elasticloadbalancing:DescribeLoadBalancerAttributes");
        }),
    ]
}

fn listeners() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed};
    let port = CheckId::ListenerPort;
    let idle = CheckId::IdleTimeout;
    let elsewhere = || there().for_elsewhere();
    vec![
        case(port, Passed, "the same port", there(), |_| {}),
        case(port, Failure, "another port", there(), |w| {
            w.listener().port = 15432;
        }),
        case(port, Failure, "no listener at all", there(), |w| {
            all(&mut w.load_balancer().listeners).clear();
        }),
        case(port, Failure, "TLS", there(), |w| {
            "TLS".clone_into(&mut w.listener().protocol);
        }),
        case(
            port,
            Passed,
            "UDP beside TCP at the same port",
            there(),
            |w| {
                let mut other = listener("orders", 5432);
                other.arn = format!("{}0", other.arn);
                "UDP".clone_into(&mut other.protocol);
                all(&mut w.load_balancer().listeners).insert(0, other);
            },
        ),
        case(port, Failure, "targets at another port", there(), |w| {
            w.target().port = Some(6432);
        }),
        case(port, NotKnown, "listeners refused", there(), |w| {
            w.load_balancer().listeners = denied("elasticloadbalancing:DescribeListeners");
        }),
        case(port, NotKnown, "target groups refused", there(), |w| {
            w.load_balancing.target_groups = denied("elasticloadbalancing:DescribeTargetGroups");
        }),
        case(port, NotKnown, "the source is not known", there(), |w| {
            w.region.clusters = denied("rds:DescribeDBClusters");
        }),
        case(port, NotKnown, "load balancer gone", there(), |w| {
            all(&mut w.load_balancing.load_balancers).clear();
        }),
        case(idle, Passed, "AWS's own", elsewhere(), |_| {}),
        case(idle, Passed, "not said by AWS", elsewhere(), |w| {
            w.listener().idle_timeout = known(None);
        }),
        case(idle, Failure, "changed", elsewhere(), |w| {
            w.listener().idle_timeout = known(Some(3600));
        }),
        case(idle, NotKnown, "attributes refused", elsewhere(), |w| {
            w.listener().idle_timeout = denied("elasticloadbalancing:DescribeListenerAttributes");
        }),
        case(idle, NotKnown, "listeners refused", elsewhere(), |w| {
            w.load_balancer().listeners = denied("elasticloadbalancing:DescribeListeners");
        }),
        case(idle, NotKnown, "no listener", elsewhere(), |w| {
            all(&mut w.load_balancer().listeners).clear();
        }),
    ]
}

fn inbound_rules() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed};
    let inbound = CheckId::InboundRules;
    let enforced = || {
        let mut world = there();
        world.load_balancer().enforces_inbound_rules = Some(true);
        world
    };
    let let_in = |world: &mut World, from: &str| {
        let groups = all(&mut world.vpc().security_groups);
        let own = groups.iter_mut().find(|it| it.id == GROUP_GATEWAY).unwrap();
        own.rules
            .push(rule("sgr-90", false, "tcp", 5432, ipv4(from)));
    };
    vec![
        case(
            inbound,
            Passed,
            "new, with groups",
            World::healthy(),
            |_| {},
        ),
        case(
            inbound,
            Passed,
            "new, without groups",
            World::healthy().without_groups(),
            |_| {},
        ),
        case(inbound, Passed, "not enforced", there(), |_| {}),
        case(inbound, Passed, "there, without groups", there(), |w| {
            w.load_balancer().security_group_ids.clear();
            w.load_balancer().enforces_inbound_rules = None;
        }),
        case(
            inbound,
            Failure,
            "enforced, nothing let in",
            enforced(),
            |_| {},
        ),
        case(
            inbound,
            Passed,
            "enforced, and the run stops that",
            enforced().changing(LoadBalancerChange::StopEnforcingInboundRules),
            |_| {},
        ),
        case(
            inbound,
            Passed,
            "enforced, everybody let in",
            enforced(),
            |w| {
                let_in(w, "0.0.0.0/0");
            },
        ),
        case(
            inbound,
            NotKnown,
            "enforced, some let in",
            enforced(),
            |w| {
                let_in(w, "10.0.0.0/8");
            },
        ),
        case(
            inbound,
            NotKnown,
            "enforced, groups refused",
            enforced(),
            |w| {
                w.vpc().security_groups = denied("ec2:DescribeSecurityGroups");
            },
        ),
        case(
            inbound,
            NotKnown,
            "enforced, VPC not read",
            enforced(),
            |w| {
                w.vpc = None;
            },
        ),
        case(inbound, NotKnown, "AWS does not say", enforced(), |w| {
            w.load_balancer().enforces_inbound_rules = None;
        }),
        case(inbound, NotKnown, "load balancer gone", enforced(), |w| {
            all(&mut w.load_balancing.load_balancers).clear();
        }),
    ]
}

fn names() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed};
    let names = CheckId::Names;
    let brokers = || World::healthy().of_brokers();
    vec![
        case(names, Passed, "new", World::healthy(), |_| {}),
        case(names, Passed, "three brokers", brokers(), |_| {}),
        case(names, Passed, "only a service is made", there(), |_| {}),
        case(
            names,
            Passed,
            "nothing is made",
            World::healthy().on_service(),
            |_| {},
        ),
        case(names, Failure, "rules broken", World::healthy(), |w| {
            "internal-orders".clone_into(w.name());
            w.choices.description = String::new();
        }),
        case(names, Failure, "both taken", World::healthy(), |w| {
            let name = w.name().clone();
            all(&mut w.load_balancing.load_balancers).push(load_balancer(&name, 1));
            all(&mut w.load_balancing.target_groups).push(target_group(&name, 1, &[]));
        }),
        case(
            names,
            Failure,
            "the second of three is taken",
            brokers(),
            |w| {
                all(&mut w.load_balancing.load_balancers)
                    .push(load_balancer("orders-postgres-clickpipes-2", 1));
            },
        ),
        case(
            names,
            Passed,
            "the bare name is taken, which none of three has",
            brokers(),
            |w| {
                all(&mut w.load_balancing.load_balancers)
                    .push(load_balancer("orders-postgres-clickpipes", 1));
            },
        ),
        case(
            names,
            NotKnown,
            "target groups refused",
            World::healthy(),
            |w| {
                w.load_balancing.target_groups =
                    denied("elasticloadbalancing:DescribeTargetGroups");
            },
        ),
        case(
            names,
            Passed,
            "on a load balancer nothing has to be free",
            there(),
            |w| {
                w.load_balancing.target_groups =
                    denied("elasticloadbalancing:DescribeTargetGroups");
                let Extent::OnLoadBalancer { name, .. } = &mut w.choices.extent else {
                    panic!("not on a load balancer");
                };
                "orders".clone_into(name);
            },
        ),
    ]
}
