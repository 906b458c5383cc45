-- Who saw the customer of a contact whole, and what for.
CREATE TABLE unmasking (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    contact_id BLOB NOT NULL,
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX unmasking_by_contact ON unmasking(contact_id);
