//! Writing what one sweep saw, in one transaction. Nothing that could not be read is touched.

use jiff::Timestamp;
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use rusqlite::{OptionalExtension, Transaction, params};

use super::{SeenOrganization, SeenService, Sweep, last_sweep};
use crate::journal::Fault;
use crate::journal::runs::json;

/// Keeps what a sweep saw.
pub(crate) fn keep(transaction: &Transaction<'_>, sweep: &Sweep) -> Result<(), Fault> {
    let mut organizations = last_sweep(transaction, &sweep.account_id)?
        .map(|last| last.organizations)
        .unwrap_or_default();
    if !sweep.organizations.is_empty() {
        organizations = sweep
            .organizations
            .iter()
            .map(|organization| organization.id.clone())
            .collect();
    }
    let keeping = Keeping {
        transaction,
        account_id: &sweep.account_id,
        at: sweep.at,
    };
    for organization in &sweep.organizations {
        keeping.organization(organization)?;
    }
    for (run, status) in &sweep.shares {
        transaction.execute(
            "INSERT OR REPLACE INTO shares (run, principal_status) VALUES (?1, ?2)",
            params![run.0, status],
        )?;
    }
    transaction.execute(
        "INSERT OR REPLACE INTO sweeps (account_id, ended_at, organizations, problem)
         VALUES (?1, ?2, ?3, ?4)",
        params![
            sweep.account_id,
            sweep.at.to_string(),
            json(&organizations)?,
            sweep.problem.as_ref().map(json).transpose()?,
        ],
    )?;
    Ok(())
}

/// The writing of one sweep.
struct Keeping<'a> {
    transaction: &'a Transaction<'a>,
    account_id: &'a str,
    at: Timestamp,
}

impl Keeping<'_> {
    fn organization(&self, organization: &SeenOrganization) -> Result<(), Fault> {
        for seen in &organization.services {
            self.service(seen)?;
        }
        if !organization.complete {
            return Ok(());
        }
        let known = self.ids(
            "SELECT id FROM services WHERE account_id = ?1 AND organization = ?2",
            &organization.id,
        )?;
        let there = |id: &str| {
            organization
                .services
                .iter()
                .any(|seen| seen.service.id == id)
        };
        for id in known.iter().filter(|id| !there(id)) {
            self.transaction.execute(
                "UPDATE services SET unread = NULL WHERE account_id = ?1 AND id = ?2",
                params![self.account_id, id],
            )?;
            self.transaction.execute(
                "UPDATE endpoints SET gone_at = ?3
                 WHERE account_id = ?1 AND service = ?2 AND gone_at IS NULL",
                params![self.account_id, id, self.at.to_string()],
            )?;
        }
        Ok(())
    }

    fn service(&self, seen: &SeenService) -> Result<(), Fault> {
        let service = &seen.service;
        let unread = seen.endpoints.as_ref().err().map(json).transpose()?;
        self.transaction.execute(
            "INSERT INTO services (account_id, id, organization, service, unread)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (account_id, id) DO UPDATE SET
                 organization = excluded.organization, service = excluded.service,
                 unread = excluded.unread",
            params![
                self.account_id,
                service.id,
                service.organization_id,
                json(service)?,
                unread
            ],
        )?;
        // Rows of a service that could not be read keep what was last seen.
        let Ok(endpoints) = &seen.endpoints else {
            return Ok(());
        };
        let pipes = endpoints.pipes.as_ref().map(json).transpose()?;
        self.transaction.execute(
            "UPDATE services SET pipes = ?3 WHERE account_id = ?1 AND id = ?2",
            params![self.account_id, service.id, pipes],
        )?;
        for endpoint in &endpoints.rows {
            self.endpoint(&service.id, endpoint)?;
        }
        if !endpoints.complete {
            return Ok(());
        }
        let known = self.ids(
            "SELECT id FROM endpoints WHERE account_id = ?1 AND service = ?2 AND gone_at IS NULL",
            &service.id,
        )?;
        let there = |id: &str| endpoints.rows.iter().any(|endpoint| endpoint.id == id);
        for id in known.iter().filter(|id| !there(id)) {
            self.transaction.execute(
                "UPDATE endpoints SET gone_at = ?3 WHERE account_id = ?1 AND id = ?2",
                params![self.account_id, id, self.at.to_string()],
            )?;
        }
        Ok(())
    }

    fn endpoint(&self, service: &str, endpoint: &ReversePrivateEndpoint) -> Result<(), Fault> {
        let (account_id, at) = (self.account_id, self.at.to_string());
        self.transaction.execute(
            "INSERT INTO endpoints (account_id, id, service, endpoint, first_seen, last_seen)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5)
             ON CONFLICT (account_id, id) DO UPDATE SET
                 service = excluded.service, endpoint = excluded.endpoint,
                 last_seen = excluded.last_seen, gone_at = NULL",
            params![account_id, endpoint.id, service, json(endpoint)?, at],
        )?;
        let current = self
            .transaction
            .query_row(
                "SELECT position, status FROM statuses
                 WHERE account_id = ?1 AND endpoint = ?2 ORDER BY position DESC LIMIT 1",
                params![account_id, endpoint.id],
                |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)),
            )
            .optional()?;
        let status = endpoint.status.as_wire();
        match current {
            Some((position, same)) if same == status => self.transaction.execute(
                "UPDATE statuses SET last_seen = ?4
                 WHERE account_id = ?1 AND endpoint = ?2 AND position = ?3",
                params![account_id, endpoint.id, position, at],
            )?,
            other => self.transaction.execute(
                "INSERT INTO statuses (account_id, endpoint, position, status, first_seen, last_seen)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
                params![
                    account_id,
                    endpoint.id,
                    other.map_or(0, |(position, _)| position + 1),
                    status,
                    at
                ],
            )?,
        };
        Ok(())
    }

    /// The IDs that a `SELECT` by account and one other key answers.
    fn ids(&self, select: &str, of: &str) -> Result<Vec<String>, Fault> {
        let mut statement = self.transaction.prepare_cached(select)?;
        let rows = statement.query_map([self.account_id, of], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
