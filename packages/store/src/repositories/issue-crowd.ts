import type { Sql } from '@outcry/contracts'
import { own } from './complaint-answers.ts'

/** Clusters that hold this share of an issue's posts are what it is about. */
const LEADING_SHARE = 0.1
/** Where they hold this share together, they stand for the issue. */
const COVERED_SHARE = 0.5

/**
 * Whose complaints count for an issue at any time: those of its leading clusters, which know no beginning or end of the
 * burst; of an issue that is scattered over many clusters those that it took in itself, which it does only while it bursts.
 */
export type IssueCrowd = { brand: string; issueId: string; clusterIds: readonly string[] }

export const crowdOf = async (sql: Sql, issue: { brand: string; id: string }): Promise<IssueCrowd> => {
  const { rows } = await sql.query<{ clusterId: string; share: number }>(
    `SELECT * FROM (
       SELECT cluster_id AS "clusterId", (count(*) / sum(count(*)) OVER ())::float8 AS share
       FROM outcry.mention WHERE issue_id = $1 GROUP BY cluster_id) AS clusters
     WHERE "clusterId" IS NOT NULL AND share >= ${LEADING_SHARE} ORDER BY "clusterId"`,
    [issue.id],
  )
  const covered = rows.reduce((sum, { share }) => sum + share, 0)
  const clusterIds = covered >= COVERED_SHARE ? rows.map(({ clusterId }) => clusterId) : []
  return { brand: issue.brand, issueId: issue.id, clusterIds }
}

/** A complaint's score from this on counts, 0 to 1. */
const LEAST_COMPLAINT = 0.3

/** Independent voices of a crowd; $1 to $5. */
const VOICES = `outcry.mention
  WHERE event_time_ms >= $1 AND event_time_ms < $2
    AND CASE WHEN cardinality($5::text[]) = 0 THEN issue_id = $4 ELSE brand = $3 AND cluster_id = ANY($5) END
    AND (complaint >= ${LEAST_COMPLAINT} OR issue_id = $4)
    AND body ->> 'repostOf' IS NULL AND NOT ${own('mention')}`

type Span = { fromMs: number; toMs: number }
const valuesOf = ({ brand, issueId, clusterIds }: IssueCrowd, { fromMs, toMs }: Span) => [
  fromMs,
  toMs,
  brand,
  issueId,
  clusterIds,
]

/** Distinct people of a crowd who complained in a span, its end not included. */
export const peopleBetween = async (sql: Sql, crowd: IssueCrowd, span: Span): Promise<number> => {
  const { rows } = await sql.query<{ people: number }>(
    `SELECT count(DISTINCT coalesce(author_id, id))::int AS people FROM ${VOICES}`,
    valuesOf(crowd, span),
  )
  return rows[0]?.people ?? 0
}

/** The same in steps of a span, epoch ms of their beginnings; a step without anybody is left out. */
export const peopleBySteps = async (
  sql: Sql,
  crowd: IssueCrowd,
  span: Span,
  stepMs: number,
): Promise<{ at: number; people: number }[]> => {
  const { rows } = await sql.query<{ at: number; people: number }>(
    `SELECT ($1::bigint + (event_time_ms - $1::bigint) / $6::bigint * $6::bigint) AS at,
       count(DISTINCT coalesce(author_id, id))::int AS people
     FROM ${VOICES} GROUP BY 1 ORDER BY 1`,
    [...valuesOf(crowd, span), stepMs],
  )
  return rows
}
