-- Releases, planned work and what else people or jobs told of, to be held against complaints. brands and issue_types:
-- null is all.
CREATE TABLE outcry.known_event (
  id text PRIMARY KEY,
  external_id text,
  kind text NOT NULL,
  title text NOT NULL,
  url text,
  brands text[],
  issue_types text[],
  at_ms bigint NOT NULL,
  until_ms bigint,
  posted_by text NOT NULL,
  created_at_ms bigint NOT NULL
);
CREATE INDEX known_event_time ON outcry.known_event (at_ms DESC, id DESC);
CREATE INDEX known_event_planned ON outcry.known_event (until_ms) WHERE kind = 'planned';
