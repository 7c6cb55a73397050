-- Time stamps of authorities outside, and the later keys of a log (the first is made from the installation's secret alone).

CREATE TABLE log_token (
  project INTEGER NOT NULL,
  size    INTEGER NOT NULL,
  digest  TEXT NOT NULL CHECK (length(digest) = 64),  -- SHA-256 of the token
  token   BLOB NOT NULL,
  PRIMARY KEY (project, size, digest),
  FOREIGN KEY (project, size) REFERENCES log_checkpoint (project, size)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_key (
  project    INTEGER NOT NULL REFERENCES log,
  generation INTEGER NOT NULL CHECK (generation > 0),
  vkey       TEXT NOT NULL,
  seq        INTEGER NOT NULL,                        -- the entry that tells of it
  PRIMARY KEY (project, generation)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER log_key_in BEFORE INSERT ON log_key BEGIN
  SELECT RAISE(ABORT, 'log: gap or repeat') WHERE NEW.generation <>
    (SELECT coalesce(max(generation) + 1, 1) FROM log_key WHERE project = NEW.project); END;
CREATE TRIGGER log_token_keeps BEFORE UPDATE ON log_token BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_token_stays BEFORE DELETE ON log_token BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_key_keeps BEFORE UPDATE ON log_key BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_key_stays BEFORE DELETE ON log_key BEGIN SELECT RAISE(ABORT, 'append-only'); END;
