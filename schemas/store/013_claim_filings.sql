-- That a payment claim was sent: which, when and to whom. The newest of a month holds. Append-only.
CREATE TABLE claim_filing (
  id        INTEGER PRIMARY KEY,
  project   INTEGER NOT NULL REFERENCES project,
  report    TEXT NOT NULL,
  month     INTEGER NOT NULL,  -- months since year 0
  total     INTEGER NOT NULL,  -- öre: the total cost that it claims
  filed_on  INTEGER NOT NULL,
  filed_to  TEXT NOT NULL CHECK (filed_to <> ''),
  reference TEXT NOT NULL,
  reason    TEXT NOT NULL,
  actor     TEXT NOT NULL,
  role      TEXT NOT NULL,
  at        INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_filing_by_month ON claim_filing (project, month, id);

CREATE TRIGGER claim_filing_keeps BEFORE UPDATE ON claim_filing BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER claim_filing_stays BEFORE DELETE ON claim_filing BEGIN SELECT RAISE(ABORT, 'append-only'); END;
