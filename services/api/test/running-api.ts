import { type Bus, createPostgresBus, topicSpecs } from '@outcry/bus'
import { type Config, emptyPlaybook, type SqlPool } from '@outcry/contracts'
import { createMetrics, type Logger, silentLogger, systemClock } from '@outcry/runtime'
import { applyCommand } from '@outcry/service-alerter'
import { openDoor } from '@outcry/service-ingest'
import { createTestDatabase } from '@outcry/testkit'
import { type Api, createApi } from '../src/api.ts'
import { forum } from './forum-connector.ts'

export const PUSH_SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`
export const PAGERDUTY_SECRET = 'secret-of-the-subscription'
export const ADMIN_TOKEN = 'admin-token-for-tests-0123456789'
export const TOKENS = {
  admin: ADMIN_TOKEN,
  mira: 'responder-token-for-tests-0123',
  acme: 'viewer-of-acme-for-tests-01234',
  globex: 'responder-of-globex-for-tests-0',
}

const brand = (id: string, name: string) => ({ id, name, terms: [id], handles: [], exclude: [], languages: [] })

export const testConfig = (api: Partial<Config['api']> = {}): Config =>
  ({
    brands: [brand('acme', 'Acme'), brand('globex', 'Globex')],
    sources: [
      { connector: 'push', name: 'support', secret: PUSH_SECRET, previousSecrets: [] },
      { connector: 'app-store-rss', name: 'app-reviews', brands: ['acme'] },
      { connector: 'bluesky-jetstream', name: 'bluesky' },
    ],
    targets: [],
    detection: { resolveAfterCalmMs: 86_400_000, reorderMs: 60_000, issueTypes: [] },
    embedding: { provider: 'none', perMinute: 120, threads: 1 },
    alerting: { pagesPerWeek: 3, blindPageAfterMs: 900_000, updateEveryMs: 1_800_000, escalation: [] },
    response: {
      playbooks: [
        {
          ...emptyPlaybook('*'),
          remedies: ['free delivery of the next order'],
          mustNotSay: ['hacked'],
          queue: '#checkout-desk',
        },
      ],
      approval: 'other',
      timeZone: 'UTC',
      postingShare: { low: 0.01, high: 0.04 },
    },
    privacy: { authorIds: 'hashed', handlesInAlerts: false },
    retention: { mentions: 30, issues: 730, deliveries: 90, bus: 7, deadLetters: 30, erasureHours: 24, audit: 730 },
    bus: { driver: 'postgres', partitions: 2, maxRecordBytes: 262_144 },
    api: {
      host: '127.0.0.1',
      port: 0,
      allowedHosts: [],
      allowedOrigins: [],
      maxBodyBytes: 65_536,
      requestsPerMinute: 100_000,
      drainMs: 0,
      pagerdutySecrets: [PAGERDUTY_SECRET],
      tokens: [
        { name: 'mira', token: TOKENS.mira, role: 'responder' },
        { name: 'acme', token: TOKENS.acme, role: 'viewer', brands: ['acme'] },
        { name: 'globex', token: TOKENS.globex, role: 'responder', brands: ['globex'] },
      ],
      ...api,
    },
  }) as unknown as Config

const MAX_RECORD_BYTES = 262_144

const postgresBus = (pool: SqlPool): Bus =>
  createPostgresBus({ pool, clock: systemClock, logger: silentLogger, maxRecordBytes: MAX_RECORD_BYTES })

type Ground = { openBus?: (pool: SqlPool) => Bus; erasureHours?: number; logger?: Logger }

/** The API on a free port of the loopback, over a database of its own, with the real bus, ingest and alerter. */
export const runningApi = async (
  api: Partial<Config['api']> = {},
  sources: Config['sources'] = [],
  { openBus = postgresBus, erasureHours = 24, logger = silentLogger }: Ground = {},
) => {
  const database = await createTestDatabase()
  const { pool } = database
  const plain = testConfig(api)
  const retention = { ...plain.retention, erasureHours }
  const config = { ...plain, retention, sources: [...plain.sources, ...sources] }
  const shared = { clock: systemClock, logger, metrics: createMetrics() }
  const bus = openBus(pool)
  await bus.ensureTopics(
    topicSpecs({ partitions: 2, maxRecordBytes: MAX_RECORD_BYTES, busDays: 7, deadLetterDays: 30, erasureHours }),
  )
  const ingest = { ...shared, config, bus, pool, random: () => 0.5, owner: 'test', digest: 'd' }
  const push = await openDoor({ ...ingest, detectionSettings: config.detection as never, connectors: { forum } })
  const create = () =>
    createApi({
      ...shared,
      config,
      pool,
      push,
      applyCommand: async (request) => applyCommand(pool, config, request),
      adminToken: ADMIN_TOKEN,
      readiness: () => ({ ready: true, components: [] }),
    })
  const service = create()
  const more: Api[] = []
  /** One more API process on the same database. */
  const anotherApi = async () => {
    const one = create()
    more.push(one)
    await one.start()
    return one
  }
  const another = async () => (await anotherApi()).address()
  const stop = async () => {
    await Promise.all([service, ...more].map((one) => one.stop()))
    await bus.close()
    await database.drop()
  }
  try {
    await service.start()
  } catch (error) {
    await stop()
    throw error
  }
  const url = service.address()
  const ask = async (path: string, token: string, init: RequestInit = {}) =>
    fetch(`${url}/api/v1${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string> | undefined) },
    })
  return { service, pool, bus, config, url, ask, another, anotherApi, stop }
}
export type RunningApi = Awaited<ReturnType<typeof runningApi>>
