-- What the company says of an issue: drafts, what was approved by whom, and where people published it.
CREATE TABLE outcry.statement (
  id text PRIMARY KEY,
  issue_id text NOT NULL,
  brand text NOT NULL,
  kind text NOT NULL,
  language text NOT NULL,
  state text NOT NULL,
  version integer NOT NULL,
  facts jsonb NOT NULL,
  body text NOT NULL,
  written_by text NOT NULL,
  approved_by text,
  created_at_ms bigint NOT NULL,
  updated_at_ms bigint NOT NULL,
  publications jsonb NOT NULL
);
CREATE INDEX statement_issue ON outcry.statement (issue_id, created_at_ms, id);
