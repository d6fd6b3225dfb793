import { appendIssueEvents } from '@outcry/store'
import { expect, it, vi } from 'vitest'
import { askOutcry } from '../test/asked-outcry.ts'
import { calmIssue } from '../test/calm-issue.ts'
import { severalProcesses, SOURCES } from '../test/several-processes.ts'

/** The shortest that the configuration takes; longer than a silence is taken for a heartbeat that is late. */
const RESOLVE_AFTER_CALM_MS = 60_000
const AFTER_THE_CALM = { timeout: RESOLVE_AFTER_CALM_MS + 30_000, interval: 250 }
const WITHIN_A_MINUTE = { timeout: 60_000, interval: 250 }

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
