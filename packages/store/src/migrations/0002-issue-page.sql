-- Whether an issue paged in its present life, was held, or asked for no page: as the alerter's own state of it says.
ALTER TABLE outcry.issue ADD COLUMN page text NOT NULL GENERATED ALWAYS AS (
  CASE
    WHEN body ->> 'pagedAs' IS NOT NULL THEN 'paged'
    WHEN body ->> 'pageReason' LIKE 'held: %' THEN 'held'
    ELSE 'none'
  END
) STORED;
-- Held issues of a brand, and its paged ones that people judged.
CREATE INDEX issue_page ON outcry.issue (brand, page, updated_at_ms) WHERE page <> 'none';
