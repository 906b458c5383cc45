-- What the library orders, counts and narrows by, a row for each case that is there, under the row of the case: its
-- first contact and its first recording, as they are told in one line. It follows from them and is written with them.
-- No customer stands in it. An empty word, and a number that is none: not known.
CREATE TABLE library (
    row INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    business_line TEXT NOT NULL,
    customer_tier TEXT NOT NULL,
    kind TEXT NOT NULL,
    agent TEXT NOT NULL,
    line TEXT NOT NULL,
    queue TEXT NOT NULL,
    disposition TEXT NOT NULL,
    csat TEXT NOT NULL,
    direction TEXT NOT NULL,
    handled_by TEXT NOT NULL,
    began_at INTEGER,
    duration_ms INTEGER,
    wait_ms INTEGER,
    talk_ms INTEGER,
    hold_ms INTEGER,
    transfers INTEGER,
    has_sound INTEGER NOT NULL,
    has_text INTEGER NOT NULL
) STRICT;
CREATE INDEX library_by_began_at ON library(began_at);
CREATE INDEX library_by_duration ON library(duration_ms);
CREATE INDEX library_by_title ON library(title COLLATE NOCASE);

-- Cases of which an older version made no contact yet come in when it is made.
INSERT INTO library
SELECT t.row, t.title, t.business_line, t.customer_tier, coalesce(k.kind, ''), coalesce(k.agent, ''),
    coalesce(k.line, ''), coalesce(k.queue, ''), coalesce(k.disposition, ''), coalesce(k.csat, ''),
    coalesce(k.direction, ''), coalesce(k.handled_by, ''), k.began_at, r.duration_ms,
    k.wait_ms, k.talk_ms, k.hold_ms, k.transfers,
    coalesce(r.audio_sha256 <> '', 0),
    EXISTS (SELECT 1 FROM segment s WHERE s.recording_id = r.id AND s.deleted_at IS NULL)
        OR EXISTS (SELECT 1 FROM transcript x
            WHERE x.recording_id = r.id AND x.standing = 'shown' AND x.deleted_at IS NULL)
FROM "case" t
LEFT JOIN contact k ON k.row = (SELECT x.row FROM contact x WHERE x.case_id = t.id AND x.deleted_at IS NULL
    ORDER BY x.began_at IS NULL, x.began_at, x.row LIMIT 1)
LEFT JOIN recording r ON r.row = (SELECT min(row) FROM recording WHERE case_id = t.id AND deleted_at IS NULL)
WHERE t.deleted_at IS NULL;
