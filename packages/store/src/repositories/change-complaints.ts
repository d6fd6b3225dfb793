import type { ComplaintChange, Sql } from '@outcry/contracts'
import { storableText } from './json-text.ts'

/** A complaint as a person saw it. */
export type SeenComplaint = { mentionId: string; version: number }

/**
 * Says the same of several complaints of an issue; returns the ids of those that changed. Left out are what is no post of
 * the issue, and what somebody changed since it was seen.
 */
export const changeComplaints = async (
  tx: Sql,
  to: {
    brand: string
    issueId: string
    seen: readonly SeenComplaint[]
    change: ComplaintChange
    by: string
    atMs: number
  },
): Promise<string[]> => {
  const { brand, issueId, seen, change, by, atMs } = to
  const said = Object.entries(columnsOf(change, storableText(by), atMs))
  const names = said.map(([name]) => name)
  const versions = new Map(seen.map(({ mentionId, version }) => [mentionId, version]))
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO outcry.complaint AS known (brand, mention_id, issue_id, said_at_ms, version, updated_at_ms,
       ${names.join(', ')})
     SELECT brand, id, issue_id, event_time_ms, seen.version + 1, $5, ${names.map((name, at) => `$${at + 6}::${typeOf(name)}`).join(', ')}
     FROM unnest($3::text[], $4::integer[]) AS seen (mention_id, version)
     JOIN outcry.mention ON brand = $1 AND id = seen.mention_id AND issue_id = $2
     WHERE seen.version = 0
       OR EXISTS (SELECT FROM outcry.complaint AS old WHERE old.brand = $1 AND old.mention_id = mention.id)
     ORDER BY id FOR KEY SHARE OF mention
     ON CONFLICT (brand, mention_id) DO UPDATE SET version = excluded.version, issue_id = excluded.issue_id,
       updated_at_ms = excluded.updated_at_ms, ${names.map((name) => `${name} = excluded.${name}`).join(', ')}
     WHERE excluded.version = known.version + 1
     RETURNING mention_id AS id`,
    [brand, issueId, [...versions.keys()], [...versions.values()], atMs, ...said.map(([, value]) => value)],
  )
  return rows.map(({ id }) => id)
}

const typeOf = (name: string): string => (name === 'answered' ? 'boolean' : name.endsWith('_at_ms') ? 'bigint' : 'text')

type Column = string | number | boolean | null

const columnsOf = (change: ComplaintChange, by: string, atMs: number): Record<string, Column> => {
  const columns: Record<string, Column> = {}
  const done = (name: string, value: Column): void => {
    columns[name] = value
    columns[`${name}_by`] = value === null ? null : by
    columns[`${name}_at_ms`] = value === null ? null : atMs
  }
  const { answered, assignee, handOff, outcome, authenticity } = change
  if (answered !== undefined) done('answered', answered)
  if (assignee !== undefined) columns['assignee'] = assignee === null ? null : storableText(assignee)
  if (handOff !== undefined) done('hand_off', handOff)
  if (outcome !== undefined) done('outcome', outcome)
  if (authenticity !== undefined) {
    done('authenticity', authenticity?.is ?? null)
    columns['authenticity_reason'] = authenticity === null ? null : storableText(authenticity.reason)
  }
  return columns
}
