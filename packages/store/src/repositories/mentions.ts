import type { Mention, Sql } from '@outcry/contracts'
import { jsonText } from './json-text.ts'

/** A mention as the detector scored it. */
export type ScoredMention = {
  brand: string
  mention: Mention
  complaint: number
  lang: string
  clusterId: string | null
  issueId: string | null
}

/** Stores or replaces mentions; of two with one id the later in the array counts. */
export const upsertMentions = async (tx: Sql, rows: readonly ScoredMention[]): Promise<void> => {
  if (!rows.length) return
  const latest = new Map(rows.map((row) => [`${row.brand} ${row.mention.id}`, row]))
  await tx.query(
    `INSERT INTO outcry.mention
       (brand, id, source, event_time_ms, author_id, complaint, lang, cluster_id, issue_id, body)
     SELECT brand, mention->>'id', mention->>'source', (mention->>'eventTime')::bigint, mention->'author'->>'id',
       complaint, lang, "clusterId", "issueId", mention
     FROM jsonb_to_recordset($1) AS row
       (brand text, mention jsonb, complaint real, lang text, "clusterId" text, "issueId" text)
     ON CONFLICT (brand, id) DO UPDATE SET source = excluded.source, event_time_ms = excluded.event_time_ms,
       author_id = excluded.author_id, complaint = excluded.complaint, lang = excluded.lang,
       cluster_id = excluded.cluster_id, issue_id = excluded.issue_id, body = excluded.body`,
    [jsonText([...latest.values()])],
  )
}

/** Says which cluster and issue earlier mentions belong to now; what is null stays as it was. */
export const assignMentions = async (
  tx: Sql,
  assignment: { brand: string; mentionIds: readonly string[]; clusterId: string | null; issueId: string | null },
): Promise<void> => {
  await tx.query(
    `UPDATE outcry.mention SET cluster_id = coalesce($3, cluster_id), issue_id = coalesce($4, issue_id)
     WHERE brand = $1 AND id = ANY($2::text[])`,
    [assignment.brand, assignment.mentionIds, assignment.clusterId, assignment.issueId],
  )
}

/** Mentions that a person took out of their issue belong to none, and to no cluster. */
export const removeMentions = async (tx: Sql, brand: string, mentionIds: readonly string[]): Promise<void> => {
  await tx.query(
    'UPDATE outcry.mention SET cluster_id = NULL, issue_id = NULL WHERE brand = $1 AND id = ANY($2::text[])',
    [brand, mentionIds],
  )
}

const MOVE = {
  cluster: 'UPDATE outcry.mention SET cluster_id = $3 WHERE brand = $1 AND cluster_id = $2',
  // The ids of issues are unique. As a plain condition on the brand, the planner reads all mentions of a young one.
  issue: "UPDATE outcry.mention SET issue_id = $3 WHERE issue_id = $2 AND brand || '' = $1",
} as const

/** Every mention of one cluster or issue becomes one of another, which it was merged into. */
export const moveMentions = async (
  tx: Sql,
  { brand, what, from, into }: { brand: string; what: 'cluster' | 'issue'; from: string; into: string },
): Promise<void> => {
  await tx.query(MOVE[what], [brand, from, into])
}

/** A language counts from this share of the posts whose language is known. */
const FAIR_SHARE = 0.2

/** Languages that a fair part of these mentions is written in, ISO 639, the most frequent first; empty where none is known. */
export const languagesOf = async (sql: Sql, brand: string, ids: readonly string[]): Promise<string[]> => {
  const { rows } = await sql.query<{ lang: string }>(
    `SELECT lang FROM (
       SELECT lang, count(*) AS posts, sum(count(*)) OVER () AS known FROM outcry.mention
       WHERE brand = $1 AND id = ANY($2::text[]) AND lang <> 'und' GROUP BY lang) AS spoken
     WHERE posts >= known * ${FAIR_SHARE} ORDER BY posts DESC, lang`,
    [brand, ids],
  )
  return rows.map(({ lang }) => lang)
}
