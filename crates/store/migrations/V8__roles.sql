-- What a person is in the programme becomes a set. Who put findings together kept order and exported.
ALTER TABLE person ADD COLUMN roles TEXT NOT NULL DEFAULT '[]';
UPDATE person SET roles = CASE role WHEN 'analyst' THEN '["curator","exporter"]'
    ELSE '["' || role || '"]' END;
ALTER TABLE person DROP COLUMN role;
