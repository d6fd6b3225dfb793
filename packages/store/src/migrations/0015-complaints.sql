-- What people of the desk say of single complaints; one of which nobody said anything has no row. The text and its author
-- stay in outcry.mention, whose rows do not live as long: what was said then stays without a word of which post it was.
CREATE TABLE outcry.complaint (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  brand text NOT NULL,
  mention_id text,
  issue_id text NOT NULL,
  said_at_ms bigint NOT NULL,
  answered boolean,
  answered_by text,
  answered_at_ms bigint,
  assignee text,
  hand_off text,
  hand_off_by text,
  hand_off_at_ms bigint,
  outcome text,
  outcome_by text,
  outcome_at_ms bigint,
  authenticity text,
  authenticity_reason text,
  authenticity_by text,
  authenticity_at_ms bigint,
  version integer NOT NULL DEFAULT 1,
  updated_at_ms bigint NOT NULL,
  UNIQUE (brand, mention_id)
);
CREATE INDEX complaint_issue ON outcry.complaint (issue_id);

CREATE FUNCTION outcry.complaint_outlives_mention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE outcry.complaint
  SET mention_id = NULL, authenticity_reason = NULL, assignee = NULL, issue_id = coalesce(gone.issue_id, complaint.issue_id)
  FROM gone WHERE complaint.brand = gone.brand AND complaint.mention_id = gone.id;
  RETURN NULL;
END $$;
CREATE TRIGGER complaint_outlives_mention AFTER DELETE ON outcry.mention REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION outcry.complaint_outlives_mention();

-- What replies to a post, and the replies of the brand itself.
CREATE INDEX mention_parent ON outcry.mention (brand, (body ->> 'parentId')) WHERE body ->> 'parentId' IS NOT NULL;
CREATE INDEX mention_own_reply ON outcry.mention (brand, event_time_ms)
  WHERE body ->> 'byBrand' = 'true' AND body ->> 'parentId' IS NOT NULL;
-- Without them the planner takes nearly every post for no complaint.
CREATE STATISTICS outcry.mention_by_brand ON (body ->> 'byBrand') FROM outcry.mention;
CREATE STATISTICS outcry.mention_repost_of ON (body ->> 'repostOf') FROM outcry.mention;
