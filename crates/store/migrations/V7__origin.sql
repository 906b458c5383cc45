-- Where an operation came from: a person, the machine, an undo, a file, another machine of the company;
-- and on which machine it was done. Of what is older the machine is not known.
ALTER TABLE change ADD COLUMN origin TEXT NOT NULL DEFAULT 'person';
ALTER TABLE change ADD COLUMN device BLOB;
UPDATE change SET origin = 'machine' WHERE action IN (
    'workspace.seed', 'transcript.write', 'observation.quote',
    'live.begin', 'live.cancel', 'live.end', 'live.acknowledge'
);
UPDATE change SET origin = 'undo' WHERE undoes IS NOT NULL;
UPDATE change SET origin = 'import' WHERE action = 'case.import';
