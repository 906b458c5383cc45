-- How the sound of a recording came in: what a person should know of it, and the number of the
-- decoder that made the playable copy (0: from before decoders were numbered).
ALTER TABLE recording ADD COLUMN notices TEXT NOT NULL DEFAULT '[]';
ALTER TABLE recording ADD COLUMN decoder INTEGER NOT NULL DEFAULT 0;

PRAGMA user_version = 4;
