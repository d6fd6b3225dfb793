import { HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import { DRILL_DURATION_MS, shadowBrand } from '@outcry/replay'
import { expandSnapshot } from '@outcry/service-detector'
import { expect, test, vi } from 'vitest'
import { besideABurst, realRecords } from '../../test/beside-a-burst.ts'
import { commandAct } from '../record-act.ts'

const TEST_MS = 240_000
const BURST_AT_MS = DRILL_DURATION_MS - 75 * MINUTE_MS
/** Two days and a half ago on a full hour, so that no post lies ahead of the bus. */
const START = Math.floor((Date.now() - 60 * HOUR_MS) / HOUR_MS) * HOUR_MS
const FIRST_BURST = START + BURST_AT_MS
const NEXT_DAY = START + DRILL_DURATION_MS + HOUR_MS
const NEXT_BURST = NEXT_DAY + BURST_AT_MS

type System = Awaited<ReturnType<typeof besideABurst>>

/** All that is kept of the brand, but for places in logs that it shares and the moments at which this machine wrote. */
const kept = async ({ pool, bodies, metricsOf }: System) => {
  const texts = async (text: string) => (await pool.query<{ row: string }>(text, ['acme'])).rows.map(({ row }) => row)
  const of = (table: string, columns: string, order: string) =>
    texts(`SELECT jsonb_build_array(${columns})::text AS row FROM outcry.${table} WHERE brand = $1 ORDER BY ${order}`)
  const { rows } = await pool.query<{ body: Buffer }>('SELECT body FROM outcry.brand_snapshot WHERE brand = $1', [
    'acme',
  ])
  return {
    facts: await of('issue_event', 'id, body', 'seq'),
    alerts: await of('alert', 'id, kind, page, at_ms, body', 'seq'),
    issues: await of('issue', 'id, state, severity, label, revision, body', 'id'),
    timeline: await of('timeline', 'id, at, kind, actor, body', 'seq'),
    deliveries: await of('delivery', 'id, target, dedup_key, state, attempts', 'alert_seq, id'),
    alerting: await of('brand_alerting', 'body', 'brand'),
    mentions: await of('mention', 'id, complaint, cluster_id, issue_id, body', 'id'),
    clusters: await of('cluster', 'id, body', 'id'),
    suppressed: await of('suppressed_burst', 'id, body', 'id'),
    places: await texts('SELECT brand AS row FROM outcry.brand_partition WHERE brand = $1 OR true ORDER BY brand'),
    snapshot: await Promise.all(
      rows.map(async ({ body }) => Buffer.from(await expandSnapshot(body)).toString('base64')),
    ),
    received: bodies.filter((body) => body.includes('"brand":"acme"')),
    metrics: await metricsOf('acme'),
  }
}

/** A drill of the same issue, from before the real burst until after it, in which people decide what counting learns. */
const exercise = (system: System) => {
  const act = () => commandAct('drill')
  let id = ''
  return {
    begin: async () => {
      id = (await system.drills.begin({ brand: 'acme', scenario: 'checkout', seed: 3 }, act()))!.id
      await vi.waitFor(async () => expect((await system.drills.get(id))!.report.issues).not.toHaveLength(0), {
        timeout: 60_000,
        interval: 50,
      })
    },
    /** Says what it is about, for others to learn from. */
    retype: async (nowMs: number) => {
      const [issue] = (await system.drills.get(id))!.report.issues
      const command = { type: 'retype', issueType: 'login', label: 'login', teaches: true } as const
      const done = await system.decide({ issueId: issue!.issueId, command, id: 'retyped', actor: 'ann', nowMs })
      expect(done.outcome).toBe('applied')
      await system.settle()
    },
    dismiss: async (nowMs: number) => {
      const [issue] = (await system.drills.get(id))!.report.issues
      const command = { type: 'dismiss', reason: 'a meme' } as const
      const done = await system.decide({ issueId: issue!.issueId, command, id: 'dismissed', actor: 'ann', nowMs })
      expect(done.outcome).not.toBe('unknown')
      await system.settle()
    },
    end: async () => {
      const report = (await system.drills.end(id, act()))!.report
      const left = () => system.pool.query('SELECT FROM outcry.mention WHERE brand = $1', [shadowBrand('acme', id)])
      await vi.waitFor(async () => expect((await left()).rowCount).toBe(0), { timeout: 60_000, interval: 50 })
      await system.settle()
      return report
    },
  }
}

/** Two days of a brand with a burst on each, and a drill of the first one's issue beside it, or none. */
const twoDays = async (withDrill: boolean) => {
  const system = await besideABurst(START)
  const first = { scenario: 'checkout', seed: 7, startMs: START }
  const second = { scenario: 'payment', seed: 8, startMs: NEXT_DAY }
  let afterMs = START - 1
  const until = async (untilMs: number, posts: typeof first) => {
    await system.at(untilMs, realRecords({ ...posts, afterMs, untilMs }))
    afterMs = untilMs
  }
  const drill = exercise(system)
  let report = null
  await until(FIRST_BURST + 8 * MINUTE_MS, first)
  if (withDrill) await drill.begin()
  if (withDrill) await drill.retype(FIRST_BURST + 8 * MINUTE_MS)
  for (let minutes = 10; minutes <= 44; minutes += 2) await until(FIRST_BURST + minutes * MINUTE_MS, first)
  if (withDrill) await drill.dismiss(FIRST_BURST + 44 * MINUTE_MS)
  await until(FIRST_BURST + 60 * MINUTE_MS, first)
  if (withDrill) report = await drill.end()
  await until(NEXT_DAY, first)
  await system.restart()
  await until(NEXT_BURST, second)
  for (let minutes = 10; minutes <= 60; minutes += 10) await until(NEXT_BURST + minutes * MINUTE_MS, second)
  return { report, kept: await kept(system) }
}

test(
  'a real burst of the same issue beside a drill opens and pages as ever, and leaves the same bytes, then and later',
  async () => {
    const { report, kept: beside } = await twoDays(true)
    const { kept: alone } = await twoDays(false)
    expect(report).toMatchObject({ passed: true })
    const opened = alone.alerts.filter((alert) => alert.includes('"opened"'))
    expect(opened.length).toBeGreaterThanOrEqual(2)
    expect(alone.alerts.filter((alert) => alert.includes('"page": true')).length).toBeGreaterThanOrEqual(2)
    expect([alone.received.length, alone.snapshot.length, alone.metrics.length > 0]).toEqual([
      alone.deliveries.length,
      1,
      true,
    ])
    for (const [what, rows] of Object.entries(alone))
      expect([what, beside[what as keyof typeof alone]]).toEqual([what, rows])
  },
  TEST_MS,
)
