-- What somebody listened to: each stretch once, never written over. Where they left off stays beside it in
-- listen_state, which says no longer who listened; what it said of that waits until the program carries it over
-- (store/open/rest).
CREATE TABLE listening (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    recording_id BLOB NOT NULL REFERENCES recording(id) DEFERRABLE INITIALLY DEFERRED,
    person_id BLOB NOT NULL REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    from_ms INTEGER NOT NULL,
    to_ms INTEGER NOT NULL,
    played_ms INTEGER,
    began_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    device_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX listening_by_recording ON listening(recording_id, person_id);

CREATE TABLE heard_before (
    case_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    position_ms INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
INSERT INTO heard_before SELECT case_id, person_id, position_ms, at FROM listen_state;
