-- Processes that read sources now, so that each takes its share of them.
CREATE TABLE outcry.ingest_member (
  member text PRIMARY KEY,
  lease_until timestamptz NOT NULL
);
