import type { Sql } from '@outcry/contracts'

type Placed = { brand: string; partition: number }

const readPlaces = async (sql: Sql, brands: readonly string[]): Promise<Map<string, number>> => {
  const { rows } = await sql.query<Placed>(
    'SELECT brand, partition FROM outcry.brand_partition WHERE brand = ANY($1::text[])',
    [brands],
  )
  return new Map(rows.map(({ brand, partition }) => [brand, partition]))
}

const readLoads = async (sql: Sql, partitions: number): Promise<number[]> => {
  const { rows } = await sql.query<{ partition: number; brands: number }>(
    'SELECT partition, count(*) AS brands FROM outcry.brand_partition WHERE partition < $1 GROUP BY partition',
    [partitions],
  )
  const loads = Array.from({ length: partitions }, () => 0)
  for (const { partition, brands } of rows) loads[partition] = brands
  return loads
}

/**
 * The partition each brand lives in. A brand seen for the first time goes to the least loaded of `partitions`, and
 * stays there whatever the number of partitions becomes; of two processes that place it at once, one decides.
 */
export const partitionOfBrands = async (
  sql: Sql,
  brands: readonly string[],
  partitions: number,
): Promise<Map<string, number>> => {
  const known = await readPlaces(sql, brands)
  const fresh = [...new Set(brands)].filter((brand) => !known.has(brand)).sort()
  if (!fresh.length) return known
  const loads = await readLoads(sql, partitions)
  const chosen = fresh.map(() => {
    const partition = loads.indexOf(Math.min(...loads))
    loads[partition]! += 1
    return partition
  })
  await sql.query(
    `INSERT INTO outcry.brand_partition (brand, partition)
     SELECT * FROM unnest($1::text[], $2::int[]) ON CONFLICT (brand) DO NOTHING`,
    [fresh, chosen],
  )
  return readPlaces(sql, brands)
}

/** The partition a brand lives in; null for one that was never placed. */
export const placeOfBrand = async (sql: Sql, brand: string): Promise<number | null> =>
  (await readPlaces(sql, [brand])).get(brand) ?? null

/** The brands that live in each partition that has any. */
export const brandsOfPartitions = async (sql: Sql): Promise<Map<number, string[]>> => {
  const { rows } = await sql.query<{ partition: number; brands: string[] }>(
    `SELECT partition, array_agg(brand ORDER BY brand) AS brands FROM outcry.brand_partition GROUP BY partition`,
  )
  return new Map(rows.map(({ partition, brands }) => [partition, brands]))
}
