-- Bytes belong to one recording each and lie under an id that says nothing about them; what they hold is a fact
-- beside it. `format` says how they are kept (0: as they are), `key` with which key (none today). What older
-- versions kept under its hash gets its rows from the program (store/open/rest), and its place with the next sweep.
CREATE TABLE blob (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    recording_id BLOB NOT NULL REFERENCES recording(id) DEFERRABLE INITIALLY DEFERRED,
    role TEXT NOT NULL,
    format INTEGER NOT NULL,
    "key" BLOB,
    sha256 TEXT NOT NULL,
    bytes INTEGER
) STRICT;
CREATE UNIQUE INDEX blob_by_hash ON blob(recording_id, sha256);

CREATE TABLE named_by_hash (
    row INTEGER PRIMARY KEY
) STRICT;
