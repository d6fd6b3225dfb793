import type { Evidence, IssueEvent } from '@outcry/contracts'
import { appendIssueEvents } from '@outcry/store'
import { expect, it, vi } from 'vitest'
import { askOutcry } from '../test/asked-outcry.ts'
import { severalProcesses, SOURCES } from '../test/several-processes.ts'

/** The shortest that the configuration takes; longer than a silence is taken for a heartbeat that is late. */
const RESOLVE_AFTER_CALM_MS = 60_000
const AFTER_THE_CALM = { timeout: RESOLVE_AFTER_CALM_MS + 30_000, interval: 250 }
const WITHIN_A_MINUTE = { timeout: 60_000, interval: 250 }

const evidence: Evidence = {
  label: 'checkout hangs',
  terms: ['checkout'],
  issueType: null,
  rule: 'scan',
  since: 0,
  windowMs: 3_600_000,
  observed: 12,
  expected: 0.7,
  tailProbability: 1e-9,
  mentions: 15,
  authors: 12,
  reposts: 0,
  perHour: 12,
  hostility: 0,
  reach: 100,
  platforms: {},
  harm: 'none',
  authenticity: 'genuine',
  reasons: ['12 people in an hour'],
  mentionIds: ['push:1'],
  exemplars: [],
  series: [],
}

/** The two facts after which an issue waits for a day of calm, as the detector states them. */
const calmIssue = (brand: string, source: string): IssueEvent[] =>
  (['opened', 'calm'] as const).map((kind, at) => ({
    id: `${brand}-${kind}`,
    kind,
    brand,
    issueId: `of-${brand}`,
    clusterId: 'c1',
    severity: 'major',
    at: Date.now() + at,
    evidence: { ...evidence, platforms: { [source]: 15 } },
  }))

it('the silence of a source whose ingest was killed is blindness, and resolves no issue', async () => {
  const { database, start } = await severalProcesses({ resolveAfterCalmMs: RESOLVE_AFTER_CALM_MS })
  const { outcry, home } = await start('alerter,api')
  const [shop] = await Promise.all([
    start('ingest', SOURCES.slice(0, 1)),
    start('ingest', SOURCES.slice(1)),
    start('detector'),
  ])
  const { sources, issues, metric } = askOutcry(outcry, home)
  const states = async () => [...(await sources()).values()].map(({ name, state }) => [name, state])
  await vi.waitFor(
    async () =>
      expect(await states()).toEqual([
        ['shop', 'live'],
        ['desk', 'live'],
      ]),
    WITHIN_A_MINUTE,
  )
  await database.pool.transaction((tx) =>
    appendIssueEvents(tx, [...calmIssue('acme', 'shop'), ...calmIssue('globex', 'desk')]),
  )
  shop.outcry.child.kill('SIGKILL')
  await vi.waitFor(async () => {
    expect((await sources()).get('shop')).toMatchObject({ state: 'blind', reason: 'its heartbeats stopped' })
    expect(await metric('outcry_source_state{source="shop",state="blind"}')).toBe(1)
  }, WITHIN_A_MINUTE)
  // The other one, whose source lives, shows that the time for it has come.
  await vi.waitFor(async () => {
    const now = new Map((await issues()).map(({ brand, state }) => [brand, state]))
    expect(now.get('globex')).toBe('resolved')
    expect(now.get('acme')).toBe('open')
  }, AFTER_THE_CALM)
  expect(await states()).toEqual([
    ['shop', 'blind'],
    ['desk', 'live'],
  ])
}, 240_000)
