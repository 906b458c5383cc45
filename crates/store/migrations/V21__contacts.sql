-- Who spoke with whom, and when, is told of each contact of a case: one call, one chat. What cases held of it waits
-- in case_before until the program has made a contact of each.
CREATE TABLE contact (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    case_id BLOB NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    began_at INTEGER,
    ended_at INTEGER,
    agent TEXT NOT NULL,
    customer TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX contact_by_case ON contact(case_id);

CREATE TABLE case_before (
    id BLOB PRIMARY KEY,
    agent TEXT NOT NULL,
    customer TEXT NOT NULL,
    started_at INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO case_before SELECT id, agent, customer, started_at FROM "case";
ALTER TABLE "case" DROP COLUMN agent;
ALTER TABLE "case" DROP COLUMN customer;
ALTER TABLE "case" DROP COLUMN started_at;

ALTER TABLE recording ADD COLUMN contact_id BLOB REFERENCES contact(id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX recording_by_contact ON recording(contact_id);
