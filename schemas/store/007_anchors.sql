-- What someone outside has signed of a log's checkpoints.

CREATE TABLE log_witness (
  project INTEGER NOT NULL REFERENCES log,
  vkey    TEXT NOT NULL,
  PRIMARY KEY (project, vkey)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_cosignature (
  project INTEGER NOT NULL,
  size    INTEGER NOT NULL,
  vkey    TEXT NOT NULL,
  line    TEXT NOT NULL,     -- with its line end
  PRIMARY KEY (project, size, vkey),
  FOREIGN KEY (project, size) REFERENCES log_checkpoint (project, size),
  FOREIGN KEY (project, vkey) REFERENCES log_witness (project, vkey)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER log_witness_keeps BEFORE UPDATE ON log_witness BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_witness_stays BEFORE DELETE ON log_witness BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_cosignature_keeps BEFORE UPDATE ON log_cosignature BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_cosignature_stays BEFORE DELETE ON log_cosignature BEGIN SELECT RAISE(ABORT, 'append-only'); END;
