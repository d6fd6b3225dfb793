-- Playbooks as admins write them: each change is a row, the newest of a type counts. Without a body the type is back to
-- the configuration.
CREATE TABLE outcry.playbook (
  issue_type text NOT NULL,
  version integer NOT NULL,
  body jsonb,
  written_by text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (issue_type, version)
);
-- What later issues learn from: those whose type a person said.
CREATE INDEX issue_told_type ON outcry.issue (brand, opened_at_ms) WHERE body #>> '{type,by}' IS NOT NULL;
