import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestDatabase, prometheusAvailable, promtool } from '@outcry/testkit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { askOutcry } from '../test/asked-outcry.ts'
import { madeCrisis } from '../test/made-crisis.ts'
import { scratch } from '../test/run-command.ts'
import { startOutcry } from '../test/started-outcry.ts'
import { receiveWebhooks } from '../test/webhook-receiver.ts'

const withPrometheus = prometheusAvailable()
const PATIENCE = { timeout: 120_000, interval: 200 }

/** Names and labels that people's dashboards and rules rely on; `le` of histograms aside. */
const PROMISED: Record<string, readonly string[]> = {
  outcry_mentions_total: ['brand', 'source'],
  outcry_complaints_total: ['brand', 'source'],
  outcry_complaints_expected: ['brand'],
  outcry_issues_active: ['brand', 'severity'],
  outcry_alerts_total: ['brand', 'kind', 'severity'],
  outcry_pages_suppressed_total: ['brand', 'reason'],
  outcry_source_state: ['source', 'state'],
  outcry_source_last_event_timestamp_seconds: ['source'],
  outcry_detection_delay_seconds: ['drill'],
  outcry_delivery_seconds: ['target'],
  outcry_deliveries_total: ['outcome', 'target'],
  outcry_canary_last_seen_timestamp_seconds: ['stage'],
  outcry_consumer_lag_messages: ['partition'],
  outcry_dead_letters_total: ['reason', 'stage'],
  outcry_buffer_items: ['buffer'],
  outcry_buffer_limit_items: ['buffer'],
}
const SEVERITIES = ['incident', 'major', 'crisis']
const BOUNDED: Record<string, readonly string[]> = {
  brand: ['acme'],
  source: ['posts'],
  severity: SEVERITIES,
  target: ['hook'],
  partition: ['0', '1'],
}

type Series = { name: string; labels: Record<string, string>; value: number }

const LINE = /^(\w+)(?:\{(.*)\})? (\S+)$/
const read = (exposition: string): Series[] =>
  exposition.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = LINE.exec(line) ?? []
    if (name === undefined) return []
    const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, text]) => [key!, text!] as const)
    return { name, labels: Object.fromEntries(pairs), value: Number(value) }
  })

/** Series of one metric, of a histogram those of its count. */
const seriesOf = (all: readonly Series[], metric: string) =>
  all.filter(({ name }) => name === metric || name === `${metric}_count`)
const counters = (all: readonly Series[]) =>
  all
    .filter(({ name, labels }) => /^outcry_\w+_(total|count)$/.test(name) && labels['route'] === undefined)
    .map(({ name, labels }) => `${name} ${JSON.stringify(labels)}`)
    .toSorted()

/** An Outcry of one brand, a source and a target, on two partitions, before its first post. */
const started = async () => {
  const cwd = scratch()
  const database = await createTestDatabase({ empty: true })
  onTestFinished(() => database.drop())
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const { url, received } = await receiveWebhooks(secret)
  const posts = join(cwd, 'posts.jsonl')
  writeFileSync(posts, '')
  const config = {
    brands: [{ id: 'acme', terms: ['Acme'] }],
    sources: [{ connector: 'file', name: 'posts', path: posts, atEnd: 'follow' }],
    targets: [{ name: 'hook', format: 'standard', url, secret: '${HOOK_SECRET}', allowPrivate: ['127.0.0.1'] }],
    bus: { partitions: 2 },
  }
  writeFileSync(join(cwd, 'outcry.yaml'), JSON.stringify(config))
  const outcry = startOutcry(cwd, [], { HOOK_SECRET: secret, DATABASE_URL: database.url })
  await outcry.printed('Ctrl-C stops')
  const { ask } = askOutcry(outcry, cwd)
  const scrape = async () => (await ask('/metrics')).body
  return { posts, received, scrape }
}

describe('the metrics of a running Outcry', () => {
  it('are there under their names and bounded labels from the start, and grow by no series in a crisis', async () => {
    const { posts, received, scrape } = await started()
    const missing = (all: readonly Series[]) =>
      Object.keys(PROMISED).filter((metric) => seriesOf(all, metric).length === 0)
    await vi.waitFor(async () => expect(missing(read(await scrape()))).toEqual([]), PATIENCE)
    const quiet = read(await scrape())
    for (const [metric, labels] of Object.entries(PROMISED)) {
      for (const series of seriesOf(quiet, metric))
        expect({ metric, labels: Object.keys(series.labels).toSorted() }).toEqual({ metric, labels })
    }
    expect(seriesOf(quiet, 'outcry_alerts_total').map(({ value }) => value)).toEqual(Array(12).fill(0))
    madeCrisis(posts)
    await vi.waitFor(() => expect(received.length).toBeGreaterThan(0), PATIENCE)
    const burnt = read(await scrape())
    expect(seriesOf(burnt, 'outcry_alerts_total').some(({ value }) => value > 0)).toBe(true)
    expect(counters(burnt)).toEqual(counters(quiet))
    const buffers = (metric: string) => seriesOf(burnt, metric).map(({ labels }) => labels['buffer']!)
    const limited = new Set(buffers('outcry_buffer_limit_items'))
    // What waits for a target is bounded by its retries and their age, not by a number.
    const withoutLimit = buffers('outcry_buffer_items').filter((buffer) => !limited.has(buffer))
    expect(withoutLimit).toEqual(['deliveries hook'])
    const unbounded = burnt.filter(({ labels }) =>
      Object.entries(BOUNDED).some(([label, values]) => labels[label] !== undefined && !values.includes(labels[label])),
    )
    expect(unbounded).toEqual([])
  }, 180_000)

  it.skipIf(!withPrometheus)(
    'are as Prometheus wants names, units and help to be',
    async () => {
      const { scrape } = await started()
      expect(promtool(['check', 'metrics'], await scrape())).toEqual({ status: 0, output: '' })
    },
    180_000,
  )
})
