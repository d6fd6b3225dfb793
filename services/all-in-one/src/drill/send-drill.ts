import { type AppendRecord, type Bus, encodeRecord, mentionKey, MENTIONS_TOPIC } from '@outcry/bus'
import { type BusRecord, OutcryError, type Sql } from '@outcry/contracts'
import { type DrillScenario, drillRecords, shadowBrand } from '@outcry/replay'

const BATCH_RECORDS = 500

export type SentDrill = {
  shadow: string
  partition: number
  /** Position of the drill's last record. */
  lastPosition: number
  records: number
}

/**
 * Appends a drill to the partition of the brand it shadows, in the order ingest would, so that everything from the bus
 * on works as on any day. Resolves when the bus has it. Throws `DRILL_BRAND_UNKNOWN`.
 */
export const sendDrill = async (
  deps: { bus: Bus; sql: Sql; onProgress: (records: number) => void },
  drill: {
    brand: string
    brandName: string
    scenario: DrillScenario
    drillId: string
    seed: number
    reorderMs: number
    nowMs: number
  },
): Promise<SentDrill> => {
  const shadow = shadowBrand(drill.brand, drill.drillId)
  const partition = await partitionOf(deps.sql, drill.brand)
  let lastPosition = -1
  let records = 0
  for (const batch of batches(drillRecords(drill), partition)) {
    const places = await deps.bus.append(MENTIONS_TOPIC, batch)
    lastPosition = places.at(-1)?.position ?? lastPosition
    records += batch.length
    deps.onProgress(records)
  }
  return { shadow, partition, lastPosition, records }
}

const partitionOf = async (sql: Sql, brand: string): Promise<number> => {
  const { rows } = await sql.query<{ partition: number }>(
    'SELECT partition FROM outcry.brand_partition WHERE brand = $1',
    [brand],
  )
  if (rows[0] !== undefined) return rows[0].partition
  const known = await sql.query<{ brand: string }>(
    "SELECT brand FROM outcry.brand_partition WHERE position('#' in brand) = 0 ORDER BY brand LIMIT 20",
  )
  throw brandUnknown(
    brand,
    known.rows.map((row) => row.brand),
  )
}

export const brandUnknown = (brand: string, watched: readonly string[]): OutcryError =>
  new OutcryError('DRILL_BRAND_UNKNOWN', `Brand "${brand}" is not watched.`, {
    fix:
      watched.length === 0
        ? 'Configure a brand and start Outcry first.'
        : `Use --brand with one of ${watched.join(', ')}.`,
    exitCode: 2,
  })

function* batches(records: Iterable<BusRecord>, partition: number): Generator<AppendRecord[]> {
  let batch: AppendRecord[] = []
  for (const record of records) {
    batch.push({
      partition,
      key: record.kind === 'mention' ? mentionKey(record.brand, record.mention.id) : null,
      value: encodeRecord(record),
    })
    if (batch.length < BATCH_RECORDS) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
