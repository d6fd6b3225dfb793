import { MAX_FOLLOWERS } from '@outcry/contracts'

/** Longest chain of replies that is followed. */
const MAX_DEPTH = 20

/** A mention of the brand's own account. */
export const own = (mention: string): string => `(${mention}.body ->> 'byBrand' IS NOT DISTINCT FROM 'true')`

/** Whoever may have seen it: its author and the followers, of whom earlier mentions may name any number. */
export const reachOf = (mention: string): string =>
  `(1 + least(coalesce((${mention}.body #>> '{author,followers}')::numeric, 0), ${MAX_FOLLOWERS})::bigint)`

const PARENT = `body ->> 'parentId'`

/**
 * The common table `standing` of the complaints of issues: which post, since when, what was said of it, and whether it is
 * answered. Reposts and what the brand writes itself are no complaints. `issueIds` is the parameter with their ids.
 *
 * A reply of the brand speaks to whoever wrote what it replies to, through its own replies in between: all that this
 * person wrote above it in the chain is answered, and, where a platform hangs everything below one post, all that they
 * wrote there before. What another person wrote above is not.
 */
export const standingComplaints = (issueIds: string): string => `
  told AS MATERIALIZED (
    SELECT brand, id, issue_id, event_time_ms AS at, ${reachOf('mention')} AS reach
    FROM outcry.mention
    WHERE issue_id = ANY(${issueIds}::text[]) AND body ->> 'repostOf' IS NULL AND NOT ${own('mention')}),
  said AS (
    SELECT reply.brand, reply.event_time_ms AS at, reply.${PARENT} AS parent, NULL::text AS id, NULL::text AS person,
      0 AS depth
    FROM (SELECT brand, min(at) AS at FROM told GROUP BY brand) AS since
    JOIN outcry.mention AS reply ON reply.brand = since.brand AND reply.event_time_ms >= since.at
      AND reply.body ->> 'byBrand' = 'true' AND reply.${PARENT} IS NOT NULL
    UNION ALL
    SELECT said.brand, said.at, above.${PARENT}, above.id,
      CASE WHEN ${own('above')} THEN said.person ELSE coalesce(said.person, above.author_id, above.id) END, depth + 1
    FROM said JOIN outcry.mention AS above ON above.brand = said.brand AND above.id = said.parent
    WHERE depth < ${MAX_DEPTH} AND (said.person IS NULL OR ${own('above')} OR above.author_id = said.person)),
  replied AS (
    SELECT brand, id, min(at) AS at FROM (
      SELECT brand, id, at FROM said WHERE id IS NOT NULL
      UNION ALL
      SELECT said.brand, beside.id, said.at
      FROM said JOIN outcry.mention AS beside ON beside.brand = said.brand AND beside.${PARENT} = said.id
        AND beside.author_id = said.person AND beside.event_time_ms <= said.at
      WHERE said.depth = 1) AS answers
    GROUP BY brand, id),
  standing AS (
    SELECT told.*, marks.*, replied.at AS replied_at,
      coalesce(marks.answered,
        replied.at IS NOT NULL OR marks.hand_off IS NOT NULL OR marks.outcome IS NOT NULL) AS is_answered
    FROM told
    LEFT JOIN replied ON replied.brand = told.brand AND replied.id = told.id
    LEFT JOIN (SELECT brand AS marked_brand, mention_id, answered, answered_by, answered_at_ms, assignee, hand_off,
        hand_off_by, hand_off_at_ms, outcome, outcome_by, outcome_at_ms, authenticity, authenticity_reason,
        authenticity_by, authenticity_at_ms, version
      FROM outcry.complaint) AS marks ON marks.marked_brand = told.brand AND marks.mention_id = told.id)`

/**
 * How many messages of the complainant and of the brand stand in the public conversation of each complaint: from the first
 * of theirs above it in the chain down. Parameters: brand, mention ids.
 */
export const CONVERSATIONS = `WITH RECURSIVE up AS (
    SELECT id AS complaint, author_id AS person, id, ${PARENT} AS parent, true AS theirs, 0 AS depth
    FROM outcry.mention WHERE brand = $1 AND id = ANY($2::text[])
    UNION ALL
    SELECT up.complaint, up.person, above.id, above.${PARENT}, NOT ${own('above')}, depth + 1
    FROM up JOIN outcry.mention AS above ON above.brand = $1 AND above.id = up.parent
    WHERE depth < ${MAX_DEPTH} AND (${own('above')} OR above.author_id = up.person)),
  down AS (
    (SELECT DISTINCT ON (complaint) complaint, person, id, true AS theirs, 0 AS depth FROM up WHERE theirs
     ORDER BY complaint, up.depth DESC)
    UNION
    SELECT down.complaint, down.person, below.id, NOT ${own('below')}, depth + 1
    FROM down JOIN outcry.mention AS below ON below.brand = $1 AND below.${PARENT} = down.id
    WHERE depth < ${MAX_DEPTH} AND (${own('below')} OR below.author_id = down.person))
  SELECT complaint AS id, count(DISTINCT id) FILTER (WHERE theirs)::int AS "byPerson",
    count(DISTINCT id) FILTER (WHERE NOT theirs)::int AS "byBrand"
  FROM down GROUP BY complaint`
