-- Jobs of any kind: what one is told is JSON, so that a new kind needs no column.
ALTER TABLE job RENAME TO job_of_one_kind;

CREATE TABLE job (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    -- What it is about; one of a kind waits or runs at a time. Zeroes are the workspace itself.
    about BLOB NOT NULL,
    -- The case whose lists show it.
    case_id BLOB,
    args TEXT NOT NULL,
    -- The higher one comes first.
    priority INTEGER NOT NULL,
    state TEXT NOT NULL,
    progress_permille INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    error_code TEXT,
    error_args TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    runner TEXT
) STRICT;

INSERT INTO job
SELECT row, id, kind, recording_id, case_id,
    json_object(
        'case_id', lower(substr(hex(case_id), 1, 8) || '-' || substr(hex(case_id), 9, 4) || '-'
            || substr(hex(case_id), 13, 4) || '-' || substr(hex(case_id), 17, 4) || '-'
            || substr(hex(case_id), 21)),
        'recording_id', lower(substr(hex(recording_id), 1, 8) || '-'
            || substr(hex(recording_id), 9, 4) || '-' || substr(hex(recording_id), 13, 4) || '-'
            || substr(hex(recording_id), 17, 4) || '-' || substr(hex(recording_id), 21)),
        'model', model, 'language', language),
    5, state, progress_permille, attempt, error_code, error_args, created_at, updated_at, runner
FROM job_of_one_kind;

-- Its indexes go with it.
DROP TABLE job_of_one_kind;

CREATE INDEX job_by_state ON job(state, priority DESC, row);
CREATE INDEX job_by_about ON job(kind, about);
CREATE INDEX job_by_case ON job(kind, case_id);
