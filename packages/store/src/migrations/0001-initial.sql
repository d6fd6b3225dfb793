-- Everything Outcry keeps. Times are epoch milliseconds of the event's own clock where a column ends in _at_ms,
-- and timestamptz where the wall clock decides.

-- Rising numbers without holes in visibility: the row is locked until commit, so a reader that has seen n
-- has seen everything below n. A database sequence would show rows out of order.
CREATE TABLE outcry.head (
  name text PRIMARY KEY,
  seq bigint NOT NULL
);
INSERT INTO outcry.head VALUES ('issue_event', 0), ('alert', 0);

-- Secrets this installation made for itself (keys of hashes); never leave the database.
CREATE TABLE outcry.installation (
  name text PRIMARY KEY,
  value bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Which partition a brand lives in: sticky, chosen as the least loaded when the brand is first seen.
CREATE TABLE outcry.brand_partition (
  brand text PRIMARY KEY,
  partition integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- The position of each consumer group in each partition, moved only by the owner of the current epoch.
CREATE TABLE outcry.partition_state (
  consumer text NOT NULL,
  topic text NOT NULL,
  partition integer NOT NULL,
  position bigint NOT NULL DEFAULT -1,
  appended_at_ms bigint,
  epoch bigint NOT NULL DEFAULT 0,
  owner text,
  taken_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, topic, partition)
);
COMMENT ON COLUMN outcry.partition_state.position IS 'last record whose effects are stored; -1 before the first';
COMMENT ON COLUMN outcry.partition_state.appended_at_ms IS
  'when the bus took that record: another time at this position means another log';

-- Records that left the log unread, and logs that were replaced: shown and alarmed, never silent.
CREATE TABLE outcry.log_gap (
  topic text NOT NULL,
  partition integer NOT NULL,
  wanted bigint NOT NULL,
  first bigint NOT NULL,
  lost bigint NOT NULL,
  replaced boolean NOT NULL,
  at_ms bigint NOT NULL
);
CREATE INDEX log_gap_at ON outcry.log_gap (topic, at_ms);

-- Cursor of each source, moved only by the owner of the current epoch, after bus and index have the records.
CREATE TABLE outcry.source_state (
  source text PRIMARY KEY,
  connector text NOT NULL,
  cursor jsonb,
  epoch bigint NOT NULL DEFAULT 0,
  owner text,
  lease_until timestamptz,
  state text NOT NULL DEFAULT 'blind' CHECK (state IN ('live', 'lagging', 'blind')),
  reason text NOT NULL DEFAULT 'not started',
  source_time_ms bigint,
  last_event_at_ms bigint,
  heartbeat_at timestamptz,
  state_since timestamptz NOT NULL DEFAULT now(),
  gaps bigint NOT NULL DEFAULT 0,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- Routes edits to old and new brands, and deletions of posts and accounts. Keys are keyed hashes.
CREATE TABLE outcry.mention_index (
  mention_key bytea PRIMARY KEY,
  author_key bytea,
  mention_id text NOT NULL,
  brands text[] NOT NULL,
  rev text NOT NULL,
  event_time_ms bigint NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX mention_index_author ON outcry.mention_index (author_key) WHERE author_key IS NOT NULL;
CREATE INDEX mention_index_expiry ON outcry.mention_index (expires_at);

-- Snapshots of a brand's detector, so that a restart need not read the whole log.
CREATE TABLE outcry.brand_snapshot (
  brand text PRIMARY KEY,
  topic text NOT NULL,
  partition integer NOT NULL,
  position bigint NOT NULL,
  version integer NOT NULL,
  body bytea NOT NULL,
  taken_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX brand_snapshot_partition ON outcry.brand_snapshot (topic, partition);

-- The outbox: facts about issues, in the order they became true for the world.
CREATE TABLE outcry.issue_event (
  seq bigint PRIMARY KEY,
  id text NOT NULL UNIQUE,
  brand text NOT NULL,
  issue_id text NOT NULL,
  kind text NOT NULL,
  at_ms bigint NOT NULL,
  body jsonb NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX issue_event_brand ON outcry.issue_event (brand, seq);
CREATE INDEX issue_event_issue ON outcry.issue_event (issue_id, seq);

-- Alerting state of a brand (page budget); the row's lock serialises every decision about the brand.
CREATE TABLE outcry.brand_alerting (
  brand text PRIMARY KEY,
  event_seq bigint NOT NULL DEFAULT 0,
  body jsonb NOT NULL DEFAULT '{}'
);

-- An issue as people handle it: the alerter's projection of its events and of people's commands.
CREATE TABLE outcry.issue (
  id text PRIMARY KEY,
  brand text NOT NULL,
  state text NOT NULL,
  severity text NOT NULL,
  label text NOT NULL,
  since_ms bigint NOT NULL,
  opened_at_ms bigint NOT NULL,
  updated_at_ms bigint NOT NULL,
  calm boolean NOT NULL DEFAULT false,
  drill boolean NOT NULL DEFAULT false,
  body jsonb NOT NULL,
  revision bigint NOT NULL DEFAULT 1,
  changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX issue_list ON outcry.issue (opened_at_ms DESC, id DESC);
CREATE INDEX issue_brand ON outcry.issue (brand, opened_at_ms DESC, id DESC);
-- Which issues quote a mention that is to be forgotten.
CREATE INDEX issue_quotes ON outcry.issue USING gin ((body -> 'evidence' -> 'mentionIds'));

-- What happened to an issue, for people: events, decisions, deliveries, commands.
CREATE TABLE outcry.timeline (
  id text PRIMARY KEY,
  -- Order of what happened in one millisecond.
  seq bigint GENERATED ALWAYS AS IDENTITY,
  issue_id text NOT NULL,
  brand text NOT NULL,
  at timestamptz NOT NULL,
  kind text NOT NULL,
  actor text NOT NULL,
  body jsonb NOT NULL
);
CREATE INDEX timeline_issue ON outcry.timeline (issue_id, at, seq);

-- Alerts are the feed: seq is the feed's sequence.
CREATE TABLE outcry.alert (
  seq bigint PRIMARY KEY,
  id text NOT NULL UNIQUE,
  issue_id text NOT NULL,
  brand text NOT NULL,
  kind text NOT NULL,
  page boolean NOT NULL,
  at_ms bigint NOT NULL,
  body jsonb NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX alert_issue ON outcry.alert (issue_id, seq);
CREATE INDEX alert_brand_pages ON outcry.alert (brand, stored_at) WHERE page;

-- One alert to one target. The id is the webhook id, the same on every try.
CREATE TABLE outcry.delivery (
  id text PRIMARY KEY,
  alert_id text NOT NULL,
  alert_seq bigint NOT NULL,
  issue_id text NOT NULL,
  brand text NOT NULL,
  target text NOT NULL,
  dedup_key text NOT NULL,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'dead')),
  attempts integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(),
  lease_until timestamptz,
  last_status integer,
  last_error text,
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  body jsonb NOT NULL
);
CREATE INDEX delivery_due ON outcry.delivery (target, due_at) WHERE state = 'pending';
CREATE INDEX delivery_list ON outcry.delivery (created_at DESC, id DESC);
-- An issue's messages reach one target in order.
CREATE INDEX delivery_order ON outcry.delivery (target, dedup_key, alert_seq) WHERE state = 'pending';

-- Scored mentions of the last weeks, for evidence and the API.
CREATE TABLE outcry.mention (
  brand text NOT NULL,
  id text NOT NULL,
  source text NOT NULL,
  event_time_ms bigint NOT NULL,
  author_id text,
  complaint real NOT NULL,
  lang text,
  cluster_id text,
  issue_id text,
  body jsonb NOT NULL,
  PRIMARY KEY (brand, id)
);
CREATE INDEX mention_issue ON outcry.mention (issue_id, event_time_ms DESC, id DESC) WHERE issue_id IS NOT NULL;
CREATE INDEX mention_cluster ON outcry.mention (brand, cluster_id) WHERE cluster_id IS NOT NULL;
CREATE INDEX mention_age ON outcry.mention (event_time_ms);
CREATE INDEX mention_author ON outcry.mention (author_id) WHERE author_id IS NOT NULL;

-- Current clusters of a brand, replaced as a whole by the detector.
CREATE TABLE outcry.cluster (
  brand text NOT NULL,
  id text NOT NULL,
  last_at_ms bigint NOT NULL,
  mentions integer NOT NULL,
  issue_id text,
  body jsonb NOT NULL,
  PRIMARY KEY (brand, id)
);
CREATE INDEX cluster_list ON outcry.cluster (last_at_ms DESC, id DESC);

-- Answers to writes that carried an Idempotency-Key.
CREATE TABLE outcry.idempotency (
  token_name text NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  status integer,
  response jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (token_name, key)
);
CREATE INDEX idempotency_age ON outcry.idempotency (created_at);

-- Ids of pushed webhooks, so that a replayed one is refused.
CREATE TABLE outcry.push_seen (
  source text NOT NULL,
  id text NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (source, id)
);
CREATE INDEX push_seen_age ON outcry.push_seen (seen_at);

-- Commands that change counting: accepted here, carried out through the bus.
CREATE TABLE outcry.command (
  id text PRIMARY KEY,
  brand text NOT NULL,
  issue_id text,
  actor text NOT NULL,
  body jsonb NOT NULL,
  sent_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX command_unsent ON outcry.command (created_at) WHERE sent_at IS NULL;

-- The embedded bus: one log per (topic, partition). next_position is taken under the row's lock, held to commit.
CREATE TABLE outcry.bus_partition (
  topic text NOT NULL,
  partition integer NOT NULL,
  first_position bigint NOT NULL DEFAULT 0,
  next_position bigint NOT NULL DEFAULT 0,
  -- Up to here, records whose key came again later were deleted.
  compacted_position bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (topic, partition)
);
CREATE TABLE outcry.bus_record (
  topic text NOT NULL,
  partition integer NOT NULL,
  position bigint NOT NULL,
  -- UTF-8; bytes and json rather than text and jsonb, because platforms send ids with a NUL in them.
  key bytea,
  value bytea NOT NULL,
  headers json,
  appended_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition, position)
);
CREATE INDEX bus_record_key ON outcry.bus_record (topic, key) WHERE key IS NOT NULL;
CREATE TABLE outcry.bus_lease (
  consumer text NOT NULL,
  topic text NOT NULL,
  partition integer NOT NULL,
  member text NOT NULL,
  lease_until timestamptz NOT NULL,
  PRIMARY KEY (consumer, topic, partition)
);
CREATE TABLE outcry.bus_member (
  consumer text NOT NULL,
  topic text NOT NULL,
  member text NOT NULL,
  lease_until timestamptz NOT NULL,
  PRIMARY KEY (consumer, topic, member)
);
