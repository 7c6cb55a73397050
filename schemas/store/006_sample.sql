-- Samples that were drawn for an auditor, with the frame they were drawn from, so that each can be drawn again (docs/formats/sample.md).
CREATE TABLE sample (
  project INTEGER NOT NULL REFERENCES project,
  number  INTEGER NOT NULL,      -- S-1, S-2 … within the project
  frame   TEXT NOT NULL,         -- participants, hours, claims
  method  TEXT NOT NULL,         -- simple, stratified, monetary-unit
  strata  TEXT NOT NULL,         -- what the strata are; empty unless stratified
  period  TEXT NOT NULL,
  places  INTEGER NOT NULL CHECK (places > 0),
  least   INTEGER NOT NULL,
  nonce   TEXT NOT NULL,         -- hex
  origin  TEXT NOT NULL,         -- the checkpoint: name of the log, size, root (hex)
  size    INTEGER NOT NULL,
  root    TEXT NOT NULL,
  digest  TEXT NOT NULL,         -- SHA-256 of the frame's text
  units   TEXT NOT NULL,         -- a line a unit: id, stratum, value
  actor   TEXT NOT NULL,
  role    TEXT NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (project, number),
  UNIQUE (project, nonce)
) STRICT;
CREATE TRIGGER sample_keeps BEFORE UPDATE ON sample BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER sample_stays BEFORE DELETE ON sample BEGIN SELECT RAISE(ABORT, 'append-only'); END;
