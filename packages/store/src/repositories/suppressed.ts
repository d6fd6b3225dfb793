import type { Sql, SuppressedBurst, SuppressedReason } from '@outcry/contracts'
import { jsonText } from './json-text.ts'
import { type BrandScope, inScope, likePattern, scopeValue, someOf } from './list-filter.ts'

/** Keeps what came near to an issue. Told again under the same id it changes nothing. */
export const saveSuppressed = async (tx: Sql, bursts: readonly SuppressedBurst[]): Promise<void> => {
  if (bursts.length === 0) return
  await tx.query(
    `INSERT INTO outcry.suppressed_burst (id, brand, at_ms, reason, body)
     SELECT body->>'id', body->>'brand', (body->>'at')::bigint, body->>'reason', body
     FROM jsonb_array_elements($1::jsonb) AS body ON CONFLICT (id) DO NOTHING`,
    [jsonText(bursts)],
  )
}

export type SuppressedFilter = {
  scope?: BrandScope
  brands?: readonly string[]
  reasons?: readonly SuppressedReason[]
  /** Told at or after. */
  sinceMs?: number | null
  /** Part of the label, any case. */
  text?: string | null
}

/** What came near, the newest first, after a place in that order. */
export const listSuppressed = async (
  sql: Sql,
  filter: SuppressedFilter,
  after: { atMs: number; id: string } | null,
  limit: number,
): Promise<SuppressedBurst[]> => {
  const { rows } = await sql.query<{ body: SuppressedBurst }>(
    `SELECT body FROM outcry.suppressed_burst
     WHERE ${inScope('$1')}
       AND ($2::text[] IS NULL OR brand = ANY($2))
       AND ($3::text[] IS NULL OR reason = ANY($3))
       AND ($4::bigint IS NULL OR at_ms >= $4)
       AND ($5::text IS NULL OR body->>'label' ILIKE $5)
       AND ($6::bigint IS NULL OR (at_ms, id) < ($6, $7::text))
     ORDER BY at_ms DESC, id DESC LIMIT $8`,
    [
      scopeValue(filter.scope),
      someOf(filter.brands),
      someOf(filter.reasons),
      filter.sinceMs ?? null,
      likePattern(filter.text),
      after?.atMs ?? null,
      after?.id ?? null,
      limit,
    ],
  )
  return rows.map(({ body }) => body)
}
