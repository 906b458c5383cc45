-- What one list calls by its own name, another may know as another: a person that turned out to be somebody who
-- was there already leads to them, and an issue that got another number is found under the ones it had.
ALTER TABLE person ADD COLUMN merged_into BLOB REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX person_by_merge ON person(merged_into) WHERE merged_into IS NOT NULL;
ALTER TABLE issue ADD COLUMN former_numbers TEXT NOT NULL DEFAULT '[]';
