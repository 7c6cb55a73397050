-- Facts with their origin, conclusions as they were taken, reports as they were made. Nothing here is ever updated or
-- deleted: the triggers at the end refuse both. Days are days since 1970-01-01, moments are seconds since then (UTC).

CREATE TABLE project (
  id  INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE activity (
  id      INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project,
  key     TEXT NOT NULL,
  UNIQUE (project, key)
) STRICT;

-- The bytes of what was sent, unchanged. Large files are kept by digest only.
CREATE TABLE file (
  sha256      TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  size        INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  bytes       BLOB
) STRICT;

CREATE TABLE import (
  id           INTEGER PRIMARY KEY,
  project      INTEGER NOT NULL REFERENCES project,
  kind         INTEGER NOT NULL,
  file         TEXT NOT NULL REFERENCES file,
  file_name    TEXT NOT NULL,
  format       TEXT NOT NULL,
  rows_seen    INTEGER NOT NULL,
  rows_read    INTEGER NOT NULL,
  rows_refused INTEGER NOT NULL,
  unchanged    INTEGER NOT NULL,  -- rows whose fact was stored already: this file is another source of it
  actor        TEXT NOT NULL,
  role         TEXT NOT NULL,
  at           INTEGER NOT NULL
) STRICT;
CREATE INDEX import_by_file ON import (file, project);

CREATE TABLE import_sheet (
  import INTEGER NOT NULL REFERENCES import,
  sheet  INTEGER NOT NULL,
  name   TEXT NOT NULL,
  PRIMARY KEY (import, sheet)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_column (
  import  INTEGER NOT NULL REFERENCES import,
  sheet   INTEGER NOT NULL,
  "column" INTEGER NOT NULL,
  heading TEXT NOT NULL,
  PRIMARY KEY (import, sheet, "column")
) STRICT, WITHOUT ROWID;

-- What an import left to look at.
CREATE TABLE finding (
  id          INTEGER PRIMARY KEY,
  import      INTEGER NOT NULL REFERENCES import,
  code        TEXT NOT NULL,
  level       INTEGER NOT NULL,
  sheet       TEXT NOT NULL,
  cell        TEXT NOT NULL,
  heading     TEXT NOT NULL,
  row         INTEGER NOT NULL,
  participant TEXT NOT NULL,
  given       TEXT NOT NULL,
  "values"    TEXT NOT NULL
) STRICT;

-- A person's number within the project gives the reference: 0 is D-0001.
CREATE TABLE person (
  project  INTEGER NOT NULL REFERENCES project,
  number   INTEGER NOT NULL,
  identity TEXT,
  local_id TEXT NOT NULL,
  name     TEXT NOT NULL,
  import   INTEGER NOT NULL REFERENCES import,
  PRIMARY KEY (project, number)
) STRICT, WITHOUT ROWID;

-- One imported line: field, value and column of each value, separated by tabs, a line each.
CREATE TABLE fact (
  id       INTEGER PRIMARY KEY,
  project  INTEGER NOT NULL,
  person   INTEGER NOT NULL,
  kind     INTEGER NOT NULL,
  import   INTEGER NOT NULL,
  sheet    INTEGER NOT NULL,
  row      INTEGER NOT NULL,
  "values" TEXT NOT NULL
) STRICT;

-- A correction is a fact of its own, that names the line it lies over. An empty value withdraws the field.
CREATE TABLE correction (
  id      INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project,
  person  INTEGER NOT NULL,
  kind    INTEGER NOT NULL,
  over    INTEGER NOT NULL REFERENCES fact,
  field   TEXT NOT NULL,
  value   TEXT NOT NULL,
  reason  TEXT NOT NULL CHECK (length(reason) >= 10),
  actor   TEXT NOT NULL,
  role    TEXT NOT NULL,
  at      INTEGER NOT NULL
) STRICT;

-- One person's time: the volume of the store. start and end are minutes of the day, -1 when not stated.
CREATE TABLE time_record (
  project  INTEGER NOT NULL,
  person   INTEGER NOT NULL,
  day      INTEGER NOT NULL,
  start    INTEGER NOT NULL,
  import   INTEGER NOT NULL,
  row      INTEGER NOT NULL,
  "column" INTEGER NOT NULL,
  sheet    INTEGER NOT NULL,
  "end"    INTEGER NOT NULL,
  minutes  INTEGER NOT NULL,
  activity INTEGER NOT NULL,
  flags    INTEGER NOT NULL,
  PRIMARY KEY (project, person, day, start, import, sheet, row, "column")
) STRICT, WITHOUT ROWID;

-- Bytes that decisions and reports refer to: rule sets, programme and project files, templates.
CREATE TABLE kept (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  kind   TEXT NOT NULL,
  bytes  BLOB NOT NULL,
  at     INTEGER NOT NULL
) STRICT;

CREATE TABLE decision_run (
  id       INTEGER PRIMARY KEY,
  project  INTEGER NOT NULL REFERENCES project,
  rule_set TEXT NOT NULL REFERENCES kept,
  terms    TEXT NOT NULL,
  program  TEXT NOT NULL,
  today    INTEGER NOT NULL,
  actor    TEXT NOT NULL,
  role     TEXT NOT NULL,
  at       INTEGER NOT NULL
) STRICT;

CREATE TABLE decision (
  run         INTEGER NOT NULL,
  person      INTEGER NOT NULL,
  verdict     INTEGER NOT NULL,
  hit         INTEGER NOT NULL,
  cannot_tell INTEGER NOT NULL,
  PRIMARY KEY (run, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE made_report (
  id          TEXT NOT NULL,
  project     INTEGER NOT NULL REFERENCES project,
  kind        TEXT NOT NULL,
  period      TEXT NOT NULL,
  language    TEXT NOT NULL,
  at          INTEGER NOT NULL,
  template    TEXT NOT NULL,
  rule_set    TEXT NOT NULL,
  programme   TEXT NOT NULL,
  project_file TEXT NOT NULL,
  program     TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  sheets      TEXT NOT NULL,
  replaces    TEXT NOT NULL,
  actor       TEXT NOT NULL,
  role        TEXT NOT NULL,
  PRIMARY KEY (project, id)
) STRICT;

CREATE TABLE made_file (
  project INTEGER NOT NULL,
  report  TEXT NOT NULL,
  number  INTEGER NOT NULL,
  name    TEXT NOT NULL,
  sha256  TEXT NOT NULL,
  PRIMARY KEY (project, report, number),
  FOREIGN KEY (project, report) REFERENCES made_report (project, id)
) STRICT, WITHOUT ROWID;

-- Append-only. INSERT OR REPLACE fires the DELETE trigger too, because recursive_triggers is on.
CREATE TRIGGER project_keeps BEFORE UPDATE ON project BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER project_stays BEFORE DELETE ON project BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER activity_keeps BEFORE UPDATE ON activity BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER activity_stays BEFORE DELETE ON activity BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER file_keeps BEFORE UPDATE ON file BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER file_stays BEFORE DELETE ON file BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER import_keeps BEFORE UPDATE ON import BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER import_stays BEFORE DELETE ON import BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER import_sheet_keeps BEFORE UPDATE ON import_sheet BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER import_sheet_stays BEFORE DELETE ON import_sheet BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER import_column_keeps BEFORE UPDATE ON import_column BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER import_column_stays BEFORE DELETE ON import_column BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER finding_keeps BEFORE UPDATE ON finding BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER finding_stays BEFORE DELETE ON finding BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER person_keeps BEFORE UPDATE ON person BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER person_stays BEFORE DELETE ON person BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER fact_keeps BEFORE UPDATE ON fact BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER fact_stays BEFORE DELETE ON fact BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER correction_keeps BEFORE UPDATE ON correction BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER correction_stays BEFORE DELETE ON correction BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER time_record_keeps BEFORE UPDATE ON time_record BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER time_record_stays BEFORE DELETE ON time_record BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER kept_keeps BEFORE UPDATE ON kept BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER kept_stays BEFORE DELETE ON kept BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER decision_run_keeps BEFORE UPDATE ON decision_run BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER decision_run_stays BEFORE DELETE ON decision_run BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER decision_keeps BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER decision_stays BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER made_report_keeps BEFORE UPDATE ON made_report BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER made_report_stays BEFORE DELETE ON made_report BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER made_file_keeps BEFORE UPDATE ON made_file BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER made_file_stays BEFORE DELETE ON made_file BEGIN SELECT RAISE(ABORT, 'append-only'); END;
