-- What was taken away for good: the certificates, and what forbids one.
CREATE TABLE purge (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    of_kind TEXT NOT NULL,
    of_id BLOB NOT NULL,
    reason TEXT NOT NULL,
    records INTEGER NOT NULL,
    "values" INTEGER NOT NULL,
    erased_sha256 TEXT NOT NULL,
    lines INTEGER NOT NULL,
    files INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    copies_rewritten INTEGER,
    copies_dropped INTEGER,
    looked_for INTEGER,
    still_found INTEGER,
    finished_at INTEGER,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX purge_by_what ON purge(of_id);
CREATE INDEX purge_under_way ON purge(finished_at) WHERE finished_at IS NULL;

CREATE TABLE hold (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    case_id BLOB NOT NULL,
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX hold_by_case ON hold(case_id) WHERE deleted_at IS NULL;

-- Which changes lost values, by which certificate: it holds a digest over their numbers.
CREATE TABLE erased (
    purge BLOB NOT NULL,
    change INTEGER NOT NULL,
    PRIMARY KEY (purge, change)
) STRICT, WITHOUT ROWID;

-- Records that went. Nothing is written to them any more, nor to what would lie in them.
CREATE TABLE purged (
    id BLOB PRIMARY KEY,
    purge BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Bytes that belong to nobody any more, until they are gone.
CREATE TABLE dropped (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    recording_id BLOB NOT NULL,
    role TEXT NOT NULL,
    format INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER
) STRICT;
