import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createTestDatabase, prometheusAvailable, startPrometheus } from '@outcry/testkit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { askOutcry } from '../test/asked-outcry.ts'
import { asPromQl, asSql, grafanaQueries, grafanaVariables } from '../test/grafana-queries.ts'
import { run, scratch } from '../test/run-command.ts'
import { startOutcry } from '../test/started-outcry.ts'
import { receiveWebhooks } from '../test/webhook-receiver.ts'

const withPrometheus = prometheusAvailable()
const PATIENCE = { timeout: 120_000, interval: 500 }
/** What the role of Grafana may read, from the script that makes it. */
const GRANTED = readFileSync(resolve(import.meta.dirname, '../../../infra/postgres/grafana-reader.sql'), 'utf8')
const READER = /GRANT SELECT ON ([\w., \n]+?)\s+TO /.exec(GRANTED)![1]!

/** An Outcry with a source and a target that takes drills, before its first record. */
const started = async () => {
  const cwd = scratch()
  const database = await createTestDatabase({ empty: true })
  onTestFinished(() => database.drop())
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const { url } = await receiveWebhooks(secret)
  const target = { name: 'hook', format: 'standard', url, secret: '${HOOK_SECRET}', allowPrivate: ['127.0.0.1'] }
  const config = {
    brands: [{ id: 'acme', terms: ['Acme'] }],
    sources: [{ connector: 'push', name: 'shop', secret: '${HOOK_SECRET}' }],
    targets: [{ ...target, drills: true }],
    bus: { partitions: 2 },
  }
  writeFileSync(join(cwd, 'outcry.yaml'), JSON.stringify(config))
  const env = { HOOK_SECRET: secret, DATABASE_URL: database.url }
  const outcry = startOutcry(cwd, [], env)
  await outcry.printed('Ctrl-C stops')
  const drill = async () => {
    const done = await run(['drill', 'checkout', '--keep'], { cwd, env })
    expect(done.code).toBe(0)
  }
  return { cwd, outcry, pool: database.pool, drill }
}

/** The names that variables take, as the metrics have them after the drill. */
const BRANDS = ['acme', 'acme#drill']
const VALUES = new Map([
  ['brand', BRANDS],
  ['source', ['shop']],
])

/** A target that takes everything leaves nothing waiting, a drill of one shape need not escalate, and nobody muted it. */
const MAY_BE_EMPTY = new Set(['Issues escalated', 'Waiting and given up A', 'Muted A'])

describe('the dashboards, beside an Outcry under drill', () => {
  it.skipIf(!withPrometheus)(
    'have data of a real Prometheus in every panel',
    async () => {
      const { cwd, outcry, drill } = await started()
      const { ask } = askOutcry(outcry, cwd)
      const api = /API\s+(http:\S+)\/docs/.exec(outcry.output())![1]!
      const token = readFileSync(join(cwd, '.outcry/admin-token'), 'utf8').trim()
      const prometheus = await startPrometheus({ target: new URL(api).host, bearerToken: token })
      onTestFinished(() => prometheus.stop())
      await vi.waitFor(
        async () => expect((await prometheus.query('up')).map(({ value }) => value)).toEqual([1]),
        PATIENCE,
      )
      await ask('/api/v1/issues')
      await drill()
      const shown = async (metric: string, label: string) =>
        (await prometheus.query(`count by (${label}) (${metric})`)).map((each) => each.metric[label]!).toSorted()
      for (const { name, metric, label } of grafanaVariables())
        await vi.waitFor(async () => expect(await shown(metric, label)).toEqual(VALUES.get(name)), PATIENCE)
      const queries = grafanaQueries().filter(({ expr }) => expr !== undefined)
      expect(queries.length).toBeGreaterThan(30)
      const empty = async () => {
        const without: string[] = []
        for (const { where, expr } of queries) {
          const samples = await prometheus.query(`max_over_time((${asPromQl(expr!, VALUES)})[5m:1s])`)
          if (!samples.some(({ value }) => !Number.isNaN(value))) without.push(where)
        }
        return without
      }
      await vi.waitFor(async () => expect(await empty()).toEqual([]), PATIENCE)
    },
    180_000,
  )

  it('run their SQL against the real database, as a role that may read nothing else', async () => {
    const { cwd, outcry, pool, drill } = await started()
    await drill()
    const { ask, issues } = askOutcry(outcry, cwd)
    for (const { id } of await issues())
      expect((await ask(`/api/v1/issues/${id}/resolve`, 'POST')).status).toBeLessThan(300)
    await drill()
    const without = new Set<string>()
    const role = `reader_${randomBytes(4).toString('hex')}`
    await pool.query(`CREATE ROLE ${role}`)
    await pool.query(`GRANT USAGE ON SCHEMA outcry TO ${role}`)
    await pool.query(`GRANT SELECT ON ${READER} TO ${role}`)
    await pool.transaction(async (tx) => {
      await tx.query(`SET LOCAL ROLE ${role}`)
      await tx.query('SET LOCAL transaction_read_only = on')
      for (const { where, rawSql } of grafanaQueries()) {
        if (rawSql === undefined) continue
        const { rows } = await tx.query(asSql(rawSql, VALUES))
        if (rows.length === 0) without.add(where.replace(/^.*: /, ''))
      }
    })
    await pool.query(`DROP OWNED BY ${role}`)
    await pool.query(`DROP ROLE ${role}`)
    expect([...without].filter((where) => !MAY_BE_EMPTY.has(where))).toEqual([])
  }, 120_000)
})
