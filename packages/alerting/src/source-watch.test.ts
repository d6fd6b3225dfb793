import { MINUTE_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { START } from '../test/issue-fixtures.ts'
import { type SourceReport, type SourceWatch, watchSources } from './index.ts'

const report = (changes: Partial<SourceReport> = {}): SourceReport => ({
  name: 'bluesky',
  connector: 'bluesky-jetstream',
  brands: ['acme'],
  state: 'live',
  reason: '',
  stateSinceMs: START,
  heartbeatAtMs: START,
  blindAfterMs: MINUTE_MS,
  ...changes,
})

const createWatch = () => {
  let watch: SourceWatch = {}
  return (minutes: number, reports: SourceReport[]) => {
    const result = watchSources({
      watch,
      reports,
      blindPageAfterMs: 15 * MINUTE_MS,
      watchingSinceMs: START,
      routes: [
        { target: 'pager', minSeverity: 'major', pagesOnly: true, drills: false },
        { target: 'other', minSeverity: 'incident', pagesOnly: false, drills: false, brands: ['zeta'] },
      ],
      nowMs: START + minutes * MINUTE_MS,
    })
    watch = result.watch
    return result
  }
}

describe('a source', () => {
  it('is blind when its heartbeats stop, although it said live last', () => {
    const look = createWatch()
    expect(look(1, [report()]).sources[0]?.state).toBe('live')
    expect(look(2, [report()]).sources[0]).toMatchObject({
      state: 'blind',
      since: START,
      reason: 'its heartbeats stopped',
    })
  })

  it('alarms once when blindness lasts, and once when it ends, under one key', () => {
    const look = createWatch()
    expect(look(14, [report()]).alarms).toEqual([])
    const opened = look(15, [report()])
    expect(opened.alarms).toMatchObject([{ kind: 'opened', source: 'bluesky', since: START }])
    expect(opened.deliveries).toMatchObject([{ target: 'pager', action: 'trigger', dedupKey: 'outcry:source:bluesky' }])
    expect(look(16, [report()]).alarms).toEqual([])
    const lagging = report({ state: 'lagging', heartbeatAtMs: START + 17 * MINUTE_MS })
    expect(look(17, [lagging]).alarms).toEqual([])
    const back = look(18, [report({ heartbeatAtMs: START + 18 * MINUTE_MS })])
    expect(back.alarms).toMatchObject([{ kind: 'resolved' }])
    expect(back.deliveries).toMatchObject([{ action: 'resolve', dedupKey: 'outcry:source:bluesky' }])
  })

  it('is live since it came back, not since it first said so', () => {
    const look = createWatch()
    look(5, [report()])
    expect(look(6, [report({ heartbeatAtMs: START + 6 * MINUTE_MS })]).sources[0]).toMatchObject({
      state: 'live',
      since: START + 6 * MINUTE_MS,
    })
  })

  it('gets time to wake after everything was switched off', () => {
    const look = createWatch()
    const asleep = report({ heartbeatAtMs: START - 600 * MINUTE_MS, stateSinceMs: START - 900 * MINUTE_MS })
    expect(look(1, [asleep]).alarms).toEqual([])
    expect(look(15, [asleep]).alarms).toHaveLength(1)
  })
})
