-- What was seen belongs to the AWS account it was seen from: each has its own ClickHouse key, and one key's
-- full list says nothing of what another key sees.

ALTER TABLE services RENAME TO services_1;
ALTER TABLE endpoints RENAME TO endpoints_1;
ALTER TABLE statuses RENAME TO statuses_1;
ALTER TABLE sweeps RENAME TO sweeps_1;

CREATE TABLE sweeps (
    account_id    TEXT PRIMARY KEY,
    ended_at      TEXT NOT NULL,
    -- The organizations of the account's key last used; the board shows theirs.
    organizations TEXT NOT NULL,
    problem       TEXT
) STRICT;

CREATE TABLE services (
    account_id   TEXT NOT NULL,
    id           TEXT NOT NULL,
    organization TEXT NOT NULL,
    service      TEXT NOT NULL,
    -- Its ClickPipes as last read; NULL if they could not be.
    pipes        TEXT,
    -- Why its endpoints could not be read in the last sweep; NULL if they could.
    unread       TEXT,
    PRIMARY KEY (account_id, id)
) STRICT;

CREATE TABLE endpoints (
    account_id TEXT NOT NULL,
    id         TEXT NOT NULL,
    service    TEXT NOT NULL,
    endpoint   TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen  TEXT NOT NULL,
    -- When it was first missing from a full list.
    gone_at    TEXT,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, service) REFERENCES services (account_id, id)
) STRICT;

-- One row for each unbroken stretch in one status.
CREATE TABLE statuses (
    account_id TEXT NOT NULL,
    endpoint   TEXT NOT NULL,
    position   INTEGER NOT NULL,
    status     TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen  TEXT NOT NULL,
    PRIMARY KEY (account_id, endpoint, position),
    FOREIGN KEY (account_id, endpoint) REFERENCES endpoints (account_id, id)
) STRICT;

-- Version 1 had one sweep for all accounts, and kept the organizations of the one before where it saw none
-- itself. Only what a sweep without a problem saw is known to be its account's; the rest is seen again.
INSERT INTO sweeps (account_id, ended_at, organizations, problem)
    SELECT account_id, ended_at, organizations, problem FROM sweeps_1 WHERE problem IS NULL;
INSERT INTO services (account_id, id, organization, service, pipes, unread)
    SELECT w.account_id, s.id, s.organization, s.service, s.pipes, s.unread
    FROM sweeps w JOIN services_1 s
    WHERE s.organization IN (SELECT value FROM json_each(w.organizations))
    ORDER BY s.rowid;
INSERT INTO endpoints (account_id, id, service, endpoint, first_seen, last_seen, gone_at)
    SELECT s.account_id, e.id, e.service, e.endpoint, e.first_seen, e.last_seen, e.gone_at
    FROM endpoints_1 e JOIN services s ON s.id = e.service
    ORDER BY e.rowid;
INSERT INTO statuses (account_id, endpoint, position, status, first_seen, last_seen)
    SELECT e.account_id, e.id, t.position, t.status, t.first_seen, t.last_seen
    FROM statuses_1 t JOIN endpoints e ON e.id = t.endpoint;

-- Referring tables first.
DROP TABLE statuses_1;
DROP TABLE endpoints_1;
DROP TABLE services_1;
DROP TABLE sweeps_1;

CREATE INDEX endpoints_of_service ON endpoints (account_id, service);
