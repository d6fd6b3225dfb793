-- Partial indexes tell the planner nothing of what they hold: it took every post for the parent of hundreds, and read all
-- posts of a brand to find the replies to a few.
CREATE STATISTICS outcry.mention_parent_id ON (body ->> 'parentId') FROM outcry.mention;
