import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestDatabase, kafkaAvailable, sharedKafka } from '@outcry/testkit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startFleet } from '../test/fleet.ts'
import { madeCrisis } from '../test/made-crisis.ts'
import { createPushClient, PUSH_SECRET } from '../test/push-client.ts'
import { run, scratch } from '../test/run-command.ts'
import { receiveWebhooks } from '../test/webhook-receiver.ts'

/** `OUTCRY_TEST_FLEET=full` kills each of the eight in turn, over a longer replay, and prints what it measured. */
const FULL = process.env['OUTCRY_TEST_FLEET'] === 'full'
const PATIENCE_MS = FULL ? 900_000 : 300_000
const DONE = { timeout: FULL ? 600_000 : 180_000, interval: 250 }
const BRANDS = ['Acme', 'Globex', 'Initech', 'Hooli']
const PARTITIONS = 4
/** A day and two hours in so many seconds. */
const REPLAY_SECONDS = FULL ? 240 : 60
const TAKEOVER_MS = 15_000

type Told = { brand: string; kind: string; at: string; label: string; severity: string; authors: number }
const toldOf = ({ brand, kind, at, label, severity, authors }: Told): string =>
  [brand, kind, at, label, severity, authors].join(' | ')
const firm = ({ kind }: Told) => kind === 'opened' || kind === 'escalated'

const makeInstallation = async () => {
  const cwd = scratch()
  const database = await createTestDatabase({ empty: true })
  onTestFinished(() => database.drop())
  const { brokers } = await sharedKafka()
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const { url, received } = await receiveWebhooks(secret)
  const inputs = BRANDS.map((brandName, n) => {
    const path = join(cwd, `${brandName}.jsonl`)
    madeCrisis(path, { brandName, seed: 7 + n })
    return path
  })
  const speed = (26 * 3_600) / REPLAY_SECONDS
  const config = {
    brands: [...BRANDS, 'Pushed'].map((name) => ({ id: name.toLowerCase(), name, terms: [name] })),
    sources: [
      ...BRANDS.map((name, n) => {
        const id = name.toLowerCase()
        return { connector: 'file', name: id, path: inputs[n], brands: [id], speed }
      }),
      { connector: 'push', name: 'shop', brands: ['pushed'], secret: '${PUSH_SECRET}' },
    ],
    targets: [{ name: 'hook', format: 'standard', url, secret: '${HOOK_SECRET}', allowPrivate: ['127.0.0.1'] }],
    detection: { reorderMs: 2_000 },
    bus: { driver: 'kafka', partitions: PARTITIONS, kafka: { brokers, topicPrefix: `fleet-${randomUUID()}.` } },
    api: { drainMs: 500 },
  }
  // JSON is YAML.
  writeFileSync(join(cwd, 'outcry.yaml'), JSON.stringify(config))
  const env = { HOOK_SECRET: secret, PUSH_SECRET }
  const done = await run(['backtest', ...inputs, '--out', join(cwd, 'out')], { cwd, env })
  expect(done.code).toBe(0)
  const expected = readFileSync(join(cwd, 'out/alerts.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Told)
  expect(expected.filter(firm).length).toBeGreaterThanOrEqual(BRANDS.length)
  return { cwd, env: { ...env, DATABASE_URL: database.url }, pool: database.pool, received, expected }
}

const running = async () => {
  const made = await makeInstallation()
  const fleet = await startFleet(made)
  await fleet.startAll()
  const pushing = new AbortController()
  const client = createPushClient(fleet.urls, 'pushed')
  const pushed = client.run(pushing.signal)
  pushed.catch(() => undefined)
  onTestFinished(() => pushing.abort())

  /** Ends the load, waits until everything is told, and compares with what a backtest tells of the same posts. */
  const settle = async () => {
    pushing.abort()
    await pushed
    const { pool, received, expected } = made
    await vi.waitFor(async () => {
      const { rows } = await pool.query<{ source: string }>(
        `SELECT source FROM outcry.source_state WHERE reason <> 'read to its end' AND connector = 'file'`,
      )
      expect(rows).toEqual([])
      const told = new Set(received.map(({ body }) => toldOf(body.data as Told)))
      expect(expected.filter(firm).filter((alert) => !told.has(toldOf(alert)))).toEqual([])
      const { rows: counted } = await pool.query<{ id: string }>(`SELECT id FROM outcry.mention WHERE brand = 'pushed'`)
      const stored = new Set(counted.map(({ id }) => id))
      const missing = client.accepted.filter((id) => !stored.has(id))
      expect({ stored: stored.size, missing: missing.length, first: missing.slice(0, 3) }).toMatchObject({ missing: 0 })
      const { rows: waiting } = await pool.query(`SELECT id FROM outcry.delivery WHERE state = 'pending'`)
      expect(waiting).toEqual([])
    }, DONE)
    const { rows: planned } = await pool.query<{ id: string }>('SELECT id FROM outcry.delivery ORDER BY id')
    const ids = received.map(({ id }) => id)
    expect([...new Set(ids)].toSorted()).toEqual(planned.map(({ id }) => id).toSorted())
    const told = received
      .map(({ body }) => body.data as Told)
      .filter((alert) => firm(alert) && alert.brand !== 'pushed')
    expect([...new Set(told.map(toldOf))].toSorted()).toEqual(expected.filter(firm).map(toldOf).toSorted())
    return { ids, accepted: client.accepted.length, longestGapMs: client.longestGapMs() }
  }
  return { ...made, fleet, settle }
}

describe.skipIf(!kafkaAvailable())('two processes of each service on Kafka (needs java and mvn)', () => {
  it(
    'share the work; another takes over what a killed one held; a brand moves; restarted one by one, every webhook comes once',
    async () => {
      const { fleet, received, settle, cwd, env, pool } = await running()
      await vi.waitFor(async () => {
        const held = Map.groupBy(await fleet.holdings(), ({ owner }) => owner)
        const shares = (role: 'ingest' | 'detector') => fleet.of(role).map(({ owner }) => held.get(owner)?.length ?? 0)
        expect(shares('detector')).toEqual([PARTITIONS / 2, PARTITIONS / 2])
        expect(shares('ingest').toSorted((a, b) => a - b)).toEqual([2, 3])
      }, DONE)

      const some = (['detector', 'ingest'] as const).map((role) => fleet.of(role)[0]!)
      const takeovers: { role: string; tookMs: number }[] = []
      for (const victims of FULL ? fleet.members.map((member) => [member]) : [some]) {
        await Promise.all(
          victims.map(async (victim) => {
            takeovers.push({ role: victim.role, tookMs: await fleet.kill(victim) })
            await fleet.start(victim.role)
          }),
        )
      }

      // To the next partition, in the middle of its replay: the writers and both detectors must agree where it counts.
      const [{ partition }] = (
        await pool.query<{ partition: number }>(`SELECT partition FROM outcry.brand_partition WHERE brand = 'acme'`)
      ).rows as [{ partition: number }]
      const to = String((partition + 1) % PARTITIONS)
      expect(await run(['brands', 'move', 'acme', '--partition', to], { cwd, env })).toMatchObject({ code: 0 })

      const before = new Set(received.map(({ id }) => id))
      const seen = received.length
      const stops: { role: string; code: number | null; tookMs: number }[] = []
      const first = fleet.members.slice()
      for (const member of first) {
        await fleet.start(member.role)
        stops.push({ role: member.role, ...(await fleet.stop(member)) })
      }
      const { ids, ...settled } = await settle()
      if (FULL) process.stdout.write(`${JSON.stringify({ takeovers, stops, webhooks: ids.length, ...settled })}\n`)
      for (const { role, tookMs } of takeovers) expect([role, tookMs]).toEqual([role, Math.min(tookMs, TAKEOVER_MS)])
      expect(stops.map(({ code }) => code)).toEqual(stops.map(() => 0))
      const after = ids.slice(seen)
      expect(after.length).toBe(new Set(after).size)
      expect(after.filter((id) => before.has(id))).toEqual([])
    },
    PATIENCE_MS,
  )
})
