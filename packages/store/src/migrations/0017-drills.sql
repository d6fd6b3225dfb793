-- Exercises of people. What was made for one lives under a shadow brand and goes when it ends; the report stays.
CREATE TABLE outcry.drill (
  id text PRIMARY KEY,
  brand text NOT NULL,
  scenario text NOT NULL,
  seed integer NOT NULL,
  begun_by text NOT NULL,
  begun_at_ms bigint NOT NULL,
  -- Event time of its first moment, and up to which its records are on the bus.
  plays_from_ms bigint NOT NULL,
  sent_until_ms bigint NOT NULL,
  ended_by text,
  ended_at_ms bigint,
  report jsonb,
  -- Nothing of its shadow brand is left, nor will be.
  cleared boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX drill_runs ON outcry.drill (brand) WHERE ended_at_ms IS NULL;
CREATE INDEX drill_uncleared ON outcry.drill (id) WHERE NOT cleared;
CREATE INDEX drill_begun ON outcry.drill (begun_at_ms DESC, id DESC);
