-- What people muted: messages about these issues wait until it ends. Ended early, until_ms is when.
CREATE TABLE outcry.mute (
  id text PRIMARY KEY,
  brand text NOT NULL,
  issue_id text,
  issue_type text,
  owner text NOT NULL,
  reason text NOT NULL,
  created_at_ms bigint NOT NULL,
  until_ms bigint NOT NULL
);
CREATE INDEX mute_brand ON outcry.mute (brand, until_ms);
