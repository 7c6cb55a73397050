-- What a person decided of single rules instead of the rule set, with a reason; or that such a decision no longer holds. Append-only.
CREATE TABLE manual_decision (
  id          INTEGER PRIMARY KEY,
  project     INTEGER NOT NULL REFERENCES project,
  person      INTEGER NOT NULL,
  codes       TEXT NOT NULL,           -- "P07 P11"
  met         INTEGER NOT NULL CHECK (met IN (0, 1)),
  withdraws   INTEGER REFERENCES manual_decision,
  run         INTEGER NOT NULL,        -- the newest assessment before it; 0: none
  rule_set    TEXT NOT NULL,           -- SHA-256 of its bytes, and of its logic
  logic       TEXT NOT NULL,
  inputs      TEXT NOT NULL,           -- what the rules read: a line each
  before      INTEGER NOT NULL,        -- verdicts
  after       INTEGER NOT NULL,
  reason      TEXT NOT NULL CHECK (length(reason) >= 10),
  evidence    TEXT NOT NULL,
  approved_by TEXT NOT NULL,
  actor       TEXT NOT NULL,
  role        TEXT NOT NULL,
  at          INTEGER NOT NULL
) STRICT;
CREATE INDEX manual_decision_by_person ON manual_decision (project, person, id);
CREATE TRIGGER manual_decision_keeps BEFORE UPDATE ON manual_decision BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER manual_decision_stays BEFORE DELETE ON manual_decision BEGIN SELECT RAISE(ABORT, 'append-only'); END;
