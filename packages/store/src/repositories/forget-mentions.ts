import type { Sql } from '@outcry/contracts'
import { lockBrandAlerting } from './alerting-state.ts'
import { jsonText } from './json-text.ts'
import { keepCountsOf } from './keep-counts.ts'

type Place = { issueId: string | null; clusterId: string | null }
type Table = { name: 'issue_event' | 'issue' | 'alert' | 'delivery' | 'cluster'; key: string; where: string }

/** Where evidence of an issue is kept; pending deliveries only, because receipts carry no evidence once sent. */
const EVIDENCE: readonly Table[] = [
  { name: 'issue_event', key: 'id', where: 'issue_id = ANY($1::text[])' },
  { name: 'issue', key: 'id', where: 'id = ANY($1::text[])' },
  { name: 'alert', key: 'id', where: 'issue_id = ANY($1::text[])' },
  { name: 'delivery', key: 'id', where: 'issue_id = ANY($1::text[])' },
]
const CLUSTER: Table = { name: 'cluster', key: 'id', where: 'id = ANY($1::text[])' }

/** The same data without these mentions: neither their ids in lists nor the objects that quote them. Counts stay. */
export const withoutMentions = <T>(value: T, ids: ReadonlySet<string>): T => without(value, ids) as T

const without = (value: unknown, ids: ReadonlySet<string>): unknown => {
  if (Array.isArray(value)) {
    return value.filter((item) => !names(item, ids)).map((item) => without(item, ids))
  }
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, without(member, ids)]))
}

const names = (item: unknown, ids: ReadonlySet<string>): boolean =>
  typeof item === 'string'
    ? ids.has(item)
    : item !== null && typeof item === 'object' && ids.has(String(Reflect.get(item, 'mentionId')))

const purge = async (tx: Sql, { name, key, where }: Table, owners: readonly string[], ids: ReadonlySet<string>) => {
  if (!owners.length) return
  const { rows } = await tx.query<{ key: string; body: unknown }>(
    `SELECT ${key} AS key, body FROM outcry.${name} WHERE ${where} ORDER BY ${key} FOR UPDATE`,
    [owners],
  )
  for (const row of rows) {
    const kept = without(row.body, ids)
    if (jsonText(kept) === jsonText(row.body)) continue
    await tx.query(`UPDATE outcry.${name} SET body = $2 WHERE ${key} = $1`, [row.key, jsonText(kept)])
  }
}

/**
 * Forgets mentions that were deleted where they were written: their rows, and every quote of them in evidence, alerts
 * and deliveries. What was counted stays counted. Takes the brand's lock, so that no decision under way stores a quote
 * it read before.
 */
export const forgetMentions = async (tx: Sql, brand: string, mentionIds: readonly string[]): Promise<void> => {
  await lockBrandAlerting(tx, brand)
  await keepCountsOf(tx, brand, mentionIds)
  const { rows } = await tx.query<Place>(
    `DELETE FROM outcry.mention WHERE brand = $1 AND id = ANY($2::text[])
     RETURNING issue_id AS "issueId", cluster_id AS "clusterId"`,
    [brand, mentionIds],
  )
  // Evidence outlives mention rows, and may quote what was moved to another issue since. What was not decided on yet is
  // in no issue.
  const { rows: quoting } = await tx.query<{ id: string }>(
    `SELECT id FROM outcry.issue WHERE brand = $1 AND body->'evidence'->'mentionIds' ?| $2::text[]
     UNION
     SELECT issue_id FROM outcry.issue_event
     WHERE brand = $1 AND seq > (SELECT event_seq FROM outcry.brand_alerting WHERE brand = $1)
       AND body->'evidence'->'mentionIds' ?| $2::text[]`,
    [brand, mentionIds],
  )
  const present = (id: string | null) => id !== null
  const issues = [...new Set([...rows.map(({ issueId }) => issueId), ...quoting.map(({ id }) => id)])]
    .filter(present)
    .sort()
  const clusters = [...new Set(rows.map(({ clusterId }) => clusterId))].filter(present).sort()
  const ids = new Set(mentionIds)
  for (const table of EVIDENCE) await purge(tx, table, issues, ids)
  await purge(tx, CLUSTER, clusters, ids)
}
