-- What came near to an issue and opened none, so that people can ask why. Names no post and no person.
CREATE TABLE outcry.suppressed_burst (
  id text PRIMARY KEY,
  brand text NOT NULL,
  at_ms bigint NOT NULL,
  reason text NOT NULL,
  body jsonb NOT NULL
);
CREATE INDEX suppressed_burst_newest ON outcry.suppressed_burst (at_ms DESC, id DESC);
CREATE INDEX suppressed_burst_brand ON outcry.suppressed_burst (brand, at_ms DESC, id DESC);
