-- On what a call was brought in, and what customers were told of it. Empty: not stated.
ALTER TABLE contact ADD COLUMN basis TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN notice TEXT NOT NULL DEFAULT '';
