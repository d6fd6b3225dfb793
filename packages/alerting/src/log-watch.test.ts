import { DAY_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { START } from '../test/issue-fixtures.ts'
import { type LogGapReport, type LogWatch, watchLog } from './index.ts'

const gap = (changes: Partial<LogGapReport> = {}): LogGapReport => ({
  partition: 0,
  brands: ['acme'],
  lost: 20,
  replaced: false,
  firstAtMs: START,
  lastAtMs: START,
  ...changes,
})

const createWatch = () => {
  let watch: LogWatch = {}
  return (nowMs: number, reports: LogGapReport[]) => {
    const result = watchLog({
      watch,
      reports,
      routes: [
        { target: 'pager', minSeverity: 'major', pagesOnly: true, drills: false },
        { target: 'other', minSeverity: 'incident', pagesOnly: false, drills: false, brands: ['zeta'] },
      ],
      nowMs,
    })
    watch = JSON.parse(JSON.stringify(result.watch)) as LogWatch
    return result
  }
}

describe('a gap of the log', () => {
  it('is alarmed once, to those who are told of the brands that live there', () => {
    const look = createWatch()
    const { alarms, deliveries } = look(START + 5_000, [gap()])
    expect(alarms).toMatchObject([
      {
        kind: 'opened',
        about: 'log',
        source: 'log partition 0',
        reason: '20 records left the log before they were counted',
      },
    ])
    expect(deliveries).toMatchObject([{ target: 'pager', dedupKey: 'outcry:log:0', action: 'trigger' }])
    expect(look(START + 10_000, [gap()])).toMatchObject({ alarms: [], deliveries: [] })
  })

  it('is alarmed again under the same key when there is another, and resolved when there was none for a day', () => {
    const look = createWatch()
    look(START, [gap()])
    const later = START + 60_000
    const again = look(later, [gap({ replaced: true, lastAtMs: later })])
    expect(again.deliveries).toMatchObject([{ dedupKey: 'outcry:log:0', action: 'trigger' }])
    expect(again.alarms[0]!.reason).toContain('the log was replaced')
    const over = look(later + DAY_MS, [])
    expect(over.deliveries).toMatchObject([{ target: 'pager', dedupKey: 'outcry:log:0', action: 'resolve' }])
    expect(look(later + DAY_MS + 5_000, []).alarms).toEqual([])
  })
})
