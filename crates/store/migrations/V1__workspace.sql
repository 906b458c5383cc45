-- The first workspace. Ids are UUIDv7 as 16 bytes; times are milliseconds since 1970 UTC.
-- `row` keeps the order in which records came and names the rows of the full-text tables.

CREATE TABLE person (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    org_unit TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;

CREATE TABLE tag (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    parent_id BLOB REFERENCES tag(id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    aliases TEXT NOT NULL,
    definition TEXT NOT NULL,
    colour TEXT NOT NULL,
    position INTEGER NOT NULL,
    status TEXT NOT NULL,
    merged_into BLOB REFERENCES tag(id) DEFERRABLE INITIALLY DEFERRED,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;

CREATE TABLE "case" (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    title TEXT NOT NULL,
    business_line TEXT NOT NULL,
    queue TEXT NOT NULL,
    agent TEXT NOT NULL,
    customer TEXT NOT NULL,
    customer_tier TEXT NOT NULL,
    started_at INTEGER,
    disposition TEXT NOT NULL,
    external_id TEXT NOT NULL,
    language TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;

CREATE TABLE recording (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    case_id BLOB NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    sources TEXT NOT NULL,
    audio_sha256 TEXT NOT NULL,
    peaks_sha256 TEXT NOT NULL,
    sample_rate_hz INTEGER NOT NULL,
    channels INTEGER NOT NULL,
    frames INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    roles TEXT NOT NULL,
    was_dual_mono INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX recording_by_case ON recording(case_id);

-- Source and audio hashes of a recording, so that the same audio is recognised.
CREATE TABLE recording_hash (
    sha256 TEXT NOT NULL,
    recording_id BLOB NOT NULL REFERENCES recording(id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (sha256, recording_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recording_hash_by_recording ON recording_hash(recording_id);

CREATE TABLE segment (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    recording_id BLOB NOT NULL REFERENCES recording(id) DEFERRABLE INITIALLY DEFERRED,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    text TEXT NOT NULL,
    text_original TEXT,
    confidence REAL NOT NULL,
    language TEXT NOT NULL,
    engine TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
-- The transcript's order; covers the light index the console follows along.
CREATE INDEX segment_by_time ON segment(recording_id, start_ms, channel, end_ms)
    WHERE deleted_at IS NULL;

CREATE TABLE observation (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    case_id BLOB NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    recording_id BLOB NOT NULL REFERENCES recording(id) DEFERRABLE INITIALLY DEFERRED,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    raw_mark_ms INTEGER NOT NULL,
    lag_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    axis TEXT NOT NULL,
    text TEXT NOT NULL,
    quote TEXT NOT NULL,
    severity INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX observation_by_case ON observation(case_id, start_ms);
CREATE INDEX observation_by_recording ON observation(recording_id);

CREATE TABLE observation_tag (
    observation_id BLOB NOT NULL REFERENCES observation(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    tag_id BLOB NOT NULL REFERENCES tag(id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (observation_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX observation_tag_by_tag ON observation_tag(tag_id, observation_id);

CREATE TABLE issue (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    number INTEGER NOT NULL UNIQUE,
    title TEXT NOT NULL,
    statement TEXT NOT NULL,
    root_cause TEXT NOT NULL,
    business_line TEXT NOT NULL,
    owner_id BLOB REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    external_owner TEXT NOT NULL,
    urgency INTEGER NOT NULL,
    difficulty INTEGER NOT NULL,
    status TEXT NOT NULL,
    status_reason TEXT NOT NULL,
    due INTEGER,
    merged_into BLOB REFERENCES issue(id) DEFERRABLE INITIALLY DEFERRED,
    status_before_merge TEXT,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX issue_by_merge ON issue(merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE issue_link (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    issue_id BLOB NOT NULL REFERENCES issue(id) DEFERRABLE INITIALLY DEFERRED,
    moved_from BLOB REFERENCES issue(id) DEFERRABLE INITIALLY DEFERRED,
    observation_id BLOB NOT NULL REFERENCES observation(id) DEFERRABLE INITIALLY DEFERRED,
    relation TEXT NOT NULL,
    importance INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX issue_link_by_issue ON issue_link(issue_id);
CREATE INDEX issue_link_by_observation ON issue_link(observation_id);
CREATE INDEX issue_link_by_origin ON issue_link(moved_from) WHERE moved_from IS NOT NULL;

CREATE TABLE comment (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    issue_id BLOB NOT NULL REFERENCES issue(id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX comment_by_issue ON comment(issue_id);

-- One row. The values are one JSON object, because a setting that was never set takes the
-- default of the version that reads it.
CREATE TABLE settings (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    "values" TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;

-- Every mutation is a change: history, audit trail and undo in one.
CREATE TABLE change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor BLOB NOT NULL,
    action TEXT NOT NULL,
    op_id BLOB NOT NULL,
    entity TEXT NOT NULL,
    entity_id BLOB NOT NULL,
    created INTEGER NOT NULL,
    fields TEXT NOT NULL,
    undoes BLOB
) STRICT;
CREATE INDEX change_by_op ON change(op_id);
CREATE INDEX change_by_entity ON change(entity_id);
CREATE INDEX change_by_actor ON change(actor, seq);
CREATE INDEX change_by_undone ON change(undoes) WHERE undoes IS NOT NULL;

-- Where a person left off, and thereby who listened. Not part of the change log.
CREATE TABLE listen_state (
    case_id BLOB NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    person_id BLOB NOT NULL,
    position_ms INTEGER NOT NULL,
    speed REAL NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (case_id, person_id)
) STRICT, WITHOUT ROWID;

-- Who sat down last, for the next start. Not part of the change log.
CREATE TABLE seat (
    row INTEGER PRIMARY KEY CHECK (row = 1),
    person_id BLOB NOT NULL
) STRICT;

-- Background work. `runner` names the open workspace that took a running job.
CREATE TABLE job (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    case_id BLOB NOT NULL,
    recording_id BLOB NOT NULL,
    model TEXT,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    progress_permille INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    error_code TEXT,
    error_args TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    runner TEXT
) STRICT;
CREATE INDEX job_by_state ON job(state, id);
CREATE INDEX job_by_recording ON job(recording_id, id);
CREATE INDEX job_by_case ON job(case_id, id);

-- Full text. The tokens are made in Rust and parted by spaces, so the plain `ascii` tokenizer,
-- which leaves every other character alone, takes them as they are. Nothing is stored twice:
-- the rows are found again by `row`. `prefix=1` answers a single typed character.
CREATE VIRTUAL TABLE segment_text USING fts5(
    body, content='', contentless_delete=1, tokenize='ascii', prefix='1');
CREATE VIRTUAL TABLE observation_text USING fts5(
    body, content='', contentless_delete=1, tokenize='ascii', prefix='1');
CREATE VIRTUAL TABLE issue_text USING fts5(
    body, content='', contentless_delete=1, tokenize='ascii', prefix='1');
CREATE VIRTUAL TABLE case_text USING fts5(
    body, content='', contentless_delete=1, tokenize='ascii', prefix='1');

-- A transcript of thousands of segments becomes one piece of the index, not many small ones that
-- have to be merged again.
INSERT INTO segment_text (segment_text, rank) VALUES ('hashsize', 16777216);

PRAGMA application_id = 1363758663;
PRAGMA user_version = 1;
