-- What stands behind the numbers of a made report, so that each can be asked where it came from, and everything of it that is
-- not in its sheets, so that its workbooks can be made again (docs/formats/report-behind.md).
CREATE TABLE made_behind (
  project INTEGER NOT NULL,
  report  TEXT NOT NULL,
  behind  BLOB NOT NULL,
  PRIMARY KEY (project, report),
  FOREIGN KEY (project, report) REFERENCES made_report (project, id)
) STRICT;
CREATE TRIGGER made_behind_keeps BEFORE UPDATE ON made_behind BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER made_behind_stays BEFORE DELETE ON made_behind BEGIN SELECT RAISE(ABORT, 'append-only'); END;
