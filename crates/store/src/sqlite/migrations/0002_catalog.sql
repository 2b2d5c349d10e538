-- What a catalogue shows of the revision that an artifact serves; nothing until it serves one.
ALTER TABLE artifacts ADD COLUMN license    TEXT;
ALTER TABLE artifacts ADD COLUMN task       TEXT;
ALTER TABLE artifacts ADD COLUMN library    TEXT;
ALTER TABLE artifacts ADD COLUMN size_bytes INTEGER;
ALTER TABLE artifacts ADD COLUMN net_score  REAL;
-- Metrics and their reported scores, as a JSON object.
ALTER TABLE artifacts ADD COLUMN scores     TEXT;

-- -1 stands below every value that is there.
CREATE INDEX artifacts_by_net_score ON artifacts (kind, coalesce(net_score, -1), id);
CREATE INDEX artifacts_by_size ON artifacts (kind, coalesce(size_bytes, -1), id);
CREATE INDEX artifacts_by_license ON artifacts (license) WHERE license IS NOT NULL;
CREATE INDEX artifacts_by_task ON artifacts (task) WHERE task IS NOT NULL;
CREATE INDEX artifacts_by_library ON artifacts (library) WHERE library IS NOT NULL;
