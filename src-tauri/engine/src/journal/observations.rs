//! What was seen of ClickHouse's endpoints, and when.
//!
//! ClickHouse's API gives no times: each unbroken stretch in one word is kept with when it was first and last
//! seen, and is never thrown away. From that the deletion windows are told. Not every word tells a status:
//! one that does not (see [`tells`]) is kept like any other, and neither begins nor ends a stretch in a status.
//!
//! All of it is kept by AWS account: each has a ClickHouse key of its own, and two keys may see different
//! parts of one organization.

mod keeping;

use std::collections::HashMap;

use jiff::Timestamp;
use pipelink_plan::endpoint::EndpointStatus;
use pipelink_plan::facts::clickhouse::{ClickPipe, ReversePrivateEndpoint, Service};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::RunId;
use rusqlite::{Connection, OptionalExtension};

use super::Fault;
use super::runs::stored;
pub(crate) use keeping::keep;

/// What one sweep saw.
pub(crate) struct Sweep {
    pub(crate) at: Timestamp,
    pub(crate) account_id: String,
    /// Why ClickHouse could not be asked at all, or not fully.
    pub(crate) problem: Option<Problem>,
    pub(crate) organizations: Vec<SeenOrganization>,
    /// The state of each watched share's principal, where it could be read.
    pub(crate) shares: Vec<(RunId, String)>,
}

pub(crate) struct SeenOrganization {
    pub(crate) id: String,
    /// Whether the list of services had every one: one that is not in a full list is no more.
    pub(crate) complete: bool,
    pub(crate) services: Vec<SeenService>,
}

pub(crate) struct SeenService {
    pub(crate) service: Service,
    pub(crate) endpoints: Result<SeenEndpoints, Problem>,
}

pub(crate) struct SeenEndpoints {
    pub(crate) rows: Vec<ReversePrivateEndpoint>,
    /// Whether every row of the list could be read: an endpoint that is not in a full list is no more.
    pub(crate) complete: bool,
    /// `None` if they could not be read.
    pub(crate) pipes: Option<Vec<ClickPipe>>,
}

/// One endpoint as the journal remembers it.
pub(crate) struct RememberedEndpoint {
    pub(crate) endpoint: ReversePrivateEndpoint,
    pub(crate) service: Service,
    pub(crate) pipes: Option<Vec<ClickPipe>>,
    /// First seen in the status that it shows.
    pub(crate) since: Timestamp,
    /// The status it was last known to be in; `None` if no word so far told one.
    pub(crate) known: Option<KnownStatus>,
    pub(crate) seen_at: Timestamp,
}

/// The status that an endpoint was last known to be in.
pub(crate) struct KnownStatus {
    pub(crate) status: EndpointStatus,
    /// First seen in it.
    pub(crate) since: Timestamp,
    /// Last seen in the status before that.
    pub(crate) last_seen_in_another: Option<Timestamp>,
}

/// The last sweep of an account.
pub(crate) struct LastSweep {
    pub(crate) ended_at: Timestamp,
    pub(crate) organizations: Vec<String>,
    pub(crate) problem: Option<Problem>,
}

/// Every endpoint that the account's key saw in those organizations and that is not known to be gone, with the services that could not be
/// read in the last sweep.
#[expect(clippy::type_complexity, reason = "the two halves of one reading")]
pub(crate) fn remembered(
    connection: &Connection,
    account_id: &str,
    organizations: &[String],
) -> Result<(Vec<RememberedEndpoint>, Vec<(Service, Problem)>), Fault> {
    let (services, unread) = services(connection, account_id, organizations)?;
    let mut statement = connection.prepare_cached(
        "SELECT service, endpoint, first_seen, last_seen FROM endpoints
         WHERE account_id = ?1 AND gone_at IS NULL ORDER BY rowid",
    )?;
    let mut rows = statement.query([account_id])?;
    let mut endpoints = Vec::new();
    while let Some(row) = rows.next()? {
        let Some((service, pipes)) = services.get(&row.get::<_, String>(0)?) else {
            continue;
        };
        let endpoint: ReversePrivateEndpoint = stored(&row.get::<_, String>(1)?)?;
        let first_seen: Timestamp = row.get::<_, String>(2)?.parse()?;
        let stretches = stretches(connection, account_id, &endpoint.id)?;
        let known = known_status(&stretches);
        let since = match &known {
            Some(known) if known.status == endpoint.status => known.since,
            _ => stretches.first().map_or(first_seen, |last| last.first_seen),
        };
        endpoints.push(RememberedEndpoint {
            endpoint,
            service: service.clone(),
            pipes: pipes.clone(),
            since,
            known,
            seen_at: row.get::<_, String>(3)?.parse()?,
        });
    }
    Ok((endpoints, unread))
}

/// Whether a word tells the status that an endpoint is in. ClickHouse's own *Unknown* does not, and of a word
/// newer than this program it cannot be said: taken for a status, one such sight in between would move the
/// start of the grace period, and with it the earliest deletion, later than the truth.
fn tells(status: &EndpointStatus) -> bool {
    match status {
        EndpointStatus::Provisioning
        | EndpointStatus::Ready
        | EndpointStatus::PendingAcceptance
        | EndpointStatus::Rejected
        | EndpointStatus::Failed
        | EndpointStatus::Expired
        | EndpointStatus::Deleting => true,
        EndpointStatus::Unknown | EndpointStatus::Other(_) => false,
    }
}

/// An unbroken stretch in one word.
struct Stretch {
    status: EndpointStatus,
    first_seen: Timestamp,
    last_seen: Timestamp,
}

/// Every stretch of an endpoint, the last one first.
fn stretches(
    connection: &Connection,
    account_id: &str,
    endpoint: &str,
) -> Result<Vec<Stretch>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT status, first_seen, last_seen FROM statuses
         WHERE account_id = ?1 AND endpoint = ?2 ORDER BY position DESC",
    )?;
    let mut rows = statement.query([account_id, endpoint])?;
    let mut stretches = Vec::new();
    while let Some(row) = rows.next()? {
        stretches.push(Stretch {
            status: EndpointStatus::from_wire(&row.get::<_, String>(0)?),
            first_seen: row.get::<_, String>(1)?.parse()?,
            last_seen: row.get::<_, String>(2)?.parse()?,
        });
    }
    Ok(stretches)
}

/// From the stretches, the last one first.
fn known_status(stretches: &[Stretch]) -> Option<KnownStatus> {
    let mut told = stretches.iter().filter(|stretch| tells(&stretch.status));
    let last = told.next()?;
    let mut known = KnownStatus {
        status: last.status.clone(),
        since: last.first_seen,
        last_seen_in_another: None,
    };
    for before in told {
        if before.status != known.status {
            known.last_seen_in_another = Some(before.last_seen);
            break;
        }
        known.since = before.first_seen;
    }
    Some(known)
}

pub(crate) fn last_sweep(
    connection: &Connection,
    account_id: &str,
) -> Result<Option<LastSweep>, Fault> {
    let row = connection
        .query_row(
            "SELECT ended_at, organizations, problem FROM sweeps WHERE account_id = ?1",
            [account_id],
            |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, Option<String>>(2)?,
                ))
            },
        )
        .optional()?;
    row.map(|(ended_at, organizations, problem)| {
        Ok(LastSweep {
            ended_at: ended_at.parse()?,
            organizations: stored(&organizations)?,
            problem: problem.as_deref().map(stored).transpose()?,
        })
    })
    .transpose()
}

/// The state of each watched share's principal, as last seen.
pub(crate) fn principal_statuses(connection: &Connection) -> Result<HashMap<RunId, String>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT run, principal_status FROM shares WHERE principal_status IS NOT NULL",
    )?;
    let rows = statement.query_map([], |row| Ok((RunId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

type ServiceRows = HashMap<String, (Service, Option<Vec<ClickPipe>>)>;

fn services(
    connection: &Connection,
    account_id: &str,
    organizations: &[String],
) -> Result<(ServiceRows, Vec<(Service, Problem)>), Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT organization, service, pipes, unread FROM services
         WHERE account_id = ?1 ORDER BY rowid",
    )?;
    let mut rows = statement.query([account_id])?;
    let (mut services, mut unread) = (HashMap::new(), Vec::new());
    while let Some(row) = rows.next()? {
        if !organizations.contains(&row.get::<_, String>(0)?) {
            continue;
        }
        let service: Service = stored(&row.get::<_, String>(1)?)?;
        let pipes = row.get::<_, Option<String>>(2)?;
        let pipes = pipes.as_deref().map(stored).transpose()?;
        if let Some(problem) = row.get::<_, Option<String>>(3)? {
            unread.push((service.clone(), stored(&problem)?));
        }
        services.insert(service.id.clone(), (service, pipes));
    }
    Ok((services, unread))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
