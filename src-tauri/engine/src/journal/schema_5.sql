-- What an undo was asked to take back as well is kept with the run, for whoever continues it. Undos of earlier versions
-- forgot it.

ALTER TABLE runs ADD COLUMN undo_also TEXT NOT NULL DEFAULT '[]';
