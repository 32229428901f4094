//! What a discovery reads of load balancers and target groups: two lists, and what only a call for each of them tells.
//!
//! Owns what of it is read. The lists are always; a listener, an attribute or a target costs a call for each load
//! balancer or target group, and an account with hundreds of them would be throttled for minutes. So a discovery
//! says what it is for ([`Look`]), and what is not read stands in the facts as not asked for.

use std::collections::HashSet;

use aws_sdk_elasticloadbalancingv2::types::{
    Listener as WireListener, LoadBalancer as WireBalancer, LoadBalancerSchemeEnum,
    LoadBalancerStateEnum, ProtocolEnum, TargetGroup as WireGroup, TargetHealthDescription,
    TargetHealthStateEnum, TargetTypeEnum,
};
use pipelink_plan::facts::load_balancing::{
    Listener, LoadBalancer, LoadBalancerZone, TargetGroup, TargetHealth,
};
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::Problem;

use super::{PAGE, SERVICE, changes, listeners, load_balancers, target_groups, targets};
use crate::concurrent;
use crate::problems::{missing, unreadable};
use crate::session::Aws;

const LISTENER_ATTRIBUTES: &str = "DescribeListenerAttributes";
const GROUP_ATTRIBUTES: &str = "DescribeTargetGroupAttributes";
/// The attribute for how long a silent connection is kept.
const IDLE_TIMEOUT: &str = "tcp.idle_timeout.seconds";
/// The attribute for the address that targets see.
const CLIENT_IP: &str = "preserve_client_ip.enabled";
/// How many calls a look around may take beside the lists: what half of AWS's bucket holds, and two seconds more.
const AROUND: usize = 28;

/// How far a discovery of load balancers looks.
#[derive(Debug, Clone, Copy)]
pub enum Look<'a> {
    /// To choose from: the listeners and targets of every Network Load Balancer, where there are so few that AWS
    /// lets them be read at once; else the lists alone.
    Around,
    /// For what is chosen: these load balancers (by ARN) and those behind these endpoint services (by ID), in full,
    /// and of all others what the lists say.
    At(&'a [String]),
}

/// How much of a load balancer, and of its target groups, is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Depth {
    /// What the lists say.
    Listed(Unread),
    /// Listeners and targets.
    Routes,
    /// Attributes too.
    Full,
}

/// Why something is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unread {
    NotChosen,
    TooMany,
    /// A target group that no Network Load Balancer sends to.
    OfNone,
}

impl Unread {
    fn problem(self) -> Problem {
        let reason = match self {
            Self::NotChosen => "it is read once the load balancer is chosen",
            Self::TooMany => {
                "there are too many load balancers to read each of them: it is read once this one is chosen"
            }
            Self::OfNone => "no Network Load Balancer sends to the target group",
        };
        Problem::NotAsked {
            reason: reason.to_owned(),
        }
    }

    fn observed<T>(self) -> Observed<T> {
        Observed::Unknown {
            problem: self.problem(),
        }
    }
}

/// What the two lists hold: all Network Load Balancers, and all target groups.
pub(crate) struct Listed {
    balancers: Result<Vec<WireBalancer>, Problem>,
    groups: Result<Vec<WireGroup>, Problem>,
}

impl Listed {
    /// How deep each one is read. `chosen` are ARNs of load balancers.
    fn depth_of<'a>(
        &self,
        look: Look<'_>,
        chosen: &'a HashSet<String>,
    ) -> impl Fn(&str) -> Depth + use<'a> {
        let routed = self.groups.iter().flatten().filter(|group| {
            let mut arns = group.load_balancer_arns().iter();
            arns.any(|arn| is_network(arn))
        });
        let balancers = self.balancers.iter().flatten();
        let calls = balancers.count() + routed.count();
        let around = matches!(look, Look::Around);
        move |arn| match (around, chosen.contains(arn)) {
            (false, true) => Depth::Full,
            (false, false) => Depth::Listed(Unread::NotChosen),
            (true, _) if calls <= AROUND => Depth::Routes,
            (true, _) => Depth::Listed(Unread::TooMany),
        }
    }
}

impl Aws {
    pub(crate) async fn list_load_balancing(&self) -> Listed {
        let (balancers, groups) = tokio::join!(
            Box::pin(self.wire_load_balancers()),
            Box::pin(self.wire_target_groups()),
        );
        Listed { balancers, groups }
    }

    /// The facts of what was listed. `behind` are the load balancers of the chosen endpoint services.
    pub(crate) async fn read_load_balancing(
        &self,
        listed: Listed,
        look: Look<'_>,
        behind: Vec<String>,
    ) -> (Observed<Vec<LoadBalancer>>, Observed<Vec<TargetGroup>>) {
        let mut chosen: HashSet<String> = behind.into_iter().collect();
        if let Look::At(named) = look {
            chosen.extend(named.iter().cloned());
        }
        let depth_of = listed.depth_of(look, &chosen);
        let balancers = listed.balancers.map(|balancers| {
            let depth = |it: &WireBalancer| depth_of(it.load_balancer_arn().unwrap_or_default());
            with_depth(balancers, depth)
        });
        let groups = listed.groups.map(|groups| {
            let depth = |it: &WireGroup| {
                let arns = it.load_balancer_arns().iter();
                let networks = arns.filter(|arn| is_network(arn));
                let deepest = networks.map(|arn| depth_of(arn)).max();
                deepest.unwrap_or(Depth::Listed(Unread::OfNone))
            };
            with_depth(groups, depth)
        });
        let (balancers, groups) = tokio::join!(
            Box::pin(self.each(balancers, Self::read_load_balancer)),
            Box::pin(self.each(groups, Self::read_target_group)),
        );
        (balancers.into(), groups.into())
    }

    /// Reads each of a list in its depth.
    async fn each<W, T, F>(
        &self,
        listed: Result<Vec<(W, Depth)>, Problem>,
        read: impl Fn(Self, W, Depth) -> F,
    ) -> Result<Vec<T>, Problem>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Problem>> + Send + 'static,
    {
        concurrent::for_each(listed?, |(wire, depth)| read(self.clone(), wire, depth)).await
    }

    async fn read_load_balancer(
        self,
        wire: WireBalancer,
        depth: Depth,
    ) -> Result<LoadBalancer, Problem> {
        let mut balancer = load_balancer(wire)?;
        let arn = balancer.arn.clone();
        (balancer.cross_zone, balancer.listeners) = match depth {
            Depth::Listed(why) => (why.observed(), why.observed()),
            Depth::Routes => {
                let listeners = self.listeners(&arn, depth).await;
                (Unread::NotChosen.observed(), listeners.into())
            }
            Depth::Full => {
                let cross_zone = async {
                    self.session.balancing.call().await;
                    self.cross_zone(&arn).await
                };
                let (cross_zone, listeners) =
                    tokio::join!(Box::pin(cross_zone), Box::pin(self.listeners(&arn, depth)));
                (cross_zone.into(), listeners.into())
            }
        };
        Ok(balancer)
    }

    async fn listeners(&self, arn: &str, depth: Depth) -> Result<Vec<Listener>, Problem> {
        self.session.balancing.call().await;
        let wire = self.wire_listeners(arn).await?;
        concurrent::for_each(wire, |wire| {
            let aws = self.clone();
            async move {
                let mut listener = listener(wire)?;
                if depth == Depth::Full {
                    listener.idle_timeout = aws.idle_timeout(&listener).await.into();
                }
                Ok(listener)
            }
        })
        .await
    }

    /// `None` where the listener has none: only those for TCP do.
    async fn idle_timeout(&self, listener: &Listener) -> Result<Option<u32>, Problem> {
        if listener.protocol != ProtocolEnum::Tcp.as_str() {
            return Ok(None);
        }
        self.session.balancing.call().await;
        let answer = self
            .session
            .elb
            .describe_listener_attributes()
            .listener_arn(&listener.arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, LISTENER_ATTRIBUTES))?;
        let attributes = answer.attributes.unwrap_or_default();
        let timeout = attributes
            .into_iter()
            .find(|attribute| attribute.key.as_deref() == Some(IDLE_TIMEOUT))
            .and_then(|attribute| attribute.value);
        let Some(text) = timeout else {
            return Ok(None);
        };
        let seconds = text.parse();
        seconds.map(Some).map_err(|_| {
            unreadable(
                LISTENER_ATTRIBUTES,
                &format!("{IDLE_TIMEOUT} {text} cannot be read"),
            )
        })
    }

    async fn read_target_group(
        self,
        wire: WireGroup,
        depth: Depth,
    ) -> Result<TargetGroup, Problem> {
        let mut group = target_group(wire)?;
        let arn = group.arn.clone();
        (group.preserves_client_ip, group.targets) = match depth {
            Depth::Listed(why) => (why.observed(), why.observed()),
            Depth::Routes => (
                Unread::NotChosen.observed(),
                self.targets(&arn).await.into(),
            ),
            Depth::Full => {
                let (client_ip, targets) = tokio::join!(
                    Box::pin(self.preserves_client_ip(&arn)),
                    Box::pin(self.targets(&arn)),
                );
                (client_ip.into(), targets.into())
            }
        };
        Ok(group)
    }

    async fn targets(&self, arn: &str) -> Result<Vec<TargetHealth>, Problem> {
        self.session.balancing.call().await;
        self.target_health(arn)
            .await?
            .into_iter()
            .map(target)
            .collect()
    }

    /// `None` where AWS does not say: not every kind of target group has it.
    async fn preserves_client_ip(&self, arn: &str) -> Result<Option<bool>, Problem> {
        self.session.balancing.call().await;
        let answer = self
            .session
            .elb
            .describe_target_group_attributes()
            .target_group_arn(arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, GROUP_ATTRIBUTES))?;
        let attributes = answer.attributes.unwrap_or_default();
        Ok(attributes
            .into_iter()
            .find(|attribute| attribute.key.as_deref() == Some(CLIENT_IP))
            .and_then(|attribute| attribute.value?.parse().ok()))
    }

    async fn wire_load_balancers(&self) -> Result<Vec<WireBalancer>, Problem> {
        self.session.balancing.call().await;
        let all: Vec<WireBalancer> = self
            .session
            .elb
            .describe_load_balancers()
            .page_size(PAGE)
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, load_balancers::DESCRIBE))?;
        // There is no filter by type.
        let network = |it: &WireBalancer| it.load_balancer_arn().is_none_or(is_network);
        Ok(all.into_iter().filter(network).collect())
    }

    async fn wire_target_groups(&self) -> Result<Vec<WireGroup>, Problem> {
        self.session.balancing.call().await;
        self.session
            .elb
            .describe_target_groups()
            .page_size(PAGE)
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, target_groups::DESCRIBE))
    }
}

/// Whether an ARN is a Network Load Balancer's: `...:loadbalancer/net/<name>/<id>`.
fn is_network(arn: &str) -> bool {
    arn.contains(":loadbalancer/net/")
}

fn with_depth<W>(listed: Vec<W>, depth: impl Fn(&W) -> Depth) -> Vec<(W, Depth)> {
    let with = |it| {
        let depth = depth(&it);
        (it, depth)
    };
    listed.into_iter().map(with).collect()
}

fn load_balancer(wire: WireBalancer) -> Result<LoadBalancer, Problem> {
    const CALL: &str = load_balancers::DESCRIBE;
    let enforces_inbound_rules = changes::enforced(&wire);
    let zones = wire.availability_zones.unwrap_or_default().into_iter();
    Ok(LoadBalancer {
        arn: wire
            .load_balancer_arn
            .ok_or_else(|| missing(CALL, "LoadBalancerArn"))?,
        name: wire
            .load_balancer_name
            .ok_or_else(|| missing(CALL, "LoadBalancerName"))?,
        scheme: word(wire.scheme.as_ref().map(LoadBalancerSchemeEnum::as_str)),
        state: word(
            wire.state
                .as_ref()
                .and_then(|state| state.code.as_ref())
                .map(LoadBalancerStateEnum::as_str),
        ),
        vpc_id: wire.vpc_id.ok_or_else(|| missing(CALL, "VpcId"))?,
        zones: zones
            .filter_map(|zone| {
                Some(LoadBalancerZone {
                    zone: zone.zone_name?,
                    subnet_id: zone.subnet_id?,
                })
            })
            .collect(),
        security_group_ids: wire.security_groups.unwrap_or_default(),
        enforces_inbound_rules,
        address_type: wire.ip_address_type.map(|it| it.as_str().to_owned()),
        cross_zone: Unread::NotChosen.observed(),
        listeners: Unread::NotChosen.observed(),
    })
}

fn listener(wire: WireListener) -> Result<Listener, Problem> {
    const CALL: &str = listeners::DESCRIBE;
    let mut target_group_arns = Vec::new();
    for action in wire.default_actions.unwrap_or_default() {
        let forward = action.forward_config.and_then(|it| it.target_groups);
        let several = forward.unwrap_or_default().into_iter();
        // The same group stands in both places where it is the only one.
        let named = several.filter_map(|it| it.target_group_arn);
        for arn in action.target_group_arn.into_iter().chain(named) {
            if !target_group_arns.contains(&arn) {
                target_group_arns.push(arn);
            }
        }
    }
    Ok(Listener {
        arn: wire
            .listener_arn
            .ok_or_else(|| missing(CALL, "ListenerArn"))?,
        protocol: word(wire.protocol.as_ref().map(ProtocolEnum::as_str)),
        port: port(wire.port).ok_or_else(|| missing(CALL, "Port"))?,
        target_group_arns,
        idle_timeout: Unread::NotChosen.observed(),
    })
}

fn target_group(wire: WireGroup) -> Result<TargetGroup, Problem> {
    const CALL: &str = target_groups::DESCRIBE;
    Ok(TargetGroup {
        arn: wire
            .target_group_arn
            .ok_or_else(|| missing(CALL, "TargetGroupArn"))?,
        name: wire
            .target_group_name
            .ok_or_else(|| missing(CALL, "TargetGroupName"))?,
        protocol: word(wire.protocol.as_ref().map(ProtocolEnum::as_str)),
        port: port(wire.port),
        target_type: word(wire.target_type.as_ref().map(TargetTypeEnum::as_str)),
        vpc_id: wire.vpc_id,
        load_balancer_arns: wire.load_balancer_arns.unwrap_or_default(),
        preserves_client_ip: Unread::NotChosen.observed(),
        targets: Unread::NotChosen.observed(),
    })
}

fn target(wire: TargetHealthDescription) -> Result<TargetHealth, Problem> {
    let reason = targets::reason(&wire);
    let state = wire.target_health.and_then(|health| health.state);
    let target = wire
        .target
        .ok_or_else(|| missing(targets::HEALTH, "Target"))?;
    Ok(TargetHealth {
        id: target.id.ok_or_else(|| missing(targets::HEALTH, "Id"))?,
        port: port(target.port),
        state: word(state.as_ref().map(TargetHealthStateEnum::as_str)),
        reason,
    })
}

fn port(wire: Option<i32>) -> Option<u16> {
    u16::try_from(wire?).ok()
}

fn word(value: Option<&str>) -> String {
    value.unwrap_or("unknown").to_owned()
}
