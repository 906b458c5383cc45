-- What a source knows of a call is told of the contact. Queue and wrap-up code move there from the case; what cases
-- held of them waits in case_wrapped_up until the program has written it into the first contact of each.
ALTER TABLE contact ADD COLUMN external_id TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN answered_at INTEGER;
ALTER TABLE contact ADD COLUMN wait_ms INTEGER;
ALTER TABLE contact ADD COLUMN talk_ms INTEGER;
ALTER TABLE contact ADD COLUMN hold_ms INTEGER;
ALTER TABLE contact ADD COLUMN transfers INTEGER;
ALTER TABLE contact ADD COLUMN direction TEXT;
ALTER TABLE contact ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN line TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN queue TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN disposition TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN csat TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN handled_by TEXT;
ALTER TABLE contact ADD COLUMN previous_id TEXT NOT NULL DEFAULT '';
-- JSON objects: everything a source said, and what the last import said of fields.
ALTER TABLE contact ADD COLUMN facts TEXT NOT NULL DEFAULT '{}';
ALTER TABLE contact ADD COLUMN told TEXT NOT NULL DEFAULT '{}';
-- What comes later says by this which call it is about.
CREATE INDEX contact_by_external_id ON contact(external_id);

CREATE TABLE case_wrapped_up (
    id BLOB PRIMARY KEY,
    queue TEXT NOT NULL,
    disposition TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO case_wrapped_up SELECT id, queue, disposition FROM "case" WHERE queue <> '' OR disposition <> '';
ALTER TABLE "case" DROP COLUMN queue;
ALTER TABLE "case" DROP COLUMN disposition;
ALTER TABLE "case" ADD COLUMN order_number TEXT NOT NULL DEFAULT '';
