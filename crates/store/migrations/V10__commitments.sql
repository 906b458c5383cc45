-- 承诺: what somebody promises by a day, for an issue or in a session, and whether it was kept.
CREATE TABLE commitment (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    issue_id BLOB REFERENCES issue(id) DEFERRABLE INITIALLY DEFERRED,
    session_id BLOB REFERENCES session(id) DEFERRABLE INITIALLY DEFERRED,
    promise TEXT NOT NULL,
    person_id BLOB NOT NULL REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    due INTEGER,
    kept INTEGER,
    word TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX commitment_by_issue ON commitment(issue_id);
CREATE INDEX commitment_by_session ON commitment(session_id);

CREATE VIRTUAL TABLE commitment_text USING fts5(
    body, content='', contentless_delete=1, tokenize='ascii', prefix='1');
INSERT INTO index_state VALUES ('commitment_text', 2, 0, 0);
