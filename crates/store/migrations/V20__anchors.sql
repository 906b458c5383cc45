-- Where a mark stands: in the stretch of sound beside it, in turns of a chat, or in the whole.
ALTER TABLE observation ADD COLUMN anchor TEXT NOT NULL DEFAULT '"sound"';
