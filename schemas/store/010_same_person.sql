-- What a person answered when asked whether two are one person. Nobody is joined by it; the newest answer about two holds. Append-only.
CREATE TABLE same_person (
  id            INTEGER PRIMARY KEY,
  project       INTEGER NOT NULL REFERENCES project,
  person        INTEGER NOT NULL,
  other_project TEXT NOT NULL,         -- its key; also where it is the same project
  other         INTEGER NOT NULL,
  answer        INTEGER NOT NULL CHECK (answer BETWEEN 0 AND 2),
  signs         TEXT NOT NULL,         -- what spoke for it then: the likeness's name
  reason        TEXT NOT NULL CHECK (length(reason) >= 10),
  actor         TEXT NOT NULL,
  role          TEXT NOT NULL,
  at            INTEGER NOT NULL
) STRICT;
CREATE INDEX same_person_by_project ON same_person (project, id);
CREATE TRIGGER same_person_keeps BEFORE UPDATE ON same_person BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER same_person_stays BEFORE DELETE ON same_person BEGIN SELECT RAISE(ABORT, 'append-only'); END;
