-- What a run heard is kept whole, as bytes of its recording; what is known of it stands here. One of them is read:
-- its lines are the rows of `segment`, apart from those that somebody corrected, which are records and stay.
CREATE TABLE transcript (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    recording_id BLOB NOT NULL REFERENCES recording(id) DEFERRABLE INITIALLY DEFERRED,
    engine TEXT NOT NULL,
    model TEXT NOT NULL,
    language TEXT NOT NULL,
    simplified INTEGER,
    numbers TEXT,
    began_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    sound_sha256 TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    lines INTEGER NOT NULL,
    doubtful INTEGER NOT NULL,
    heard_ms INTEGER NOT NULL,
    shift_ms INTEGER NOT NULL,
    standing TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX transcript_by_recording ON transcript(recording_id);

-- Who speaks in a stretch, by somebody's word. It holds by time, for whatever text stands there.
CREATE TABLE speaker_change (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    recording_id BLOB NOT NULL REFERENCES recording(id) DEFERRABLE INITIALLY DEFERRED,
    channel INTEGER NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    role TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX speaker_change_by_time ON speaker_change(recording_id, channel, start_ms)
    WHERE deleted_at IS NULL;

-- A run under way is kept by whoever runs it until it is whole.
DROP TABLE segment_run;
DROP TABLE transcript_run;
