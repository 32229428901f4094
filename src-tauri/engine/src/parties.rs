//! Which adapter carries out an action: the five verbs, sent to whose API it is.

use pipelink_clickhouse::ClickHouse;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::names::{other_txt_records, txt_record_names};
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{Action, Outputs};

use crate::Session;

impl Session {
    /// Makes what the action makes.
    pub(crate) async fn perform(
        &self,
        action: &Action,
        run: &RunId,
        token: &str,
    ) -> Result<Outputs, Problem> {
        match action.party() {
            Party::Aws => self.aws.perform(action, run, token).await,
            Party::ClickHouse => self.clickhouse()?.perform(action, run).await,
            Party::Computer => Err(nobodys(action)),
        }
    }

    /// Looks for what carries the run's ID.
    pub(crate) async fn find(
        &self,
        action: &Action,
        run: &RunId,
    ) -> Result<Option<Outputs>, Problem> {
        match action.party() {
            Party::Aws => self.aws.find(action, run).await,
            Party::ClickHouse => self.clickhouse()?.find(action, run).await,
            Party::Computer => Err(nobodys(action)),
        }
    }

    /// Looks whether it is usable yet.
    pub(crate) async fn progress(
        &self,
        action: &Action,
        outputs: &Outputs,
    ) -> Result<Progress, Problem> {
        match action.party() {
            Party::Aws => self.aws.progress(action, outputs).await,
            Party::ClickHouse => self.clickhouse()?.progress(action, outputs).await,
            Party::Computer => self.record_progress(action).await,
        }
    }

    /// Has it removed; fine if it is being removed or gone already.
    pub(crate) async fn remove(
        &self,
        action: &Action,
        run: &RunId,
        outputs: &Outputs,
    ) -> Result<(), Problem> {
        match action.party() {
            Party::Aws => self.aws.remove(action, run, outputs).await,
            Party::ClickHouse => self.clickhouse()?.remove(action, outputs).await,
            Party::Computer => Err(nobodys(action)),
        }
    }

    /// Looks whether it is gone.
    pub(crate) async fn removed(
        &self,
        action: &Action,
        outputs: &Outputs,
    ) -> Result<bool, Problem> {
        match action.party() {
            Party::Aws => self.aws.removed(action, outputs).await,
            Party::ClickHouse => self.clickhouse()?.removed(action, outputs).await,
            Party::Computer => Err(nobodys(action)),
        }
    }

    /// Whether the TXT record of a domain can be seen in public DNS, at any of the names where it may be. A name that
    /// cannot be looked up hides no record at another one; it is told where none has the record.
    async fn record_progress(&self, action: &Action) -> Result<Progress, Problem> {
        let Action::AwaitDnsRecord {
            private_dns_name,
            record,
            value,
        } = action
        else {
            return Err(nobodys(action));
        };
        let (Some(record), Some(value)) = (record.value(), value.value()) else {
            return Err(nobodys(action));
        };
        let (mut others, mut unread) = (Vec::new(), None);
        for name in txt_record_names(private_dns_name, record) {
            let found = match self.dns.lookup_txt(&name).await {
                Ok(found) => found,
                Err(problem) => {
                    unread.get_or_insert(problem);
                    continue;
                }
            };
            if found.iter().any(|text| text == value) {
                return Ok(Progress::Usable {
                    outputs: Outputs::default(),
                });
            }
            others.extend(found);
        }
        if let Some(problem) = unread {
            return Err(problem);
        }
        Ok(Progress::Waiting {
            seen: other_txt_records(&others),
            turn: Turn::You,
        })
    }

    fn clickhouse(&self) -> Result<&ClickHouse, Problem> {
        self.clickhouse.as_ref().ok_or(Problem::KeyMissing)
    }
}

fn nobodys(action: &Action) -> Problem {
    Problem::Internal {
        message: format!("{} is nobody's call", action.operation()),
    }
}
