-- What is known of some people is found without walking over everybody's facts. Queries for everybody take facts by id, as they came.
CREATE INDEX fact_by_person ON fact (project, kind, person);
