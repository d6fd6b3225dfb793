import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type AppendRecord, createPostgresBus, encodeRecord, mentionKey, MENTIONS_TOPIC, topicSpecs } from '@outcry/bus'
import { type BusRecord, MINUTE_MS } from '@outcry/contracts'
import { findScenario, liveDrillRecords } from '@outcry/replay'
import { createMetrics, silentLogger, systemClock } from '@outcry/runtime'
import { applyCommand, createAlerter } from '@outcry/service-alerter'
import { createDetector } from '@outcry/service-detector'
import { partitionOfBrands } from '@outcry/store'
import { createTestDatabase } from '@outcry/testkit'
import { expect, onTestFinished, vi } from 'vitest'
import type { ApplyCommand } from '../src/commands.ts'
import { createDrillKeeper } from '../src/drills/drill-keeper.ts'
import { createDrills } from '../src/drills/drills.ts'
import { testConfig } from './running-api.ts'

const PATIENCE = { timeout: 60_000, interval: 10 }
const TICK_MS = 5_000
/** What is stored last is of the last record. */
const SNAPSHOTS = { afterRecords: 1, afterMs: 0, turnMs: 1_000 }
const KEYS = ['issue-ids', 'mention-keys', 'charts']

/** Posts of a real source about the brand, with the clock of that source. */
export function* realRecords(posts: {
  scenario: string
  seed: number
  startMs: number
  afterMs: number
  untilMs: number
}): Generator<BusRecord> {
  const { scenario, seed, startMs, afterMs, untilMs } = posts
  const played = { scenario: findScenario(scenario)!, brand: 'x', brandName: 'Acme', drillId: scenario, seed, startMs }
  for (const record of liveDrillRecords({ ...played, reorderMs: MINUTE_MS }, { afterMs, untilMs })) {
    if (record.kind === 'heartbeat') yield { ...record, source: 'shop', brands: ['acme'] }
    if (record.kind !== 'mention') continue
    const id = record.mention.id.replace('drill:', 'shop:')
    yield { ...record, brand: 'acme', mention: { ...record.mention, id, source: 'shop' } }
  }
}

const receiver = async () => {
  const bodies: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => (body += part))
    request.on('end', () => {
      bodies.push(body)
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { bodies, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

/**
 * Detector, alerter and drills over a bus of one partition, whose wall clock only the test moves: what is decided in two
 * of them is the same, unless one hears of something that the other does not.
 */
export const besideABurst = async (startMs: number) => {
  const database = await createTestDatabase()
  const { pool } = database
  const { bodies, url } = await receiver()
  for (const name of KEYS)
    await pool.query('INSERT INTO outcry.installation (name, value) VALUES ($1, $2)', [name, Buffer.alloc(32, 7)])
  let nowMs = startMs
  /** While it is closed, nobody looks at the clock: what is due is told after what the source said until then. */
  const gate = { closed: false }
  let looks = 0
  let resting = 0
  let mostResting = 0
  const restOfTick = async (signal: AbortSignal | undefined) => {
    looks += 1
    resting += 1
    mostResting = Math.max(mostResting, resting)
    try {
      await systemClock.sleep(20, signal)
      while (gate.closed) await systemClock.sleep(10, signal)
    } finally {
      resting -= 1
    }
  }
  const clock = {
    now: () => nowMs,
    sleep: async (ms: number, signal?: AbortSignal) =>
      ms === TICK_MS ? restOfTick(signal) : systemClock.sleep(Math.min(ms, 30), signal),
  }
  const closeGate = async () => {
    gate.closed = true
    await vi.waitFor(() => expect(resting).toBe(mostResting), PATIENCE)
  }
  const bus = createPostgresBus({ pool, clock: systemClock, logger: silentLogger, maxRecordBytes: 262_144 })
  await bus.ensureTopics(
    topicSpecs({ partitions: 1, maxRecordBytes: 262_144, busDays: 7, deadLetterDays: 30, erasureHours: 24 }),
  )
  await partitionOfBrands(pool, ['acme', 'globex'], 1)
  const plain = testConfig()
  const target = {
    name: 'pager',
    format: 'standard',
    url,
    secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
    allowPrivate: ['127.0.0.1'],
    minSeverity: 'incident',
    pagesOnly: false,
    drills: false,
  }
  const config = { ...plain, targets: [target], bus: { ...plain.bus, partitions: 1 } } as unknown as typeof plain
  const metrics = createMetrics()
  const shared = { config, bus, pool, clock, logger: silentLogger, owner: 'test', metrics, random: () => 0.5 }
  const decide: ApplyCommand = (request) => applyCommand(pool, config, request)

  const startParts = async () => {
    const parts = [
      createAlerter({ ...shared, publicUrl: 'https://outcry.example' }),
      createDetector({ ...shared, complaintThreshold: 0.5, snapshots: SNAPSHOTS }),
      createDrillKeeper({ ...shared, applyCommand: decide }),
    ]
    for (const part of parts) await part.start()
    return async () => {
      for (const part of parts.toReversed()) await part.stop()
    }
  }
  let stopParts = await startParts()
  await vi.waitFor(() => expect(looks).toBeGreaterThan(20), PATIENCE)
  onTestFinished(async () => {
    await stopParts()
    await bus.close()
    await database.drop()
  })

  const isTakenIn = async () => {
    const { rows } = await pool.query<{ records: number; facts: number; messages: number; commands: number }>(
      `SELECT ((SELECT sum(next_position - 1) FROM outcry.bus_partition WHERE topic = $1)
          - (SELECT sum(position) FROM outcry.partition_state WHERE consumer = 'detector'))::int AS records,
        (SELECT count(*) FROM outcry.issue_event AS fact LEFT JOIN outcry.brand_alerting AS alerting USING (brand)
          WHERE fact.seq > coalesce(alerting.event_seq, 0)) AS facts,
        (SELECT count(*) FROM outcry.delivery WHERE state = 'pending') AS messages,
        (SELECT count(*) FROM outcry.command WHERE sent_at IS NULL) AS commands`,
      [MENTIONS_TOPIC],
    )
    expect(rows).toEqual([{ records: 0, facts: 0, messages: 0, commands: 0 }])
  }
  /** Everybody has taken everything in, and looked at the clock since. */
  const settle = async () => {
    await vi.waitFor(isTakenIn, PATIENCE)
    gate.closed = false
    const before = looks
    await vi.waitFor(() => expect(looks).toBeGreaterThan(before + 2 * mostResting), PATIENCE)
    await vi.waitFor(isTakenIn, PATIENCE)
  }

  return {
    pool,
    config,
    bodies,
    decide,
    settle,
    drills: createDrills({ pool, config, now: clock.now }),
    /** Lets the wall clock show a time, with what the source said until then. */
    at: async (ms: number, records: Iterable<BusRecord>) => {
      await closeGate()
      nowMs = ms
      const appended = [...records].map((record): AppendRecord => {
        const key = record.kind === 'mention' ? mentionKey(record.brand, record.mention.id) : null
        return { partition: 0, key, value: encodeRecord(record) }
      })
      if (appended.length > 0) await bus.append(MENTIONS_TOPIC, appended)
      await settle()
    },
    restart: async () => {
      await stopParts()
      stopParts = await startParts()
      await settle()
    },
    /** What metrics say of the brand, but for how long something took on this machine. */
    metricsOf: async (brand: string) =>
      (await metrics.expose()).body
        .split('\n')
        .filter((line) => line.includes(`brand="${brand}"`) && !line.includes('_seconds')),
  }
}
