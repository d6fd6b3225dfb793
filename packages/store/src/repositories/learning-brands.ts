import type { Sql } from '@outcry/contracts'
import { own } from './complaint-answers.ts'

/**
 * Brands that have nothing to compare with yet, and up to when (epoch ms): until `learnsForMs` after the first mention of
 * somebody else, null before there is one. A brand that never ran is among them, and none that was placed
 * longer ago than mentions are kept (`keptMs`): its first may be gone.
 */
export const learningBrands = async (
  sql: Sql,
  brands: readonly string[],
  { nowMs, learnsForMs, keptMs }: { nowMs: number; learnsForMs: number; keptMs: number },
): Promise<Map<string, number | null>> => {
  const { rows } = await sql.query<{ brand: string; firstMs: number | null }>(
    `SELECT asked.brand, (
       SELECT min(event_time_ms) FROM outcry.mention WHERE brand = asked.brand AND NOT ${own('mention')}
     ) AS "firstMs"
     FROM unnest($1::text[]) AS asked (brand) LEFT JOIN outcry.brand_partition AS placed USING (brand)
     WHERE coalesce(placed.created_at > to_timestamp($2 / 1000.0), true) AND NOT EXISTS (
       SELECT FROM outcry.mention
       WHERE brand = asked.brand AND event_time_ms <= $3::bigint AND NOT ${own('mention')}
     )`,
    [brands, nowMs - keptMs, nowMs - learnsForMs],
  )
  return new Map(rows.map(({ brand, firstMs }) => [brand, firstMs === null ? null : firstMs + learnsForMs]))
}
