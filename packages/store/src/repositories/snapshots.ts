import type { Sql } from '@outcry/contracts'

/** A brand's detector as of a position of its partition; `version` is the format of `body`. */
export type BrandSnapshot = { brand: string; position: number; version: number; body: Uint8Array }

/** Version of a row that has no state yet: its brand is read from the log behind `position`. */
export const NO_SNAPSHOT = 0

/** What a transaction that moves a partition to `position` says of the snapshots of its brands. */
export type SnapshotStep = {
  topic: string
  partition: number
  position: number
  /** State as of `position`. */
  taken: readonly BrandSnapshot[]
  /** Brands that have no row yet and are not taken, and the position before their first record. */
  begun: readonly { brand: string; position: number }[]
  /** Every brand of the partition; rows of others go. */
  brands: readonly string[]
  /** Those that changed since their last row; the rows of the others hold as of `position` too. */
  unsaved: readonly string[]
}

/**
 * Stores snapshots. Afterwards every brand has a row, and the state of the partition at its position is what the rows
 * hold and the records behind the oldest of them.
 */
export const saveSnapshots = async (tx: Sql, step: SnapshotStep): Promise<void> => {
  const { topic, partition, position, taken, begun, brands, unsaved } = step
  for (const { brand, version, body } of taken) {
    await tx.query(
      `INSERT INTO outcry.brand_snapshot (brand, topic, partition, position, version, body)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (brand) DO UPDATE SET topic = excluded.topic, partition = excluded.partition,
         position = excluded.position, version = excluded.version, body = excluded.body, taken_at = now()`,
      [brand, topic, partition, position, version, Buffer.from(body.buffer, body.byteOffset, body.byteLength)],
    )
  }
  for (const { brand, position: before } of begun) {
    await tx.query(
      `INSERT INTO outcry.brand_snapshot (brand, topic, partition, position, version, body)
       VALUES ($1, $2, $3, $4, ${NO_SNAPSHOT}, '') ON CONFLICT (brand) DO NOTHING`,
      [brand, topic, partition, before],
    )
  }
  await tx.query('DELETE FROM outcry.brand_snapshot WHERE topic = $1 AND partition = $2 AND NOT brand = ANY($3)', [
    topic,
    partition,
    brands,
  ])
  await tx.query(
    `UPDATE outcry.brand_snapshot SET position = $3
     WHERE topic = $1 AND partition = $2 AND position < $3 AND NOT brand = ANY($4)`,
    [topic, partition, position, unsaved],
  )
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

/** The brands that have a row, and the version of each. */
export const snapshotVersions = async (sql: Sql, topic: string): Promise<{ brand: string; version: number }[]> => {
  const { rows } = await sql.query<{ brand: string; version: number }>(
    'SELECT brand, version FROM outcry.brand_snapshot WHERE topic = $1 ORDER BY brand',
    [topic],
  )
  return rows
}

/** The snapshot of one brand. */
export const snapshotOf = async (sql: Sql, brand: string): Promise<BrandSnapshot | null> => {
  const { rows } = await sql.query<BrandSnapshot>(
    'SELECT brand, position, version, body FROM outcry.brand_snapshot WHERE brand = $1',
    [brand],
  )
  return rows[0] ?? null
}
