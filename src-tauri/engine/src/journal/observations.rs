//! What was seen of ClickHouse's endpoints, and when.
//!
//! ClickHouse's API gives no times: each unbroken stretch in one status is kept with when it was first and
//! last seen, and is never thrown away. From that the deletion windows are told.

use std::collections::HashMap;

use jiff::Timestamp;
use pipelink_plan::facts::clickhouse::{ClickPipe, ReversePrivateEndpoint, Service};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::RunId;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::Fault;
use super::runs::{json, moment, stored};

/// What one sweep saw.
pub(crate) struct Sweep {
    pub(crate) at: Timestamp,
    pub(crate) account_id: String,
    pub(crate) region: String,
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
    /// First seen in its current status.
    pub(crate) since: Timestamp,
    /// Last seen in the status before that.
    pub(crate) last_seen_in_another: Option<Timestamp>,
    pub(crate) seen_at: Timestamp,
}

/// The last sweep.
pub(crate) struct LastSweep {
    pub(crate) ended_at: Timestamp,
    pub(crate) account_id: String,
    pub(crate) region: String,
    pub(crate) organizations: Vec<String>,
    pub(crate) problem: Option<Problem>,
}

/// Keeps what a sweep saw.
pub(crate) fn keep(transaction: &Transaction<'_>, sweep: &Sweep) -> Result<(), Fault> {
    let mut organizations = last_sweep(transaction)?
        .map(|last| last.organizations)
        .unwrap_or_default();
    if !sweep.organizations.is_empty() {
        organizations = sweep
            .organizations
            .iter()
            .map(|organization| organization.id.clone())
            .collect();
    }
    for organization in &sweep.organizations {
        keep_organization(transaction, organization, sweep.at)?;
    }
    for (run, status) in &sweep.shares {
        transaction.execute(
            "INSERT OR REPLACE INTO shares (run, principal_status) VALUES (?1, ?2)",
            params![run.0, status],
        )?;
    }
    transaction.execute(
        "INSERT OR REPLACE INTO sweeps (one, ended_at, organizations, account_id, region, problem)
         VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        params![
            sweep.at.to_string(),
            json(&organizations)?,
            sweep.account_id,
            sweep.region,
            sweep.problem.as_ref().map(json).transpose()?,
        ],
    )?;
    Ok(())
}

/// Every endpoint of those organizations that is not known to be gone, with the services that could not be
/// read in the last sweep.
#[expect(clippy::type_complexity, reason = "the two halves of one reading")]
pub(crate) fn remembered(
    connection: &Connection,
    organizations: &[String],
) -> Result<(Vec<RememberedEndpoint>, Vec<(Service, Problem)>), Fault> {
    let (services, unread) = services(connection, organizations)?;
    let mut statement = connection.prepare_cached(
        "SELECT e.service, e.endpoint, e.last_seen, c.first_seen, p.last_seen
         FROM endpoints e
         JOIN statuses c ON c.endpoint = e.id
             AND c.position = (SELECT MAX(position) FROM statuses WHERE endpoint = e.id)
         LEFT JOIN statuses p ON p.endpoint = e.id AND p.position = c.position - 1
         WHERE e.gone_at IS NULL
         ORDER BY e.rowid",
    )?;
    let mut rows = statement.query([])?;
    let mut endpoints = Vec::new();
    while let Some(row) = rows.next()? {
        let Some((service, pipes)) = services.get(&row.get::<_, String>(0)?) else {
            continue;
        };
        endpoints.push(RememberedEndpoint {
            endpoint: stored(&row.get::<_, String>(1)?)?,
            service: service.clone(),
            pipes: pipes.clone(),
            since: row.get::<_, String>(3)?.parse()?,
            last_seen_in_another: moment(row.get(4)?)?,
            seen_at: row.get::<_, String>(2)?.parse()?,
        });
    }
    Ok((endpoints, unread))
}

pub(crate) fn last_sweep(connection: &Connection) -> Result<Option<LastSweep>, Fault> {
    let row = connection
        .query_row(
            "SELECT ended_at, account_id, region, organizations, problem FROM sweeps WHERE one = 1",
            [],
            |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, String>(3)?,
                    row.get::<_, Option<String>>(4)?,
                ))
            },
        )
        .optional()?;
    row.map(|(ended_at, account_id, region, organizations, problem)| {
        Ok(LastSweep {
            ended_at: ended_at.parse()?,
            account_id,
            region,
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

fn keep_organization(
    transaction: &Transaction<'_>,
    organization: &SeenOrganization,
    at: Timestamp,
) -> Result<(), Fault> {
    for seen in &organization.services {
        keep_service(transaction, seen, at)?;
    }
    if organization.complete {
        let there: Vec<&str> = organization
            .services
            .iter()
            .map(|seen| seen.service.id.as_str())
            .collect();
        let known = ids(
            transaction,
            "SELECT id FROM services WHERE organization = ?1",
            &organization.id,
        )?;
        for id in known.iter().filter(|id| !there.contains(&id.as_str())) {
            transaction.execute("UPDATE services SET unread = NULL WHERE id = ?1", [id])?;
            transaction.execute(
                "UPDATE endpoints SET gone_at = ?2 WHERE service = ?1 AND gone_at IS NULL",
                params![id, at.to_string()],
            )?;
        }
    }
    Ok(())
}

fn keep_service(
    transaction: &Transaction<'_>,
    seen: &SeenService,
    at: Timestamp,
) -> Result<(), Fault> {
    let service = &seen.service;
    transaction.execute(
        "INSERT INTO services (id, organization, service) VALUES (?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET organization = excluded.organization, service = excluded.service",
        params![service.id, service.organization_id, json(service)?],
    )?;
    let unread = seen.endpoints.as_ref().err().map(json).transpose()?;
    transaction.execute(
        "UPDATE services SET unread = ?2 WHERE id = ?1",
        params![service.id, unread],
    )?;
    // Rows of a service that could not be read keep what was last seen.
    let Ok(endpoints) = &seen.endpoints else {
        return Ok(());
    };
    transaction.execute(
        "UPDATE services SET pipes = ?2 WHERE id = ?1",
        params![service.id, endpoints.pipes.as_ref().map(json).transpose()?],
    )?;
    for endpoint in &endpoints.rows {
        keep_endpoint(transaction, &service.id, endpoint, at)?;
    }
    if endpoints.complete {
        let known = ids(
            transaction,
            "SELECT id FROM endpoints WHERE service = ?1 AND gone_at IS NULL",
            &service.id,
        )?;
        let there = |id: &&String| endpoints.rows.iter().any(|endpoint| endpoint.id == **id);
        for id in known.iter().filter(|id| !there(id)) {
            transaction.execute(
                "UPDATE endpoints SET gone_at = ?2 WHERE id = ?1",
                params![id, at.to_string()],
            )?;
        }
    }
    Ok(())
}

fn keep_endpoint(
    transaction: &Transaction<'_>,
    service: &str,
    endpoint: &ReversePrivateEndpoint,
    at: Timestamp,
) -> Result<(), Fault> {
    let at = at.to_string();
    transaction.execute(
        "INSERT INTO endpoints (id, service, endpoint, first_seen, last_seen) VALUES (?1, ?2, ?3, ?4, ?4)
         ON CONFLICT (id) DO UPDATE SET
             service = excluded.service, endpoint = excluded.endpoint, last_seen = excluded.last_seen,
             gone_at = NULL",
        params![endpoint.id, service, json(endpoint)?, at],
    )?;
    let current = transaction
        .query_row(
            "SELECT position, status FROM statuses WHERE endpoint = ?1 ORDER BY position DESC LIMIT 1",
            [&endpoint.id],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)),
        )
        .optional()?;
    let status = endpoint.status.as_wire();
    match current {
        Some((position, same)) if same == status => transaction.execute(
            "UPDATE statuses SET last_seen = ?3 WHERE endpoint = ?1 AND position = ?2",
            params![endpoint.id, position, at],
        )?,
        other => transaction.execute(
            "INSERT INTO statuses (endpoint, position, status, first_seen, last_seen)
             VALUES (?1, ?2, ?3, ?4, ?4)",
            params![
                endpoint.id,
                other.map_or(0, |(position, _)| position + 1),
                status,
                at
            ],
        )?,
    };
    Ok(())
}

type ServiceRows = HashMap<String, (Service, Option<Vec<ClickPipe>>)>;

fn services(
    connection: &Connection,
    organizations: &[String],
) -> Result<(ServiceRows, Vec<(Service, Problem)>), Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT organization, service, pipes, unread FROM services ORDER BY rowid",
    )?;
    let mut rows = statement.query([])?;
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

fn ids(connection: &Connection, select: &str, of: &str) -> Result<Vec<String>, Fault> {
    let mut statement = connection.prepare_cached(select)?;
    let rows = statement.query_map([of], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
