//! What a discovery reads of load balancers and target groups: two lists, and what only a call for each of them tells.
//!
//! Owns what of it is read. The lists are always; a listener, an attribute or a target costs a call for each load
//! balancer or target group, and an account with hundreds of them would be throttled for minutes. So a discovery
//! says what it is for ([`Look`]), and what is not read stands in the facts as not asked for.

use std::collections::HashSet;

use aws_sdk_elasticloadbalancingv2::types::{
    LoadBalancer as WireBalancer, ProtocolEnum, TargetGroup as WireGroup,
};
use pipelink_plan::facts::load_balancing::{Listener, LoadBalancer, TargetGroup, TargetHealth};
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::Problem;

use super::facts::{listener, load_balancer, target, target_group};
use super::{PAGE, SERVICE, load_balancers, target_groups};
use crate::concurrent;
use crate::problems::unreadable;
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
pub(super) enum Unread {
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

    pub(super) fn observed<T>(self) -> Observed<T> {
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
