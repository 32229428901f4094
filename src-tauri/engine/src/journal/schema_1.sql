-- Times are RFC 3339 in the account's time, unless a column says otherwise. Values of pipelink-plan are JSON.

CREATE TABLE runs (
    position   INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT NOT NULL UNIQUE,
    account    TEXT NOT NULL,
    identity   TEXT NOT NULL,
    plan       TEXT NOT NULL,
    accepted   TEXT NOT NULL,
    state      TEXT NOT NULL,
    -- 1 while the state is Running or Undoing: what a crash leaves to be told as interrupted.
    under_way  INTEGER NOT NULL,
    cancelling INTEGER NOT NULL DEFAULT 0,
    began_at   TEXT NOT NULL,
    ended_at   TEXT
) STRICT;

CREATE TABLE steps (
    run        TEXT NOT NULL REFERENCES runs (id),
    position   INTEGER NOT NULL,
    id         TEXT NOT NULL,
    state      TEXT NOT NULL,
    -- Made and stored before the first call, and the same for ever after.
    token      TEXT,
    -- 1 once the admin has said to send again what may have taken effect; taken back by the next intent.
    send_again INTEGER NOT NULL DEFAULT 0,
    began_at   TEXT,
    ended_at   TEXT,
    adopted    INTEGER NOT NULL DEFAULT 0,
    outputs    TEXT NOT NULL,
    PRIMARY KEY (run, position)
) STRICT;

CREATE TABLE log (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    run      TEXT NOT NULL REFERENCES runs (id),
    at       TEXT NOT NULL,
    step     TEXT,
    text     TEXT NOT NULL
) STRICT;
CREATE INDEX log_of_run ON log (run);

CREATE TABLE leases (
    name       TEXT PRIMARY KEY,
    holder     TEXT NOT NULL,
    -- Told apart from an earlier process of the same number by a word made at its start.
    process    TEXT NOT NULL,
    pid        INTEGER NOT NULL,
    host       TEXT NOT NULL,
    -- Milliseconds of the system's time since 1970.
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE services (
    id           TEXT PRIMARY KEY,
    organization TEXT NOT NULL,
    service      TEXT NOT NULL,
    -- Its ClickPipes as last read; NULL if they could not be.
    pipes        TEXT,
    -- Why its endpoints could not be read in the last sweep; NULL if they could.
    unread       TEXT
) STRICT;

CREATE TABLE endpoints (
    id         TEXT PRIMARY KEY,
    service    TEXT NOT NULL REFERENCES services (id),
    endpoint   TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen  TEXT NOT NULL,
    -- When it was first missing from a full list.
    gone_at    TEXT
) STRICT;
CREATE INDEX endpoints_of_service ON endpoints (service);

-- One row for each unbroken stretch in one status.
CREATE TABLE statuses (
    endpoint   TEXT NOT NULL REFERENCES endpoints (id),
    position   INTEGER NOT NULL,
    status     TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen  TEXT NOT NULL,
    PRIMARY KEY (endpoint, position)
) STRICT;

CREATE TABLE sweeps (
    one           INTEGER PRIMARY KEY CHECK (one = 1),
    ended_at      TEXT NOT NULL,
    -- The organizations of the key last used; the board shows theirs.
    organizations TEXT NOT NULL,
    account_id    TEXT NOT NULL,
    region        TEXT NOT NULL,
    problem       TEXT
) STRICT;

-- The state of the principal's association of a share that waits for acceptance, as last seen.
CREATE TABLE shares (
    run              TEXT PRIMARY KEY REFERENCES runs (id),
    principal_status TEXT
) STRICT;
