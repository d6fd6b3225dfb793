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
