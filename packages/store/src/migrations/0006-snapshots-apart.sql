-- Snapshots of a partition's brands are no longer of one moment: reading goes on behind the oldest. Those there are were.
UPDATE outcry.brand_snapshot AS snapshot SET position = newest.position
FROM (SELECT topic, partition, max(position) AS position FROM outcry.brand_snapshot GROUP BY topic, partition) AS newest
WHERE snapshot.topic = newest.topic AND snapshot.partition = newest.partition;
-- They come compressed.
ALTER TABLE outcry.brand_snapshot ALTER COLUMN body SET STORAGE EXTERNAL;

-- The newest format of each kind that is or was written here, so that a release that cannot read it refuses to start.
CREATE TABLE outcry.format (
  name text PRIMARY KEY,
  version integer NOT NULL,
  raised_at timestamptz NOT NULL DEFAULT now()
);
