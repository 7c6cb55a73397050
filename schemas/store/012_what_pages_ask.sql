-- What a page asks of one person or of few rows costs these, not everything that was ever written.
CREATE INDEX correction_by_person ON correction (project, person);
CREATE INDEX finding_fixed ON finding (import) WHERE code >= 'cell.fixed' AND code < 'cell.fixee';
