import { DAY_MS, HOUR_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { createStory, settings, START } from '../test/issue-fixtures.ts'
import { decideTick, type JudgedSource } from './index.ts'

const source = (changes: Partial<JudgedSource> = {}): JudgedSource => ({
  name: 'push',
  connector: 'push',
  brands: null,
  state: 'live',
  since: START - DAY_MS,
  reason: '',
  ...changes,
})

const calmIssue = () => {
  const story = createStory()
  story.tell()
  story.tell({ kind: 'calm', at: START + HOUR_MS })
  const tick = (nowMs: number, sources: JudgedSource[]) =>
    story.take(
      decideTick({ brand: story.brand(), issues: [...story.issues.values()], sources, settings: settings(), nowMs }),
    )
  return { ...story, tick }
}
const DUE = START + HOUR_MS + DAY_MS

describe('the clock', () => {
  it('resolves after a day of calm and tells the detector', () => {
    const { tick } = calmIssue()
    expect(tick(DUE - 1, [source()]).alerts).toEqual([])
    expect(tick(DUE, [source()])).toMatchObject({
      alerts: [{ kind: 'resolved', reason: 'calm' }],
      commands: [{ command: { type: 'resolve', issueId: 'i1' } }],
    })
    expect(tick(DUE + DAY_MS, [source()]).alerts).toEqual([])
  })

  it('waits a day, not a year, when the issue got calm while the clock stood a year ahead', () => {
    const { tell, tick } = calmIssue()
    tell({ kind: 'active', at: START + 2 * HOUR_MS })
    tell({ kind: 'calm', at: START + 3 * HOUR_MS }, START + 365 * DAY_MS)
    expect(tick(DUE, [source()]).alerts).toEqual([])
    expect(tick(DUE + DAY_MS - 1, [source()]).alerts).toEqual([])
    expect(tick(DUE + DAY_MS, [source()]).alerts).toMatchObject([{ kind: 'resolved', reason: 'calm' }])
  })

  it('waits for every source of the issue to be live throughout', () => {
    const { tick } = calmIssue()
    const back = START + 20 * HOUR_MS
    expect(tick(DUE, [source({ state: 'blind', since: back })]).alerts).toEqual([])
    expect(tick(DUE, [source({ state: 'lagging', since: back })]).alerts).toEqual([])
    expect(tick(DUE, [source({ since: back })]).alerts).toEqual([])
    expect(tick(back + DAY_MS, [source({ since: back })]).alerts).toHaveLength(1)
  })

  it('does not take silence for calm when nothing is known of the sources', () => {
    const { tick } = calmIssue()
    expect(tick(DUE, []).alerts).toEqual([])
    expect(tick(DUE, [source({ brands: ['zeta'] })]).alerts).toEqual([])
  })

  it('does not take silence for calm while the bus is away or nobody counts', () => {
    const log = (changes: Partial<JudgedSource> = {}) =>
      source({ name: 'log partition 0', connector: 'bus', brands: ['acme'], ...changes })
    const { tick } = calmIssue()
    expect(tick(DUE, [source(), log({ state: 'blind' })]).alerts).toEqual([])
    const back = START + 20 * HOUR_MS
    expect(tick(DUE, [source(), log({ since: back })]).alerts).toEqual([])
    expect(tick(DUE, [log()]).alerts).toEqual([])
    const elsewhere = log({ name: 'log partition 1', brands: ['zeta'], state: 'blind' })
    expect(tick(DUE, [source(), log(), elsewhere]).alerts).toHaveLength(1)
  })

  it('asks every source of the brand when the one of the issue is gone', () => {
    const { tick } = calmIssue()
    const others = [source({ name: 'a', connector: 'feeds' }), source({ name: 'b', connector: 'x', state: 'blind' })]
    expect(tick(DUE, others).alerts).toEqual([])
    expect(tick(DUE, others.slice(0, 1)).alerts).toHaveLength(1)
  })

  it('never resolves what a person took', () => {
    const story = calmIssue()
    story.issues.set('i1', { ...story.issue(), state: 'acknowledged' })
    expect(story.tick(DUE + 30 * DAY_MS, [source()]).alerts).toEqual([])
  })
})
