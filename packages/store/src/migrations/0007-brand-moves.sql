-- Brands on their way from one partition to another, and those that have moved: which records of a brand count where.
CREATE TABLE outcry.brand_move (
  id text PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  brand text NOT NULL,
  from_partition integer NOT NULL,
  to_partition integer NOT NULL,
  -- started: asked for; handed: the old partition gave the state away; done: the new one goes on with it.
  state text NOT NULL DEFAULT 'started' CHECK (state IN ('started', 'handed', 'done')),
  -- Records of the brand count in the old partition up to here, in the new one from here on.
  out_position bigint,
  in_position bigint,
  -- The brand's detector as of out_position, while it is on its way; version 0 where it had none.
  version integer,
  body bytea,
  started_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz
);
ALTER TABLE outcry.brand_move ALTER COLUMN body SET STORAGE EXTERNAL;
-- One at a time: two moves that wait for one another would wait for ever.
CREATE UNIQUE INDEX brand_move_one_at_a_time ON outcry.brand_move ((true)) WHERE state <> 'done';
CREATE INDEX brand_move_from ON outcry.brand_move (from_partition);
CREATE INDEX brand_move_to ON outcry.brand_move (to_partition);
