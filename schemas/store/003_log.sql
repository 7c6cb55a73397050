-- The eligibility log (docs/formats/eliglog.md): one for each project. Append-only, in the transaction of what it records.

CREATE TABLE log (
  project INTEGER PRIMARY KEY REFERENCES project,
  origin  TEXT NOT NULL UNIQUE
) STRICT;

-- The one row that changes: the hashes of the perfect subtrees, largest first.
CREATE TABLE log_head (
  project INTEGER PRIMARY KEY REFERENCES log,
  size    INTEGER NOT NULL CHECK (size >= 0),
  range   BLOB NOT NULL CHECK (length(range) % 32 = 0),
  last_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE log_entry (
  project   INTEGER NOT NULL REFERENCES log,
  seq       INTEGER NOT NULL CHECK (seq >= 0),
  leaf      BLOB NOT NULL CHECK (length(leaf) BETWEEN 60 AND 4096),
  leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32),
  PRIMARY KEY (project, seq)
) STRICT, WITHOUT ROWID;

-- What a commitment of an entry binds to.
CREATE TABLE log_opening (
  project INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  opening TEXT NOT NULL,
  PRIMARY KEY (project, seq),
  FOREIGN KEY (project, seq) REFERENCES log_entry (project, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_checkpoint (
  project INTEGER NOT NULL REFERENCES log,
  size    INTEGER NOT NULL CHECK (size > 0),
  note    TEXT NOT NULL,
  PRIMARY KEY (project, size)
) STRICT, WITHOUT ROWID;

-- Random names that stand in the log instead of people.
CREATE TABLE log_name (
  project INTEGER NOT NULL REFERENCES project,
  what    TEXT NOT NULL,  -- "D-0042", or "account " and its name
  name    TEXT NOT NULL,
  PRIMARY KEY (project, what)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER log_entry_in BEFORE INSERT ON log_entry BEGIN
  SELECT RAISE(ABORT, 'log: gap or repeat') WHERE NEW.seq <>
    (SELECT coalesce(max(seq) + 1, 0) FROM log_entry WHERE project = NEW.project); END;
CREATE TRIGGER log_keeps BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_stays BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_entry_keeps BEFORE UPDATE ON log_entry BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_entry_stays BEFORE DELETE ON log_entry BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_opening_keeps BEFORE UPDATE ON log_opening BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_opening_stays BEFORE DELETE ON log_opening BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_checkpoint_keeps BEFORE UPDATE ON log_checkpoint BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_checkpoint_stays BEFORE DELETE ON log_checkpoint BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_name_keeps BEFORE UPDATE ON log_name BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_name_stays BEFORE DELETE ON log_name BEGIN SELECT RAISE(ABORT, 'append-only'); END;
