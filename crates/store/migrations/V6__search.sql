-- By which rules the rows of each full-text index were written. Of an index that stands by the rules
-- named here, rows of its table after `done` and up to `upto` are still by older ones.
CREATE TABLE index_state (
    name TEXT PRIMARY KEY,
    rules INTEGER NOT NULL,
    done INTEGER NOT NULL,
    upto INTEGER NOT NULL
) STRICT;
INSERT INTO index_state VALUES
    ('case_text', iif(EXISTS (SELECT 1 FROM "case"), 1, 2), 0, 0),
    ('issue_text', iif(EXISTS (SELECT 1 FROM issue), 1, 2), 0, 0),
    ('observation_text', iif(EXISTS (SELECT 1 FROM observation), 1, 2), 0, 0),
    ('seat_note_text', iif(EXISTS (SELECT 1 FROM seat_note), 1, 2), 0, 0),
    ('segment_text', iif(EXISTS (SELECT 1 FROM segment), 1, 2), 0, 0);
