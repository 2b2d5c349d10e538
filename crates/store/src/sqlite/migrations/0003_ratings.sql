-- A revision's row holds its newest rating; those that it followed are kept beside it. The edition
-- is empty for ratings from before editions were noted.
ALTER TABLE revisions ADD COLUMN rating_sequence INTEGER NOT NULL DEFAULT 1;
ALTER TABLE revisions ADD COLUMN edition         TEXT;
ALTER TABLE revisions ADD COLUMN rated_at        INTEGER;
-- How the search for missing facts stands, as JSON, and when it goes on.
ALTER TABLE revisions ADD COLUMN healing         TEXT;
ALTER TABLE revisions ADD COLUMN heal_at         INTEGER;
UPDATE revisions SET edition = '', rated_at =
    (SELECT coalesce(min(at), 0) FROM pointer_moves WHERE pointer_moves.revision = revisions.id)
    WHERE rating IS NOT NULL;
CREATE INDEX revisions_by_edition ON revisions (edition, id) WHERE edition IS NOT NULL;
CREATE INDEX revisions_to_heal ON revisions (heal_at) WHERE heal_at IS NOT NULL;

CREATE TABLE earlier_ratings (
    revision INTEGER NOT NULL REFERENCES revisions (number) ON DELETE CASCADE,
    sequence INTEGER NOT NULL,
    edition  TEXT NOT NULL,
    rated_at INTEGER NOT NULL,
    rating   BLOB NOT NULL,
    PRIMARY KEY (revision, sequence)
) STRICT;
