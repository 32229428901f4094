//! The same for MSK multi-VPC and endpoint services: plans that are carried out although no check was asked, and what
//! the sandbox makes of them: AWS, which refuses; ClickHouse, which fails an endpoint; and the pipe, which gets through
//! or does not.

mod cases;

use std::sync::{Arc, Mutex};

use pipelink_plan::check::{Check, CheckId, Verdict};
use pipelink_plan::paths::choices::Choices;
use pipelink_plan::paths::endpoint_service::choices::{
    Acceptance, Choices as OfService, Extent, SourceChoice,
};
use pipelink_plan::paths::msk_multi_vpc::choices::Choices as OfMsk;
use pipelink_plan::run::{Run, RunState, StepState};
use pipelink_plan::step::{Engine, OutputName, PathKind};
use serde_json::Value;

use crate::stage::look::{Looked, load_balancing_page};
use crate::stage::plans::{cluster_arn, database_arn, region};
use crate::stage::{Stage, at_most, hands};
use cases::{Before, Case, End, MSK, SERVICES, Source, What};

const VPC: &str = "vpc-0e79ac9aca8d7f7d3";
const RDS: &str = "cx7k2m9qp4ab.us-east-1.rds.amazonaws.com";

impl Case {
    /// What is wrong with it, if anything.
    async fn play(self) -> Option<String> {
        let stage = Stage::set_at(300.0).await;
        match self.before {
            Before::Nothing => {}
            Before::NoRightAbroad => stage.allow_multi_region(false).await,
        }
        let (engine, session) = (stage.engine().await, stage.session().await);
        let service = stage.key_choice_of(self.service).await;
        let choices = match self.what {
            What::Msk(cluster, authentication) => Choices::MskMultiVpc(OfMsk {
                cluster_arn: cluster_arn(cluster),
                authentication,
                service,
                description: "of the test".to_owned(),
            }),
            What::Made(source) | What::OnBalancer(_, source, _) | What::OnService(_, source) => {
                let choice = source.choice(&region(&session).await);
                Choices::EndpointService(OfService {
                    extent: self.extent(&stage, &session, &choice).await,
                    source: choice,
                    service,
                    private_dns_name: String::new(),
                    custom_dns_enabled: matches!(source, Source::Kafka(true)),
                    acceptance: Acceptance::ByRun,
                    description: "of the test".to_owned(),
                })
            }
        };
        let looked = Looked::at(&session, choices).await;
        let (checks, plan) = (looked.checks(), looked.plan());
        let id = engine.begin(&session, plan, Vec::new()).await.unwrap();
        let run = hands::carry_on(&stage, &engine, &session, &id).await;
        stage.advance(30).await;
        let end = self.became(&stage, &run).await;
        let mut failed: Vec<CheckId> = checks
            .iter()
            .filter(|check| check.verdict == Verdict::Failure)
            .map(|check| check.id)
            .collect();
        let mut expected = self.fails.to_vec();
        failed.sort_unstable_by_key(|id| format!("{id:?}"));
        expected.sort_unstable_by_key(|id| format!("{id:?}"));
        let wrong = if !self.is(&end) {
            "it became something else"
        } else if failed != expected {
            "other checks fail"
        } else if !agrees(&end, &checks, &self) {
            "checks and actor do not agree"
        } else {
            return None;
        };
        let other: Vec<String> = checks
            .iter()
            .filter(|check| check.verdict != Verdict::Passed)
            .map(|check| format!("{:?} {:?}: {}", check.id, check.verdict, check.headline))
            .collect();
        Some(format!(
            "{wrong}: {self:?}\n{end:?}\n{:?}\n{other:#?}",
            run.state
        ))
    }

    async fn extent(
        &self,
        stage: &Stage,
        session: &pipelink_engine::Session,
        source: &SourceChoice,
    ) -> Extent {
        match self.what {
            What::OnBalancer(name, _, changes) => Extent::OnLoadBalancer {
                load_balancer_arn: stage.balancer(name).await,
                name: "of-the-test".to_owned(),
                changes: changes.to_vec(),
            },
            What::OnService(service_id, _) => Extent::OnService {
                service_id: service_id.to_owned(),
                changes: Vec::new(),
            },
            What::Made(_) | What::Msk(..) => {
                let page = load_balancing_page(session, source).await;
                Extent::Everything {
                    subnet_ids: page.default_subnet_ids,
                    security_group_ids: Vec::new(),
                    name: page.name,
                }
            }
        }
    }

    async fn became(&self, stage: &Stage, run: &Run) -> Became {
        let things = stage.things().await;
        let own: Vec<(&String, &Value)> = things
            .iter()
            .filter(|(_, it)| it["dns_names"].is_array() && it.to_string().contains(&run.id.0))
            .collect();
        if let Some((_, failed)) = own.iter().find(|(_, it)| it["status"] == "Failed") {
            return Became::Failed(failed["reason"].as_str().unwrap().to_owned());
        }
        if run.state != RunState::Done {
            let done = |state: &StepState| *state == StepState::Done;
            let at = run.steps.iter().find(|step| !done(&step.state)).unwrap();
            return Became::Stopped(at.id.0.clone());
        }
        let mut ways = Vec::new();
        for (host, port, source) in self.ways(run) {
            for (id, _) in &own {
                ways.push(stage.reach(id, &host, port, source.as_deref()).await);
            }
        }
        // Of several endpoints, each host has its own.
        let hosts = self.ways(run).len();
        let through = ways.iter().filter(|way| way["reaches"] == true).count();
        Became::Ready(through == hosts, ways)
    }

    /// Host and port that the pipe connects to, and where its owner has the source.
    fn ways(&self, run: &Run) -> Vec<(String, u16, Option<String>)> {
        let source = match self.what {
            What::Msk(..) => {
                let brokers = hands::made(run, OutputName::BootstrapBrokers).split(',');
                let brokers = brokers.map(|it| it.split_once(':').unwrap());
                return brokers
                    .map(|(host, port)| (host.to_owned(), port.parse().unwrap(), None))
                    .collect();
            }
            What::Made(source) | What::OnBalancer(_, source, _) | What::OnService(_, source) => {
                source
            }
        };
        let own = hands::made(run, OutputName::DnsNames).to_owned();
        match source {
            Source::Database(_, host) => {
                let there = match host.strip_suffix(".cluster") {
                    Some(name) => format!("{name}.cluster-{RDS}"),
                    None => format!("{host}.{RDS}"),
                };
                vec![(own, run.plan.source.port, Some(there))]
            }
            Source::Address(_, port, name) => {
                vec![(own, port.parse().unwrap(), Some(name.to_owned()))]
            }
            Source::Kafka(_) => (1..=3)
                .map(|it| (format!("kafka-{it}.clickstream.example.com"), 9092, None))
                .collect(),
        }
    }

    fn is(&self, end: &Became) -> bool {
        match (end, self.end) {
            (Became::Ready(through, _), End::Ready { arrives }) => *through == arrives,
            (Became::Failed(reason), End::Failed(words)) => reason.contains(words),
            (Became::Stopped(step), End::Stops(at)) => step == at,
            _ => false,
        }
    }
}

impl Source {
    fn choice(self, facts: &pipelink_plan::facts::RegionFacts) -> SourceChoice {
        match self {
            Self::Database(name, _) => SourceChoice::Database {
                arn: database_arn(facts, name),
            },
            Self::Address(address, port, _) => SourceChoice::Address {
                address: address.to_owned(),
                port: port.to_owned(),
                engine: Engine::Postgres,
                vpc_id: VPC.to_owned(),
            },
            Self::Kafka(_) => SourceChoice::Hosts {
                hosts: [1, 2, 3]
                    .map(|it| format!("kafka-{it}.clickstream.example.com:9092"))
                    .join("\n"),
                addresses: "10.20.1.55\n10.20.2.73\n10.20.3.142".to_owned(),
                engine: Engine::Kafka,
                registry: String::new(),
                registry_address: String::new(),
                vpc_id: VPC.to_owned(),
            },
        }
    }
}

/// What became of a run, in the words of those who decided it.
#[derive(Debug)]
enum Became {
    /// Whether the pipe gets through, and by which ways.
    Ready(
        bool,
        #[allow(dead_code, reason = "shown where a case fails")] Vec<Value>,
    ),
    Failed(String),
    Stopped(String),
}

/// Where neither AWS nor ClickHouse looks, but every connection goes.
fn of_the_way(check: CheckId, path: PathKind) -> bool {
    match check {
        CheckId::SecurityGroupPath
        | CheckId::NetworkAcls
        | CheckId::TargetHealth
        | CheckId::TargetAddress
        | CheckId::InboundRules
        | CheckId::ListenerPort
        | CheckId::CustomDnsPreview
        | CheckId::SourceNames
        | CheckId::AdvertisedListeners
        | CheckId::MskPorts => true,
        CheckId::DatabaseAvailable => path == PathKind::EndpointService,
        _ => false,
    }
}

/// Whether a failed check of what AWS or ClickHouse looks at keeps the run from its end, and nothing else does. The same
/// with the checks of the way, and connections.
fn agrees(end: &Became, checks: &[Check], case: &Case) -> bool {
    let path = match case.what {
        What::Msk(..) => PathKind::MskMultiVpc,
        _ => PathKind::EndpointService,
    };
    let (way, seen): (Vec<&Check>, Vec<&Check>) =
        checks.iter().partition(|check| of_the_way(check.id, path));
    let has = |of: &[&Check], verdict| of.iter().any(|check| check.verdict == verdict);
    let fails = has(&seen, Verdict::Failure);
    match end {
        Became::Ready(true, _) => !fails && !has(&way, Verdict::Failure),
        Became::Ready(false, _) => {
            !fails && way.iter().any(|check| check.verdict != Verdict::Passed)
        }
        // Targets become healthy only where the way to them is open.
        Became::Stopped(step) if step == "targets" => has(&way, Verdict::Failure),
        Became::Failed(_) | Became::Stopped(_) => fails || has(&seen, Verdict::NotKnown),
    }
}

/// Plays them all, and tells of each that is wrong.
async fn play_all(cases: &[Case]) {
    let wrong = Arc::new(Mutex::new(Vec::new()));
    let plays = cases.iter().copied().map(|case| {
        let wrong = Arc::clone(&wrong);
        async move {
            let found = Box::pin(case.play()).await;
            wrong.lock().unwrap().extend(found);
        }
    });
    at_most(6, plays).await;
    let wrong = wrong.lock().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

impl Stage {
    /// The ARN of the load balancer of that name.
    async fn balancer(&self, name: &str) -> String {
        let things = self.things().await;
        let mut balancers = things
            .iter()
            .filter(|(id, _)| id.contains(":loadbalancer/"));
        let found = balancers.find(|(_, it)| it["name"] == name);
        found.unwrap().0.clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_actor_and_the_checks_agree_on_msk() {
    play_all(MSK).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_actor_and_the_checks_agree_on_endpoint_services() {
    play_all(SERVICES).await;
}
