//! The questions and their answers; those of a source out of the list answer themselves.

use serde::{Deserialize, Serialize};

use crate::facts::RegionFacts;
use crate::paths::msk_multi_vpc::{Kind, kind};
use crate::source::Database;
use crate::step::Engine;

/// What is known of a source and of who reads it. The fourth question of the page, which service, answers the third
/// of these.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Answers {
    /// What is the source?
    pub source: Option<SourceKind>,
    /// Where does it run?
    pub runs_on: Option<RunsOn>,
    /// Do the service's `ClickPipes` run in the source's region?
    pub clickpipes_region_same: Option<bool>,
    /// Does `ClickPipes` have to reach it under a name of the admin's own?
    pub private_name: Option<bool>,
}

impl Answers {
    /// These, and where one is missing that of the other.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        Self {
            source: self.source.or(other.source),
            runs_on: self.runs_on.or(other.runs_on),
            clickpipes_region_same: self.clickpipes_region_same.or(other.clickpipes_region_same),
            private_name: self.private_name.or(other.private_name),
        }
    }
}

/// What ClickPipes read over a private endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum SourceKind {
    /// `PostgreSQL`, Aurora included.
    Postgres,
    /// `MySQL` or `MariaDB`, Aurora included.
    Mysql,
    /// `MongoDB`.
    MongoDb,
    /// `Apache Kafka`, MSK included.
    Kafka,
}

/// Where a source runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum RunsOn {
    /// RDS or Aurora.
    Rds,
    /// An MSK cluster with standard brokers.
    MskProvisioned,
    /// An MSK cluster with Express brokers.
    MskExpress,
    /// MSK Serverless.
    MskServerless,
    /// Hosts in a VPC, such as EC2 instances.
    VpcHost,
    /// Hosts on premises, or anywhere else that a VPC reaches.
    OnPremises,
}

/// What is still to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Question {
    /// What is the source?
    Source,
    /// Where does it run?
    RunsOn,
    /// Do the service's `ClickPipes` run in the source's region?
    SameRegion,
    /// Is a private name needed?
    PrivateName,
}

impl SourceKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Postgres, Self::Mysql, Self::MongoDb, Self::Kafka];

    /// Where it can run: an answer that is not among these counts as none.
    pub fn places(self) -> &'static [RunsOn] {
        match self {
            Self::Postgres | Self::Mysql => &[RunsOn::Rds, RunsOn::VpcHost, RunsOn::OnPremises],
            Self::MongoDb => &[RunsOn::VpcHost, RunsOn::OnPremises],
            Self::Kafka => &[
                RunsOn::MskProvisioned,
                RunsOn::MskExpress,
                RunsOn::MskServerless,
                RunsOn::VpcHost,
                RunsOn::OnPremises,
            ],
        }
    }
}

/// What a source out of the list answers by itself; nothing where it was not found.
pub fn answers_of(facts: &RegionFacts, arn: &str) -> Answers {
    if let Some(database) = Database::find(facts, arn) {
        return Answers {
            source: match database.engine() {
                Some(Engine::Postgres) => Some(SourceKind::Postgres),
                Some(Engine::Mysql) => Some(SourceKind::Mysql),
                Some(Engine::Kafka | Engine::MongoDb | Engine::Other) | None => None,
            },
            runs_on: Some(RunsOn::Rds),
            ..Answers::default()
        };
    }
    let mut clusters = facts.msk_clusters.known().into_iter().flatten();
    clusters
        .find(|it| it.arn == arn)
        .map_or_else(Answers::default, |cluster| Answers {
            source: Some(SourceKind::Kafka),
            runs_on: match kind(cluster) {
                Kind::Standard => Some(RunsOn::MskProvisioned),
                Kind::Express => Some(RunsOn::MskExpress),
                Kind::Serverless => Some(RunsOn::MskServerless),
                Kind::Unknown => None,
            },
            ..Answers::default()
        })
}
