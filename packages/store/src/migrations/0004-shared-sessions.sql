-- Browser sessions and one-time sign-in codes, so that any API process behind a balancer knows them. Only hashes are kept:
-- of the session's or code's own secret, and of the bearer token it was made from.
CREATE TABLE outcry.session (
  key_hash bytea PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('session', 'code')),
  token_hash bytea NOT NULL,
  made_at_ms bigint NOT NULL,
  until_ms bigint NOT NULL
);
CREATE INDEX session_age ON outcry.session (kind, made_at_ms);
