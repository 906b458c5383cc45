-- What the sound of a recording tells (domain/acoustics). It follows from the sound by rules with a number: where
-- either is another, it is measured anew. `sha256` names the bytes that hold all of it; a row without could not be
-- read. Beside it the few figures that lists show and filter by: by channel, and which channel is whose, so that no
-- other table is asked. What is not known of a side is NULL, never 0.
CREATE TABLE acoustics (
    row INTEGER PRIMARY KEY,
    recording_id BLOB NOT NULL UNIQUE REFERENCES recording(id) DEFERRABLE INITIALLY DEFERRED,
    rules INTEGER NOT NULL,
    sound_sha256 TEXT NOT NULL,
    at INTEGER NOT NULL,
    sha256 TEXT,
    agent INTEGER,
    customer INTEGER,
    silence_permille INTEGER,
    hold_ms INTEGER,
    overtalk INTEGER,
    talk_permille_0 INTEGER,
    monologue_ms_0 INTEGER,
    response_ms_0 INTEGER,
    talk_permille_1 INTEGER,
    monologue_ms_1 INTEGER,
    response_ms_1 INTEGER
) STRICT;

-- The same in the library's index, by whose channel it is.
ALTER TABLE library ADD COLUMN silence_permille INTEGER;
ALTER TABLE library ADD COLUMN on_hold_ms INTEGER;
ALTER TABLE library ADD COLUMN overtalk INTEGER;
ALTER TABLE library ADD COLUMN agent_permille INTEGER;
ALTER TABLE library ADD COLUMN agent_monologue_ms INTEGER;
ALTER TABLE library ADD COLUMN customer_monologue_ms INTEGER;
ALTER TABLE library ADD COLUMN agent_response_ms INTEGER;
ALTER TABLE library ADD COLUMN customer_response_ms INTEGER;
