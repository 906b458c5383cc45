-- Listening sessions: who listens to which calls, in which order. What is marked in one says so.

CREATE TABLE session (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    title TEXT NOT NULL,
    theme TEXT NOT NULL,
    question TEXT NOT NULL,
    place TEXT NOT NULL,
    starts_at INTEGER,
    facilitator_id BLOB REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;

CREATE TABLE session_person (
    session_id BLOB NOT NULL REFERENCES session(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (session_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_person_by_person ON session_person(person_id, session_id);

CREATE TABLE session_case (
    session_id BLOB NOT NULL REFERENCES session(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    case_id BLOB NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (session_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_case_by_case ON session_case(case_id, session_id);

ALTER TABLE observation
    ADD COLUMN session_id BLOB REFERENCES session(id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX observation_by_session ON observation(session_id) WHERE session_id IS NOT NULL;

-- One row when this workspace is the demo. In the database and not beside it, so that a copied
-- folder stays the demo. Not part of the change log.
CREATE TABLE demo (
    row INTEGER PRIMARY KEY CHECK (row = 1)
) STRICT;

PRAGMA user_version = 2;
