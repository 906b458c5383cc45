-- The bin: calls that were taken away, since when, and how much time the program had seen by then.
-- What was deleted before this is in it from its beginning.

CREATE TABLE bin (
    case_id BLOB PRIMARY KEY REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    since INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX bin_by_since ON bin(since);
INSERT INTO bin (case_id, since, seen_ms)
    SELECT id, deleted_at, 0 FROM "case" WHERE deleted_at IS NOT NULL;

-- How long the program was there, all runs together. `last_at` is the wall time of the last beat; a
-- jump of the clock waits here until somebody says whether it counts. `removed` says that words left
-- the full-text index whose traces are still in it. Not part of the change log.
CREATE TABLE seen (
    row INTEGER PRIMARY KEY CHECK (row = 1),
    total_ms INTEGER NOT NULL,
    last_at INTEGER,
    jump_ms INTEGER NOT NULL,
    jumped_at INTEGER,
    removed INTEGER NOT NULL
) STRICT;
INSERT INTO seen (row, total_ms, jump_ms, removed) VALUES (1, 0, 0, 1);

-- A run that is to take the place of an older text: kept apart until it is whole.
CREATE TABLE transcript_run (
    op_id BLOB PRIMARY KEY,
    recording_id BLOB NOT NULL REFERENCES recording(id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE TABLE segment_run (
    row INTEGER PRIMARY KEY,
    op_id BLOB NOT NULL REFERENCES transcript_run(op_id) ON DELETE CASCADE
        DEFERRABLE INITIALLY DEFERRED,
    id BLOB NOT NULL UNIQUE,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    text TEXT NOT NULL,
    confidence REAL NOT NULL,
    language TEXT NOT NULL
) STRICT;
CREATE INDEX segment_run_by_op ON segment_run(op_id);

PRAGMA user_version = 5;
