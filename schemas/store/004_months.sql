-- What happened to months: attested by a person, filed, closed, opened again. Append-only; the state of a month follows from it.
CREATE TABLE month_event (
  id          INTEGER PRIMARY KEY,
  project     INTEGER NOT NULL REFERENCES project,
  month       INTEGER NOT NULL,  -- months since year 0
  kind        INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),  -- attested, filed, closed, reopened
  content     TEXT NOT NULL,     -- what the month said: MonthContent of core/cases/months.h
  report      TEXT NOT NULL,     -- filed: which report
  filed_on    INTEGER,
  filed_to    TEXT NOT NULL,
  reference   TEXT NOT NULL,
  reason      TEXT NOT NULL CHECK (kind <> 3 OR length(reason) >= 10),
  same_person INTEGER NOT NULL,
  actor       TEXT NOT NULL,
  role        TEXT NOT NULL,
  at          INTEGER NOT NULL,
  CHECK ((kind = 1) = (filed_on IS NOT NULL))
) STRICT;
CREATE INDEX month_event_by_month ON month_event (project, month, id);

CREATE TRIGGER month_event_keeps BEFORE UPDATE ON month_event BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER month_event_stays BEFORE DELETE ON month_event BEGIN SELECT RAISE(ABORT, 'append-only'); END;
