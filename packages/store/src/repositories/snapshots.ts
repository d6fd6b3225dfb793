import type { Sql } from '@outcry/contracts'

/** A brand's detector as of a position of its partition; `version` is the format of `body`. */
export type BrandSnapshot = { brand: string; position: number; version: number; body: Uint8Array }

/** Stores changed snapshots, in the transaction that moves the position. */
export const saveSnapshots = async (
  tx: Sql,
  rows: readonly (BrandSnapshot & { topic: string; partition: number })[],
): Promise<void> => {
  for (const { brand, topic, partition, position, version, body } of rows) {
    await tx.query(
      `INSERT INTO outcry.brand_snapshot (brand, topic, partition, position, version, body)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (brand) DO UPDATE SET topic = excluded.topic, partition = excluded.partition,
         position = excluded.position, version = excluded.version, body = excluded.body, taken_at = now()`,
      [brand, topic, partition, position, version, Buffer.from(body.buffer, body.byteOffset, body.byteLength)],
    )
  }
}

/** The snapshots of a partition's brands. */
export const loadSnapshots = async (sql: Sql, topic: string, partition: number): Promise<BrandSnapshot[]> => {
  const { rows } = await sql.query<BrandSnapshot>(
    `SELECT brand, position, version, body FROM outcry.brand_snapshot
     WHERE topic = $1 AND partition = $2 ORDER BY brand`,
    [topic, partition],
  )
  return rows
}
