import { DAY_MS, type HeldIssue, HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { createStory, settings, START } from '../test/issue-fixtures.ts'
import { digestDue, type LastDigest, planDigests } from './index.ts'

const rules = { at: '08:00', timeZone: 'Europe/Berlin', targets: ['chat', 'mail'] }
const route = { minSeverity: 'incident' as const, pagesOnly: false, drills: false }
const held = (issueId: string, changes: Partial<HeldIssue> = {}): HeldIssue => ({
  issueId,
  brand: 'acme',
  label: 'checkout hangs',
  severity: 'incident',
  state: 'open',
  people: 12,
  heldAt: START,
  reason: 'held: quiet hours until 07:00 Europe/Berlin',
  ...changes,
})

/** When digests were sent, looking every 10 minutes but in the hours that nobody looked. */
const sentIn = (from: string, to: string, asleep: (at: number) => boolean = () => false) => {
  let last: LastDigest | null = null
  const sent: string[] = []
  for (let at = Date.parse(from); at < Date.parse(to); at += 10 * MINUTE_MS) {
    if (asleep(at)) continue
    const { due, next } = digestDue(rules, last, at)
    last = next
    if (due) sent.push(new Date(at).toISOString().slice(0, 16))
  }
  return sent
}

describe('the digest of what was held', () => {
  it('comes once a day at its time on the clocks of its zone, also when they jump', () => {
    expect(sentIn('2026-10-23T00:00Z', '2026-10-27T00:00Z')).toEqual([
      '2026-10-23T06:00',
      '2026-10-24T06:00',
      '2026-10-25T07:00',
      '2026-10-26T07:00',
    ])
    expect(sentIn('2026-03-28T07:30Z', '2026-03-31T00:00Z')).toEqual(['2026-03-29T06:00', '2026-03-30T06:00'])
  })

  it('comes late where nobody looked, and never twice', () => {
    const night = (at: number) => at < Date.parse('2026-12-02T15:00Z') && at > Date.parse('2026-12-02T01:00Z')
    expect(sentIn('2026-12-01T12:00Z', '2026-12-04T00:00Z', night)).toEqual(['2026-12-02T15:00', '2026-12-03T07:00'])
    const last = { date: '2026-12-03', at: Date.parse('2026-12-03T07:00Z') }
    expect(digestDue(rules, last, last.at - DAY_MS)).toEqual({ due: false, next: last })
  })

  it('goes to each target with its own brands, the most people first, and not where there is nothing to read', () => {
    const routes = [
      { ...route, target: 'chat' },
      { ...route, target: 'mail', brands: ['zeta'] },
      { ...route, target: 'pager' },
    ]
    const about = { rules, routes, since: START - DAY_MS, date: '2026-11-02', nowMs: START }
    const all = [held('i1'), held('i2', { people: 40 }), held('i3', { brand: 'zeta' })]
    const planned = planDigests({ ...about, held: all })
    expect(
      planned.map(({ delivery, digest }) => [delivery.target, digest.issues.map(({ issueId }) => issueId)]),
    ).toEqual([
      ['chat', ['i2', 'i1', 'i3']],
      ['mail', ['i3']],
    ])
    expect(planDigests({ ...about, held: all.slice(0, 2) }).map(({ delivery }) => delivery.target)).toEqual(['chat'])
    expect(planDigests({ ...about, held: all })).toEqual(planned)
    const many = Array.from({ length: 30 }, (_, index) => held(`i${index}`))
    expect(planDigests({ ...about, held: many })[0]!.digest).toMatchObject({ more: 10 })
  })

  it('has what the budget held, and what quiet hours did', () => {
    const story = createStory(settings({ pagesPerWeek: 0 }))
    story.tell()
    expect(story.issue().lastHeld).toEqual({ at: START, reason: expect.stringContaining('held: the page budget is 0') })
    const days = ['mon' as const]
    const quiet = createStory(settings({ quietHours: [{ days, from: '08:00', to: '12:00', timeZone: 'UTC' }] }))
    quiet.tell({ at: START + HOUR_MS })
    expect(quiet.issue().lastHeld).toEqual({ at: START + HOUR_MS, reason: 'held: quiet hours until 12:00 UTC' })
    const open = createStory()
    open.tell()
    expect(open.issue().lastHeld).toBeUndefined()
  })
})
