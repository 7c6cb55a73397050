-- Imports that wait to be confirmed, facts that were taken back, import profiles.

-- A draft is no fact: it holds the file as it was sent and how it is to be read, and goes when it is confirmed, dropped or
-- old. Numbers are never given twice. `seen` names the facts that its difference was computed against.
CREATE TABLE draft (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  project   INTEGER NOT NULL REFERENCES project,
  file_name TEXT NOT NULL,
  sha256    TEXT NOT NULL,
  path      TEXT NOT NULL,  -- where a file lies that is too large to be kept
  bytes     BLOB,
  request   TEXT NOT NULL,
  seen      TEXT NOT NULL,
  actor     TEXT NOT NULL,
  role      TEXT NOT NULL,
  at        INTEGER NOT NULL
) STRICT;

-- A withdrawal is a fact that takes others back; the rows themselves stay. Without a person: all of the import. With one:
-- what this import and earlier ones state of that person and kind; with a day too: the time of that key alone.
CREATE TABLE withdrawal (
  id       INTEGER PRIMARY KEY,
  project  INTEGER NOT NULL REFERENCES project,
  import   INTEGER NOT NULL REFERENCES import,
  kind     INTEGER,
  person   INTEGER,
  day      INTEGER,
  start    INTEGER,
  activity INTEGER REFERENCES activity,
  reason   TEXT NOT NULL CHECK (length(reason) >= 10),
  actor    TEXT NOT NULL,
  role     TEXT NOT NULL,
  at       INTEGER NOT NULL
) STRICT;
CREATE INDEX withdrawal_by_project ON withdrawal (project, import);

-- How files of one kind are read, under a name; each change is a new version. An empty text retires the name.
CREATE TABLE profile (
  project INTEGER NOT NULL REFERENCES project,
  name    TEXT NOT NULL,
  version INTEGER NOT NULL,
  text    TEXT NOT NULL,
  actor   TEXT NOT NULL,
  role    TEXT NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (project, name, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER withdrawal_keeps BEFORE UPDATE ON withdrawal BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER withdrawal_stays BEFORE DELETE ON withdrawal BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER profile_keeps BEFORE UPDATE ON profile BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER profile_stays BEFORE DELETE ON profile BEGIN SELECT RAISE(ABORT, 'append-only'); END;
