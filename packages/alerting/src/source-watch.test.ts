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
  silentMs: 0,
  ...changes,
})

/** Said `live`, so many minutes ago. */
const silent = (minutes: number) => report({ silentMs: minutes * MINUTE_MS })

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
    expect(look(0.5, [silent(0.5)]).sources[0]?.state).toBe('live')
    expect(look(2, [silent(2)]).sources[0]).toMatchObject({
      state: 'blind',
      since: START,
      reason: 'its heartbeats stopped',
    })
  })

  it('alarms once when blindness lasts, and once when it ends, under one key', () => {
    const look = createWatch()
    for (let minute = 3; minute < 15; minute += 4) expect(look(minute, [silent(minute)]).alarms).toEqual([])
    const opened = look(15, [silent(15)])
    expect(opened.alarms).toMatchObject([{ kind: 'opened', source: 'bluesky', since: START }])
    expect(opened.deliveries).toMatchObject([{ target: 'pager', action: 'trigger', dedupKey: 'outcry:source:bluesky' }])
    expect(look(16, [silent(16)]).alarms).toEqual([])
    const lagging = report({ state: 'lagging' })
    expect(look(17, [lagging]).alarms).toEqual([])
    const back = look(18, [report()])
    expect(back.alarms).toMatchObject([{ kind: 'resolved' }])
    expect(back.deliveries).toMatchObject([{ action: 'resolve', dedupKey: 'outcry:source:bluesky' }])
  })

  it('is live since it came back, not since it first said so', () => {
    const look = createWatch()
    look(5, [silent(5)])
    expect(look(6, [report()]).sources[0]).toMatchObject({
      state: 'live',
      since: START + 6 * MINUTE_MS,
    })
  })

  it('gets time to wake after everything was switched off', () => {
    const look = createWatch()
    const asleep = (minutes: number) =>
      report({ silentMs: (600 + minutes) * MINUTE_MS, stateSinceMs: START - 900 * MINUTE_MS })
    for (let minute = 1; minute < 15; minute += 4) expect(look(minute, [asleep(minute)]).alarms).toEqual([])
    expect(look(15, [asleep(15)]).alarms).toHaveLength(1)
  })
})

describe('a wall clock that jumps', () => {
  it('forwards: what was live counts as live from now on only, and nothing pages for the hours that never were', () => {
    const look = createWatch()
    look(0, [report()])
    const jumped = 26 * 60
    expect(look(jumped, [report()]).sources[0]).toMatchObject({ state: 'live', since: START + jumped * MINUTE_MS })
    const other = createWatch()
    other(0, [report()])
    const blind = other(jumped, [silent(jumped)])
    expect(blind).toMatchObject({ sources: [{ state: 'blind' }], alarms: [] })
    expect(other(jumped + 4, [silent(jumped + 4)]).alarms).toEqual([])
    for (const minutes of [8, 12]) expect(other(jumped + minutes, [silent(jumped + minutes)]).alarms).toEqual([])
    expect(other(jumped + 15, [silent(jumped + 15)]).alarms).toMatchObject([{ kind: 'opened' }])
  })

  it('backwards: nothing is dated in the future, and a blindness still pages in its time', () => {
    const look = createWatch()
    look(600, [report({ stateSinceMs: START + 600 * MINUTE_MS })])
    expect(look(0, [report({ stateSinceMs: START + 600 * MINUTE_MS })]).sources[0]?.since).toBe(START)
    look(1, [silent(1)])
    for (const minutes of [5, 9, 13]) expect(look(minutes, [silent(minutes)]).alarms).toEqual([])
    expect(look(16, [silent(16)]).alarms).toMatchObject([{ kind: 'opened' }])
  })

  it('back by a leap second: the same as without, for nothing here reads local time', () => {
    const look = createWatch()
    look(10, [report()])
    look(10 - 1 / 60, [report()])
    expect(look(11, [report()])).toMatchObject({ sources: [{ state: 'live', since: START }], alarms: [] })
  })
})
