import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  createTestDatabase,
  kafkaAvailable,
  prometheusAvailable,
  promtool,
  sharedKafka,
  startPrometheus,
} from '@outcry/testkit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { madeCrisis } from '../test/made-crisis.ts'
import { run, scratch } from '../test/run-command.ts'
import { startOutcry } from '../test/started-outcry.ts'
import { receiveWebhooks } from '../test/webhook-receiver.ts'

const PATIENCE_MS = 180_000
const withKafka = kafkaAvailable()
const withPrometheus = prometheusAvailable()

/** What nearly alerted, without the id, which every installation keys for itself. */
type Nearly = { id?: string; at: string }
const withoutId = ({ id: _id, ...burst }: Nearly) => burst

const backtested = async (cwd: string, input: string, env: Record<string, string>) => {
  const done = await run(['backtest', input, '--out', join(cwd, 'out')], { cwd, env })
  expect(done).toMatchObject({ code: 0, stdout: '' })
  const alerts = readFileSync(join(cwd, 'out/alerts.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; at: string; label: string; severity: string; authors: number })
  const { suppressed } = JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8')) as { suppressed: Nearly[] }
  return { alerts, suppressed }
}

/** One crisis from a file of posts to a signed webhook, on the bus and the database given by configuration. */
const wholePath = async (bus: object) => {
  const cwd = scratch()
  const input = join(cwd, 'mentions.jsonl')
  madeCrisis(input)
  const database = await createTestDatabase({ empty: true })
  onTestFinished(() => database.drop())
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const { url, received } = await receiveWebhooks(secret)
  const config = {
    brands: [{ id: 'acme', terms: ['Acme'] }],
    sources: [{ connector: 'file', path: input }],
    targets: [{ name: 'hook', format: 'standard', url, secret: '${HOOK_SECRET}', allowPrivate: ['127.0.0.1'] }],
    bus,
  }
  // JSON is YAML.
  writeFileSync(join(cwd, 'outcry.yaml'), JSON.stringify(config))
  const env = { HOOK_SECRET: secret }
  const outcry = startOutcry(cwd, [], { ...env, DATABASE_URL: database.url })
  await outcry.printed('Ctrl-C stops')
  const api = /API\s+(http:\S+)\/docs/.exec(outcry.output())![1]!
  const token = readFileSync(join(cwd, '.outcry/admin-token'), 'utf8').trim()
  const ask = async (path: string) =>
    (await fetch(`${api}${path}`, { headers: { authorization: `Bearer ${token}` } })).json() as Promise<{
      items: { at?: string; label: string; severity: string }[]
    }>
  return { cwd, input, env, outcry, received, api, token, ask }
}

/** What the webhook told and what backtest tells, after the issue also stood in the API. */
const toldAndExpected = async (bus: object) => {
  const { cwd, input, env, outcry, received, ask } = await wholePath(bus)
  const { alerts, suppressed } = await backtested(cwd, input, env)
  const expected = alerts.map(({ kind, at, label, severity, authors }) => ({
    kind,
    at,
    label,
    severity,
    authors,
  }))
  expect(expected.length).toBeGreaterThan(0)
  await vi.waitFor(() => expect(received.length).toBeGreaterThanOrEqual(expected.length), {
    timeout: PATIENCE_MS,
    interval: 100,
  })
  const told = received.map(({ body: { data } }) => ({
    kind: data['kind'],
    at: data['at'],
    label: data['label'],
    severity: data['severity'],
    authors: data['authors'],
  }))
  const issues = (await ask('/api/v1/issues')).items.map(({ label }) => label)
  const nearly = (await ask('/api/v1/suppressed')).items.map((burst) => withoutId(burst as Nearly)).toReversed()
  expect(suppressed.length).toBeGreaterThan(0)
  expect(nearly).toEqual(suppressed.map(withoutId))
  outcry.child.kill('SIGINT')
  expect(await outcry.exited()).toBe(0)
  return { told, expected, issues, ids: received.map(({ id }) => id) }
}

describe('the whole path', () => {
  it(
    'tells live over PostgreSQL what backtest tells of the same posts',
    async () => {
      const { told, expected, issues, ids } = await toldAndExpected({})
      expect(told).toEqual(expected)
      expect(issues).toHaveLength(expected.filter(({ kind }) => kind === 'opened').length)
      expect(new Set(ids).size).toBe(ids.length)
    },
    PATIENCE_MS,
  )

  it.skipIf(!withKafka)(
    'tells live over Kafka what backtest tells of the same posts',
    async () => {
      const { brokers } = await sharedKafka()
      const kafka = { brokers, topicPrefix: `path-${randomUUID()}.` }
      const { told, expected, ids } = await toldAndExpected({ driver: 'kafka', kafka })
      expect(told).toEqual(expected)
      expect(new Set(ids).size).toBe(ids.length)
    },
    PATIENCE_MS,
  )

  it.skipIf(!withPrometheus)(
    'shows Prometheus its mentions, issues and deliveries',
    async () => {
      const { api, token, received } = await wholePath({})
      await vi.waitFor(() => expect(received.length).toBeGreaterThan(0), { timeout: PATIENCE_MS, interval: 100 })
      const text = await (await fetch(`${api}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text()
      expect(promtool(['check', 'metrics'], text)).toEqual({ status: 0, output: '' })
      const prometheus = await startPrometheus({ target: new URL(api).host, bearerToken: token })
      onTestFinished(() => prometheus.stop())
      const value = async (expression: string) => (await prometheus.query(expression))[0]?.value
      await vi.waitFor(
        async () => {
          expect(await value('sum(outcry_mentions_total{brand="acme",source="file"})')).toBeGreaterThan(500)
          expect(await value('sum(outcry_alerts_total{brand="acme",kind="opened"})')).toBe(1)
          expect(await value('outcry_deliveries_total{target="hook",outcome="delivered"}')).toBeGreaterThan(0)
          expect(await value('outcry_deliveries_total{target="hook",outcome="dead"}')).toBe(0)
        },
        { timeout: 30_000, interval: 200 },
      )
    },
    PATIENCE_MS,
  )
})
