-- Calls that are heard as they happen: how one is captured, what somebody at the seat notes, which
-- files its sound is being written into, and where sound is missing.

CREATE TABLE live_call (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    case_id BLOB NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    recording_id BLOB NOT NULL UNIQUE REFERENCES recording(id) DEFERRABLE INITIALLY DEFERRED,
    session_id BLOB REFERENCES session(id) DEFERRABLE INITIALLY DEFERRED,
    mode TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    consent TEXT,
    notice TEXT,
    mentor_id BLOB REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    anchor TEXT NOT NULL,
    lanes TEXT NOT NULL,
    alignment TEXT,
    acknowledged INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX live_call_by_case ON live_call(case_id);

CREATE TABLE seat_note (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    case_id BLOB NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    recording_id BLOB NOT NULL REFERENCES recording(id) DEFERRABLE INITIALLY DEFERRED,
    at_ms INTEGER NOT NULL,
    author_id BLOB NOT NULL REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX seat_note_by_case ON seat_note(case_id, at_ms);
CREATE INDEX seat_note_by_recording ON seat_note(recording_id);

CREATE VIRTUAL TABLE seat_note_text USING fts5(
    body, content='', contentless_delete=1, tokenize='ascii', prefix='1');

-- Files of a recording that is being written. `frames` promises what is safely on disk. Written by
-- the machine while a call goes on, gone when the sound has become media: not part of the change log.
CREATE TABLE capture_part (
    recording_id BLOB NOT NULL REFERENCES recording(id) DEFERRABLE INITIALLY DEFERRED,
    ordinal INTEGER NOT NULL,
    file TEXT NOT NULL,
    sample_rate_hz INTEGER NOT NULL,
    channels INTEGER NOT NULL,
    start_frame INTEGER NOT NULL,
    frames INTEGER NOT NULL,
    PRIMARY KEY (recording_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Stretches without sound; an open one has no end yet. `channel` is empty when it is all of them.
CREATE TABLE capture_gap (
    recording_id BLOB NOT NULL REFERENCES recording(id) DEFERRABLE INITIALLY DEFERRED,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    channel INTEGER,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER,
    PRIMARY KEY (recording_id, ordinal)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 3;
