import { type AppendRecord, type Bus, encodeRecord, mentionKey, MENTIONS_TOPIC } from '@outcry/bus'
import { type BusRecord, type Config, type Drill, SECOND_MS, type Sql } from '@outcry/contracts'
import { findScenario, liveDrillRecords, shadowBrand } from '@outcry/replay'
import { listIssues, markDrillSent, openIssues, placeOfBrand } from '@outcry/store'
import { brandName } from './drills.ts'

const BATCH_RECORDS = 500
/** How often its clock goes on. */
const STEP_MS = 5 * SECOND_MS

/**
 * Appends what a drill has said since the last time to the partition of the brand it shadows. Repeatable: what was
 * appended and not noted is appended again, and counted once. Once its issue is over, nobody writes any more and only its
 * clock goes on.
 */
export const playDrill = async (
  deps: { sql: Sql; bus: Pick<Bus, 'append'>; config: Pick<Config, 'brands' | 'detection'> },
  drill: Drill,
  nowMs: number,
): Promise<void> => {
  const { sql, bus, config } = deps
  const { id: drillId, brand, seed, playsFrom: startMs, sentUntil } = drill
  const scenario = findScenario(drill.scenario)
  if (nowMs - sentUntil < STEP_MS || scenario === undefined) return
  const partition = await placeOfBrand(sql, brand)
  if (partition === null) return
  const played = { scenario, brand, brandName: brandName(config, brand), drillId, seed, startMs }
  const { reorderMs } = config.detection
  const records = liveDrillRecords({ ...played, reorderMs }, { afterMs: sentUntil, untilMs: nowMs })
  const over = await isOver(sql, shadowBrand(brand, drillId))
  let batch: AppendRecord[] = []
  for (const record of records) {
    if (over && record.kind === 'mention') continue
    batch.push({ partition, key: keyOf(record), value: encodeRecord(record) })
    if (batch.length < BATCH_RECORDS) continue
    await bus.append(MENTIONS_TOPIC, batch)
    batch = []
  }
  if (batch.length > 0) await bus.append(MENTIONS_TOPIC, batch)
  await markDrillSent(sql, drillId, nowMs)
}

const isOver = async (sql: Sql, shadow: string): Promise<boolean> =>
  (await openIssues(sql, shadow)).length === 0 && (await listIssues(sql, { brands: [shadow] }, null, 1)).length > 0

const keyOf = (record: BusRecord): string | null =>
  record.kind === 'mention' ? mentionKey(record.brand, record.mention.id) : null
