import type { Sql } from '@outcry/contracts'
import { issueFigures } from './issue-figures.ts'

/**
 * Puts on record what these issues come to now, before posts of theirs go: nobody can count them any more. Under the
 * lock of their brand, so that no decision under way writes back what it read before.
 */
export const keepCounts = async (tx: Sql, issueIds: readonly string[]): Promise<void> => {
  const figures = await issueFigures(tx, issueIds, 0)
  for (const [id, { people, posts, reach }] of figures)
    await tx.query(
      `UPDATE outcry.issue SET body = jsonb_set(body, '{evidence}', body -> 'evidence' || jsonb_build_object(
         'authors', greatest((body #>> '{evidence,authors}')::bigint, $2),
         'mentions', greatest((body #>> '{evidence,mentions}')::bigint, $3),
         'reach', greatest((body #>> '{evidence,reach}')::bigint, $4))) WHERE id = $1`,
      [id, people, posts, reach],
    )
}

/** The same for the issues of these mentions of a brand. */
export const keepCountsOf = async (tx: Sql, brand: string, mentionIds: readonly string[]): Promise<void> => {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT DISTINCT issue_id AS id FROM outcry.mention
     WHERE brand = $1 AND id = ANY($2::text[]) AND issue_id IS NOT NULL ORDER BY id`,
    [brand, mentionIds],
  )
  await keepCounts(
    tx,
    rows.map(({ id }) => id),
  )
}
