import type { Sql, SqlPool } from '@outcry/contracts'

/**
 * The partition of each brand. A brand that is new gets the one with the fewest brands and keeps it for good, also when
 * partitions are added.
 */
export const partitionOfBrands = async (
  pool: SqlPool,
  brands: readonly string[],
  partitions: number,
): Promise<Map<string, number>> => {
  const known = await readPartitions(pool, brands)
  const missing = brands.filter((brand) => !known.has(brand))
  if (missing.length === 0) return known
  return pool.transaction(async (tx) => {
    // Two processes that place brands at once would both take the emptiest partition.
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('outcry brand partition'))`)
    for (const brand of missing)
      await tx.query(
        `INSERT INTO outcry.brand_partition (brand, partition)
         SELECT $1, p FROM generate_series(0, $2::integer - 1) AS p
         LEFT JOIN outcry.brand_partition AS b ON b.partition = p
         GROUP BY p ORDER BY count(b.brand), p LIMIT 1
         ON CONFLICT (brand) DO NOTHING`,
        [brand, partitions],
      )
    return readPartitions(tx, brands)
  })
}

const readPartitions = async (sql: Sql, brands: readonly string[]): Promise<Map<string, number>> => {
  const { rows } = await sql.query<{ brand: string; partition: number }>(
    'SELECT brand, partition FROM outcry.brand_partition WHERE brand = ANY($1)',
    [brands],
  )
  return new Map(rows.map(({ brand, partition }) => [brand, partition]))
}
