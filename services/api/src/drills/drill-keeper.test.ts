import { type AppendRecord, decodeRecord } from '@outcry/bus'
import { HOUR_MS, MINUTE_MS, type SqlPool } from '@outcry/contracts'
import { shadowBrand } from '@outcry/replay'
import { silentLogger } from '@outcry/runtime'
import { appendTimeline, getDrill, partitionOfBrands, saveIssue, unclearedDrills } from '@outcry/store'
import { createTestDatabase, fakeClock } from '@outcry/testkit'
import { expect, onTestFinished, test, vi } from 'vitest'
import { issueOf } from '../../test/burning-day.ts'
import { testConfig } from '../../test/running-api.ts'
import type { ApplyCommand } from '../commands.ts'
import { commandAct } from '../record-act.ts'
import { createDrillKeeper } from './drill-keeper.ts'
import { createDrills } from './drills.ts'

const PATIENCE = { timeout: 20_000, interval: 20 }

/** Two keepers beside one another, a bus that remembers, and a clock that only the test moves. */
const keeping = async () => {
  const database = await createTestDatabase()
  const { pool } = database
  const config = testConfig()
  const clock = fakeClock(Date.UTC(2026, 10, 29, 12))
  const brands = config.brands.map(({ id }) => id)
  const places = await partitionOfBrands(pool, brands, 2)
  const appended: AppendRecord[] = []
  const bus = {
    append: async (_topic: string, records: AppendRecord[]) => {
      appended.push(...records)
      return records.map(({ partition }, position) => ({ partition, position }))
    },
  }
  const resolved: string[] = []
  const applyCommand: ApplyCommand = async ({ issueId }) => {
    const { rowCount } = await pool.query(
      `UPDATE outcry.issue SET state = 'resolved' WHERE id = $1 AND state = 'open'`,
      [issueId],
    )
    if (rowCount === 1) resolved.push(issueId)
    return { outcome: 'applied', reason: '', commandId: null }
  }
  const keepers = [1, 2].map(() => {
    const keeper = createDrillKeeper({ pool, bus, config, applyCommand, clock, logger: silentLogger })
    return keeper
  })
  const drills = createDrills({ pool, config, now: () => clock.now() })
  for (const keeper of keepers) await keeper.start()
  onTestFinished(async () => {
    await Promise.all(keepers.map((keeper) => keeper.stop()))
    await database.drop()
  })
  /** Lets both keepers do a round at a time that much later. */
  const later = async (ms: number) => {
    await vi.waitFor(() => expect(clock.sleepers()).toBe(2), PATIENCE)
    await clock.advance(ms)
    await vi.waitFor(() => expect(clock.sleepers()).toBe(2), PATIENCE)
  }
  return { pool, clock, appended, places, drills, later, resolved }
}

/** Stores an open issue of a drill; its shadow brand. */
const storeDrilled = async (pool: SqlPool, drillId: string, nowMs: number): Promise<string> => {
  const brand = shadowBrand('acme', drillId)
  const issue = issueOf(
    { id: 'iss-drill', brand, label: 'made up', severity: 'major', ageMs: HOUR_MS, people: 7 },
    nowMs,
  )
  const { state, severity, since, openedAt, updatedAt, calm, drill, evidence } = issue
  const times = { sinceMs: since, openedAtMs: openedAt, updatedAtMs: updatedAt }
  await saveIssue(pool, {
    id: issue.id,
    brand,
    state,
    severity,
    label: evidence.label,
    ...times,
    calm,
    drill,
    body: issue,
  })
  return brand
}

const timeOf = ({ value }: AppendRecord): number => {
  const decoded = decodeRecord(value)
  if (!decoded.ok) throw new Error(decoded.reason)
  const { record } = decoded
  if (record.kind === 'mention') return record.mention.eventTime
  return record.kind === 'heartbeat' ? record.sourceTime : Number.NaN
}

test('a drill is played to its brand as its time comes, once though two keepers are at it', async () => {
  const { drills, appended, places, clock, later } = await keeping()
  const begun = await drills.begin({ brand: 'acme', scenario: 'checkout', seed: 1 }, commandAct('drill'))
  expect(begun).not.toBeNull()
  await later(6_000)
  const first = appended.length
  expect(first).toBeGreaterThan(1_000)
  await later(5 * MINUTE_MS)
  expect(appended.length).toBeGreaterThan(first)
  const times = appended.map(timeOf)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(times.at(-1)).toBe(clock.now())
  expect(new Set(appended.map(({ partition }) => partition))).toEqual(new Set([places.get('acme')]))
  const keys = appended.flatMap(({ key }) => key ?? [])
  expect(new Set(keys).size).toBe(keys.length)
})

test('once the issue of a drill is resolved its posts stop and its clock goes on', async () => {
  const { drills, appended, pool, clock, later } = await keeping()
  const begun = (await drills.begin({ brand: 'acme', scenario: 'checkout', seed: 1 }, commandAct('drill')))!
  await storeDrilled(pool, begun.id, clock.now())
  await later(6_000)
  const open = appended.length
  await later(5 * MINUTE_MS)
  const ongoing = appended.slice(open)
  expect(ongoing.some(({ key }) => key !== null)).toBe(true)
  await pool.query(`UPDATE outcry.issue SET state = 'resolved' WHERE id = 'iss-drill'`)
  const before = appended.length
  await later(5 * MINUTE_MS)
  const after = appended.slice(before)
  expect(after.map(({ key }) => key)).toEqual(after.map(() => null))
  expect(timeOf(after.at(-1)!)).toBe(clock.now())
})

test('the report of a drill tells what came after a thousand complaints that were triaged one by one', async () => {
  const { drills, pool, clock } = await keeping()
  const begun = (await drills.begin({ brand: 'acme', scenario: 'checkout', seed: 1 }, commandAct('drill')))!
  const brand = await storeDrilled(pool, begun.id, clock.now())
  const entry = (n: number, kind: string, body: object) => ({
    id: `tl-${n}`,
    issueId: 'iss-drill',
    brand,
    atMs: clock.now() + n,
    kind,
    actor: 'mira',
    body,
  })
  const triage = Array.from({ length: 1_000 }, (_, n) => entry(n, 'triaged', { outcome: 'resolved', posts: 1 }))
  await appendTimeline(pool, [...triage, entry(1_000, 'updated', { reason: 'acknowledged' })])
  const { report } = (await drills.get(begun.id))!
  const acknowledged = report.issues[0]!.steps.find(({ step }) => step === 'acknowledged')
  expect(acknowledged).toMatchObject({ at: clock.now() + 1_000 })
})

test('a drill that nobody ends is ended after a day, resolved, deleted and cleared, and its report stays', async () => {
  const { drills, pool, clock, later, resolved } = await keeping()
  const begun = (await drills.begin({ brand: 'acme', scenario: 'checkout', seed: 1 }, commandAct('drill')))!
  const brand = await storeDrilled(pool, begun.id, clock.now())
  await later(24 * HOUR_MS)
  await later(1_000)
  expect(await getDrill(pool, begun.id)).toMatchObject({ endedBy: 'drill', report: { issues: [{ label: 'made up' }] } })
  const left = await pool.query('SELECT FROM outcry.issue WHERE brand = $1', [brand])
  expect([resolved, left.rowCount]).toEqual([['iss-drill'], 0])
  expect(await drills.end(begun.id, commandAct('drill'))).toBeNull()
  expect(await unclearedDrills(pool)).toHaveLength(1)
  await later(HOUR_MS)
  expect(await unclearedDrills(pool)).toEqual([])
  expect(await drills.begin({ brand: 'acme', scenario: 'checkout', seed: 2 }, commandAct('drill'))).not.toBeNull()
})
