//! The wizard's "Resource and network" page for a cluster as data: what it is, which authentication can be chosen,
//! who is connected, and what becomes of connectivity and policy.

use serde::{Deserialize, Serialize};

use super::checks::{eligibility, listed, word};
use super::cluster::{CONNECTIVITY, UsualTime};
use super::connections::{MskConnectionRow, rows};
use super::policy::{self, Allowance, PolicyStatement, allows};
use crate::CLICKPIPES_ACCOUNT;
use crate::check::Verdict;
use crate::facts::msk::{MskCluster, MskFacts, Provisioned};
use crate::facts::network::Subnet;
use crate::facts::{RegionFacts, VpcFacts};
use crate::names;
use crate::problem::Problem;
use crate::step::{MskAuthentication, MultiVpcSchemes};

/// What the page shows, and what it has chosen at first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MskPage {
    /// The cluster's ARN.
    pub cluster_arn: String,
    /// The cluster's name.
    pub name: String,
    /// What the cluster is, one row each, ready to be shown.
    pub facts: Vec<ClusterFact>,
    /// The brokers' subnets that were read, by ID.
    pub subnets: Vec<Subnet>,
    /// IAM, then SCRAM.
    pub authentications: Vec<AuthenticationRow>,
    /// Chosen at first: the one that fits best, one that is on already before others.
    pub default_authentication: Option<MskAuthentication>,
    /// Connections from other VPCs, those of `ClickPipes` first, then by ARN.
    pub connections: Vec<MskConnectionRow>,
    /// What becomes of the cluster's policy.
    pub policy: MskPolicyPart,
    /// The endpoint's description in ClickHouse, filled in at first.
    pub description: String,
    /// What could not be read, one line each.
    pub unread: Vec<Problem>,
}

/// One row of what a cluster is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ClusterFact {
    /// Such as "Kafka version".
    pub label: String,
    /// Such as "2.8.1".
    pub value: String,
}

/// One authentication that can be chosen, or cannot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationRow {
    /// Which.
    pub authentication: MskAuthentication,
    /// Whether the cluster itself takes it.
    pub on_cluster: bool,
    /// The change of connectivity that it needs; none where multi-VPC connectivity is on for it already.
    pub update: Option<ConnectivityUpdate>,
    /// Whether it can be chosen.
    pub verdict: Verdict,
    /// Why, in one sentence.
    pub reason: String,
}

/// A change of multi-VPC connectivity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ConnectivityUpdate {
    /// What is on now.
    pub previous: MultiVpcSchemes,
    /// What is on afterwards: never less.
    pub schemes: MultiVpcSchemes,
    /// How long it usually takes, by the number of brokers: an estimate.
    pub usual: UsualTime,
}

/// What becomes of a cluster's policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MskPolicyPart {
    /// The statements that are there; none where it was not read, or is not JSON.
    pub statements: Vec<PolicyStatement>,
    /// The statement that is added, as JSON; none where ClickPipes can connect already, or where it cannot be added. Its
    /// Sid gets the run's ID.
    pub added: Option<String>,
    /// Both in one sentence.
    pub summary: String,
}

/// What stands for the run's ID before there is a run.
const RUN_ID: &str = "<run ID>";

/// The page for a cluster; `None` where the cluster was not read. `vpc` is the VPC of its brokers, where known.
pub fn page(region: &RegionFacts, msk: &MskFacts, vpc: Option<&VpcFacts>) -> Option<MskPage> {
    let cluster = msk.cluster.known()?;
    let authentications: Vec<AuthenticationRow> =
        [MskAuthentication::SaslIam, MskAuthentication::SaslScram]
            .into_iter()
            .map(|it| authentication(region, msk, cluster, it))
            .collect();
    Some(MskPage {
        cluster_arn: cluster.arn.clone(),
        name: cluster.name.clone(),
        facts: facts(cluster, msk),
        subnets: subnets(cluster, vpc),
        default_authentication: default_authentication(&authentications),
        authentications,
        connections: rows(msk.connections.known().map_or(&[], Vec::as_slice)),
        policy: policy(cluster, msk),
        description: names::propose_description(&cluster.name),
        unread: unread(msk, vpc),
    })
}

fn facts(cluster: &MskCluster, msk: &MskFacts) -> Vec<ClusterFact> {
    let row = |label: &str, value: &str| ClusterFact {
        label: label.to_owned(),
        value: value.to_owned(),
    };
    let mut rows = vec![row("Type", &cluster.kind), row("State", &cluster.state)];
    if let Some(it) = &cluster.provisioned {
        rows.extend(
            it.kafka_version
                .as_deref()
                .map(|version| row("Kafka version", version)),
        );
        rows.push(row(
            "Brokers",
            &format!("{} of {}", it.brokers, it.instance_type),
        ));
        rows.push(row("Authentication", &listed(it.schemes)));
        rows.push(row(
            "Unauthenticated access",
            if it.unauthenticated { "on" } else { "off" },
        ));
        rows.push(if it.multi_vpc == MultiVpcSchemes::default() {
            row("Multi-VPC connectivity", "off")
        } else {
            row(
                "Multi-VPC connectivity",
                &format!("on for {}", listed(it.multi_vpc)),
            )
        });
        rows.extend(
            it.client_encryption
                .as_deref()
                .map(|word| row("Encryption in transit", word)),
        );
        if !it.zone_ids.is_empty() {
            rows.push(row("Zones", &it.zone_ids.join(", ")));
        }
        rows.push(row("Security groups", &it.security_group_ids.join(", ")));
    }
    rows.extend(msk.vpc_id.as_deref().map(|id| row("VPC", id)));
    rows
}

fn subnets(cluster: &MskCluster, vpc: Option<&VpcFacts>) -> Vec<Subnet> {
    let ids: &[String] = cluster
        .provisioned
        .as_ref()
        .map_or(&[], |it| &it.subnet_ids);
    let mut subnets: Vec<Subnet> = vpc
        .and_then(|vpc| vpc.subnets.known())
        .into_iter()
        .flatten()
        .filter(|it| ids.contains(&it.id))
        .cloned()
        .collect();
    subnets.sort_by(|it, other| it.id.cmp(&other.id));
    subnets
}

fn authentication(
    region: &RegionFacts,
    msk: &MskFacts,
    cluster: &MskCluster,
    authentication: MskAuthentication,
) -> AuthenticationRow {
    let provisioned = cluster.provisioned.as_ref();
    let on_cluster = provisioned.is_some_and(|it| it.schemes.has(authentication));
    let update = provisioned.and_then(|it| update(it, authentication));
    let (verdict, found) = eligibility(region, msk, &cluster.arn, authentication);
    let reason = match (verdict, &update) {
        (Verdict::Passed, Some(update)) => format!(
            "Multi-VPC connectivity is turned on for {} first: usually {} minutes to {} hours, by an estimate.",
            word(authentication),
            update.usual.from_minutes,
            update.usual.to_minutes / 60
        ),
        (Verdict::Passed, None) => format!(
            "Multi-VPC connectivity is on for {} already.",
            word(authentication)
        ),
        _ => found,
    };
    AuthenticationRow {
        authentication,
        on_cluster,
        update,
        verdict,
        reason,
    }
}

fn update(
    provisioned: &Provisioned,
    authentication: MskAuthentication,
) -> Option<ConnectivityUpdate> {
    let previous = provisioned.multi_vpc;
    (!previous.has(authentication)).then(|| ConnectivityUpdate {
        previous,
        schemes: previous.with(authentication),
        usual: CONNECTIVITY,
    })
}

/// The least objectionable, then one that needs no update, then IAM; none where nothing can be chosen.
fn default_authentication(rows: &[AuthenticationRow]) -> Option<MskAuthentication> {
    rows.iter()
        .filter(|row| row.verdict != Verdict::Failure)
        .min_by_key(|row| (std::cmp::Reverse(row.verdict), row.update.is_some()))
        .map(|row| row.authentication)
}

fn policy(cluster: &MskCluster, msk: &MskFacts) -> MskPolicyPart {
    let document = msk
        .policy
        .known()
        .and_then(Option::as_ref)
        .map(|it| it.document.as_str());
    let there = document.map_or_else(|| Ok(Vec::new()), policy::statements);
    let allowance = allows(document, &cluster.arn, CLICKPIPES_ACCOUNT);
    if let (Ok(statements), Ok(Allowance::Allowed { .. })) = (&there, &allowance) {
        return MskPolicyPart {
            statements: statements.clone(),
            added: None,
            summary: "The policy lets ClickPipes connect already. It is not changed.".to_owned(),
        };
    }
    let statement = policy::statement(
        &cluster.arn,
        CLICKPIPES_ACCOUNT,
        &format!("{}{RUN_ID}", policy::SID_PREFIX),
    );
    let (statements, summary) = match (&msk.policy.problem(), there) {
        (Some(problem), _) => (
            Vec::new(),
            format!(
                "The policy could not be read. {} If ClickPipes cannot connect yet, one statement is added.",
                problem.headline()
            ),
        ),
        (None, Err(problem)) => {
            return MskPolicyPart {
                statements: Vec::new(),
                added: None,
                summary: format!("The policy cannot be merged: {problem}."),
            };
        }
        (None, Ok(statements)) if statements.is_empty() => (
            statements,
            "The cluster has no policy: one with a single statement is made.".to_owned(),
        ),
        (None, Ok(statements)) => (
            statements,
            "One statement is added. All others stay as they are.".to_owned(),
        ),
    };
    MskPolicyPart {
        statements,
        added: Some(format!("{statement:#}")),
        summary,
    }
}

fn unread(msk: &MskFacts, vpc: Option<&VpcFacts>) -> Vec<Problem> {
    [
        msk.policy.problem(),
        msk.connections.problem(),
        msk.operations.problem(),
        msk.configuration.problem(),
        vpc.and_then(|vpc| vpc.subnets.problem()),
        vpc.and_then(|vpc| vpc.security_groups.problem()),
    ]
    .into_iter()
    .flatten()
    .cloned()
    .collect()
}
