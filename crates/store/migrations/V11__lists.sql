-- What people put into a list together becomes a row of its own, with a place in it that leaves room for
-- others between: a number in hexadecimal, its first eight digits before the point. An element stands
-- in a list once, where it stood first.

ALTER TABLE observation_tag RENAME TO observation_tag_by_position;
CREATE TABLE observation_tag (
    observation_id BLOB NOT NULL REFERENCES observation(id) DEFERRABLE INITIALLY DEFERRED,
    tag_id BLOB NOT NULL REFERENCES tag(id) DEFERRABLE INITIALLY DEFERRED,
    place TEXT NOT NULL,
    PRIMARY KEY (observation_id, tag_id)
) STRICT, WITHOUT ROWID;
INSERT INTO observation_tag (observation_id, tag_id, place)
SELECT observation_id, tag_id, printf('%08x', 2147483647
    + row_number() OVER (PARTITION BY observation_id ORDER BY min(position)))
FROM observation_tag_by_position GROUP BY observation_id, tag_id;
DROP TABLE observation_tag_by_position;
CREATE INDEX observation_tag_by_tag ON observation_tag(tag_id, observation_id);

ALTER TABLE session_person RENAME TO session_person_by_position;
CREATE TABLE session_person (
    session_id BLOB NOT NULL REFERENCES session(id) DEFERRABLE INITIALLY DEFERRED,
    person_id BLOB NOT NULL REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    place TEXT NOT NULL,
    PRIMARY KEY (session_id, person_id)
) STRICT, WITHOUT ROWID;
INSERT INTO session_person (session_id, person_id, place)
SELECT session_id, person_id, printf('%08x', 2147483647
    + row_number() OVER (PARTITION BY session_id ORDER BY min(position)))
FROM session_person_by_position GROUP BY session_id, person_id;
DROP TABLE session_person_by_position;
CREATE INDEX session_person_by_person ON session_person(person_id, session_id);

ALTER TABLE session_case RENAME TO session_case_by_position;
CREATE TABLE session_case (
    session_id BLOB NOT NULL REFERENCES session(id) DEFERRABLE INITIALLY DEFERRED,
    case_id BLOB NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    place TEXT NOT NULL,
    PRIMARY KEY (session_id, case_id)
) STRICT, WITHOUT ROWID;
INSERT INTO session_case (session_id, case_id, place)
SELECT session_id, case_id, printf('%08x', 2147483647
    + row_number() OVER (PARTITION BY session_id ORDER BY min(position)))
FROM session_case_by_position GROUP BY session_id, case_id;
DROP TABLE session_case_by_position;
CREATE INDEX session_case_by_case ON session_case(case_id, session_id);
