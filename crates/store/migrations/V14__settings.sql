-- Settings are three records: of the workspace, of a person, and of an installation, each under the id of what
-- it is of. The one record of before waits until the program has made them of it (store/open/rest).
CREATE TABLE workspace_settings (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    "values" TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE TABLE person_settings (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    "values" TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE TABLE device_settings (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    "values" TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
ALTER TABLE settings RENAME TO settings_of_all;
