-- The log of before waits under another name until its operations stand in a chain: digests are made by
-- the program, not by SQL.
DROP INDEX change_by_op;
DROP INDEX change_by_entity;
DROP INDEX change_by_actor;
DROP INDEX change_by_undone;
ALTER TABLE change RENAME TO change_unchained;

-- Every operation, in the order of this workspace. It is the n-th of a replica: an installation, in one
-- folder, since it last took that folder up. `head` is a digest over all of it and the head before
-- (domain/proof, version 1), `seen` the head of another chain that came in since; `vouched` says with the installation's key that it was this one.
CREATE TABLE op (
    seq INTEGER PRIMARY KEY,
    op_id BLOB NOT NULL,
    replica BLOB NOT NULL,
    n INTEGER NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor BLOB NOT NULL,
    device BLOB,
    origin TEXT NOT NULL,
    action TEXT NOT NULL,
    undoes BLOB,
    seen BLOB,
    first INTEGER NOT NULL,
    touched INTEGER NOT NULL,
    head BLOB NOT NULL,
    vouched BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX op_by_id ON op(op_id);
CREATE INDEX op_by_undone ON op(undoes) WHERE undoes IS NOT NULL;

-- What an operation did to each record it touched: the rows from `first` on, `touched` of them. `proof`
-- holds whom its values speak of and a salted digest per field, and no value.
CREATE TABLE change (
    seq INTEGER PRIMARY KEY,
    op INTEGER NOT NULL,
    entity TEXT NOT NULL,
    entity_id BLOB NOT NULL,
    created INTEGER NOT NULL,
    proof BLOB NOT NULL
) STRICT;
CREATE INDEX change_by_entity ON change(entity_id);

-- The values of a change, each with its salt (store/log/said). What is taken out of here is erased.
CREATE TABLE said (
    change INTEGER PRIMARY KEY,
    fields BLOB NOT NULL
) STRICT;

-- Which changes hold personal values of a case, a person, or a recording.
CREATE TABLE said_of (
    whom BLOB NOT NULL,
    change INTEGER NOT NULL,
    PRIMARY KEY (whom, change)
) STRICT, WITHOUT ROWID;
