-- Kinds are 0 model, 1 dataset, 2 code. Times are nanoseconds since 1970, UTC. SHA-256 are 32 bytes.
-- Values that no query looks into are JSON, compressed where that is worth it.

CREATE TABLE artifacts (
    -- Never used again, because the search index keeps numbers, not ids.
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    kind        INTEGER NOT NULL,
    name        TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    url         TEXT NOT NULL,
    source      TEXT NOT NULL,
    canonical   TEXT NOT NULL,
    -- 0 pending, 1 ready, 2 failed
    status      INTEGER NOT NULL,
    reason      TEXT,
    -- The id of the revision that is served. No foreign key: revisions refer to their artifact, and
    -- both are only ever changed together.
    current     TEXT,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX artifacts_by_source ON artifacts (canonical, kind);
CREATE INDEX artifacts_by_kind ON artifacts (kind, id);
CREATE INDEX artifacts_by_name ON artifacts (kind, folded_name, id);
CREATE INDEX artifacts_by_status ON artifacts (kind, status);

CREATE TABLE jobs (
    artifact   INTEGER PRIMARY KEY REFERENCES artifacts (number) ON DELETE CASCADE,
    -- 0 waiting, 1 running, 2 done, 3 failed
    state      INTEGER NOT NULL,
    leases     INTEGER NOT NULL,
    -- When it may be taken: its time to wait, or the end of its lease; nothing once it is over.
    due_at     INTEGER,
    job        TEXT NOT NULL
) STRICT;
CREATE INDEX jobs_due ON jobs (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX jobs_open ON jobs (state) WHERE state <> 2;

CREATE TABLE revisions (
    number       INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    artifact     INTEGER NOT NULL REFERENCES artifacts (number) ON DELETE CASCADE,
    commit_id    TEXT NOT NULL,
    canonical    TEXT NOT NULL,
    net_score    REAL,
    -- Without its manifest.
    revision     BLOB NOT NULL,
    manifest     BLOB NOT NULL,
    rating       BLOB,
    facts        BLOB,
    UNIQUE (artifact, commit_id, canonical)
) STRICT;

CREATE TABLE pointer_moves (
    artifact INTEGER NOT NULL REFERENCES artifacts (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    by       TEXT NOT NULL,
    revision TEXT NOT NULL,
    PRIMARY KEY (artifact, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE edges (
    revision INTEGER NOT NULL REFERENCES revisions (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    parent   TEXT NOT NULL,
    edge     TEXT NOT NULL,
    PRIMARY KEY (revision, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX edges_by_parent ON edges (parent);

CREATE TABLE readmes (
    artifact INTEGER PRIMARY KEY REFERENCES artifacts (number) ON DELETE CASCADE,
    text     TEXT NOT NULL
) STRICT;

-- Holds folded names and READMEs; can be made anew from what is stored. The text is folded before
-- it comes here, by the rules that patterns are folded by: the tokenizer must leave it as it is.
CREATE VIRTUAL TABLE search_index USING fts5 (
    text,
    tokenize = 'trigram case_sensitive 1',
    content = '',
    contentless_delete = 1,
    detail = none
);

CREATE TABLE audit_trail (
    number   INTEGER PRIMARY KEY,
    artifact TEXT NOT NULL,
    entry    TEXT NOT NULL
) STRICT;
CREATE INDEX audit_trail_by_artifact ON audit_trail (artifact);

CREATE TABLE manifest_blobs (
    sha256   BLOB NOT NULL,
    revision INTEGER NOT NULL REFERENCES revisions (number) ON DELETE CASCADE,
    PRIMARY KEY (sha256, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX manifest_blobs_by_revision ON manifest_blobs (revision);

CREATE TABLE pinned_blobs (
    sha256   BLOB NOT NULL,
    artifact INTEGER NOT NULL REFERENCES jobs (artifact) ON DELETE CASCADE,
    PRIMARY KEY (sha256, artifact)
) STRICT, WITHOUT ROWID;
CREATE INDEX pinned_blobs_by_artifact ON pinned_blobs (artifact);

CREATE TABLE unneeded_blobs (
    sha256    BLOB PRIMARY KEY,
    marked_at INTEGER NOT NULL,
    condemned INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX unneeded_blobs_by_time ON unneeded_blobs (condemned, marked_at);

-- One row that is written to see whether the disk takes it.
CREATE TABLE probes (
    only   INTEGER PRIMARY KEY CHECK (only = 1),
    number INTEGER NOT NULL
) STRICT;
