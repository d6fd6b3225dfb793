import { emptyPlaybook, HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { createStory, settings, START } from '../../test/issue-fixtures.ts'
import { type AlertingSettings, decideCommand, decideTick } from '../index.ts'

const ROUTES = [
  { target: 'pager', minSeverity: 'incident', pagesOnly: true, drills: false },
  { target: 'lead', minSeverity: 'incident', pagesOnly: true, drills: false, escalationOnly: true },
  { target: 'director', minSeverity: 'incident', pagesOnly: true, drills: false, escalationOnly: true },
] as const
const CHAIN: NonNullable<AlertingSettings['escalation']> = [
  {
    minSeverity: 'incident',
    steps: [
      { afterMs: 5 * MINUTE_MS, targets: ['lead'] },
      { afterMs: 10 * MINUTE_MS, targets: ['director'] },
    ],
  },
]

const PLAYBOOK = {
  ...emptyPlaybook('*'),
  clocks: { firstStatementMs: null, resolveMs: null, remindBeforeMs: null },
}

const createDesk = (changes: Partial<AlertingSettings> = {}) => {
  const options = settings({ routes: ROUTES, escalation: CHAIN, ...changes })
  const story = createStory(options)
  const tick = (nowMs: number) =>
    story.take(
      decideTick({
        brand: story.brand(),
        issues: [...story.issues.values()],
        sources: [],
        settings: options,
        nowMs,
        responses: new Map([['i1', { playbook: PLAYBOOK, published: [], unanswered: null, accountsKnown: false }]]),
      }),
    )
  const acknowledge = (nowMs: number) =>
    story.take(
      decideCommand({
        brand: story.brand(),
        issue: story.issue(),
        command: { type: 'acknowledge' },
        id: 'c1',
        actor: 'kim',
        settings: options,
        nowMs,
      }),
    )
  return { ...story, tick, acknowledge }
}
const targetsOf = ({ deliveries }: { deliveries: { target: string }[] }) => deliveries.map(({ target }) => target)

describe('a page that nobody acknowledges', () => {
  it('goes to one step after another, each after its own time, and to no further one', () => {
    const desk = createDesk()
    expect(targetsOf(desk.tell())).toEqual(['pager'])
    expect(desk.tick(START + 5 * MINUTE_MS - 1).alerts).toEqual([])
    const first = desk.tick(START + 5 * MINUTE_MS)
    expect(first.alerts).toMatchObject([
      {
        kind: 'escalated',
        reason: 'overdue',
        page: true,
        pageReason: 'paged: nobody acknowledged by 2026-11-02 09:05 UTC, step 1 of 2',
        clock: { name: 'acknowledge', dueAt: START + 5 * MINUTE_MS },
      },
    ])
    expect(targetsOf(first)).toEqual(['pager', 'lead'])
    expect(desk.tick(START + 15 * MINUTE_MS - 1).alerts).toEqual([])
    expect(targetsOf(desk.tick(START + 15 * MINUTE_MS))).toEqual(['pager', 'lead', 'director'])
    expect(desk.tick(START + 9 * HOUR_MS).alerts).toEqual([])
    expect(desk.brand().pages).toHaveLength(1)
  })

  it('stops when somebody does, and waits while it is calm', () => {
    const calm = createDesk()
    calm.tell()
    calm.tell({ kind: 'calm', at: START + 1 })
    expect(calm.tick(START + HOUR_MS).alerts).toEqual([])
    const desk = createDesk()
    desk.tell()
    desk.acknowledge(START + 1)
    expect(desk.tick(START + HOUR_MS).alerts).toEqual([])
  })

  it('takes one step, not all, when the clock has jumped ahead, and waits anew when it was set back', () => {
    const desk = createDesk()
    desk.tell()
    expect(desk.tick(START + 9 * HOUR_MS).alerts).toHaveLength(1)
    expect(desk.tick(START + 9 * HOUR_MS + MINUTE_MS).alerts).toEqual([])
    expect(desk.tick(START).alerts).toEqual([])
    expect(desk.tick(START + 10 * MINUTE_MS - 1).alerts).toEqual([])
    expect(targetsOf(desk.tick(START + 10 * MINUTE_MS))).toContain('director')
  })

  it('is not waited for before anybody was told, and where no chain fits goes to those who were, once', () => {
    const NIGHT = [{ days: ['mon' as const], from: '09:00', to: '11:00', timeZone: 'UTC' }]
    const desk = createDesk({ quietHours: NIGHT })
    desk.tell()
    expect(desk.tick(START + HOUR_MS).alerts).toEqual([])
    expect(targetsOf(desk.tick(START + 2 * HOUR_MS))).toEqual(['pager'])
    expect(targetsOf(desk.tick(START + 2 * HOUR_MS + 5 * MINUTE_MS))).toEqual(['pager', 'lead'])
    const other = createDesk({ escalation: [{ ...CHAIN[0]!, brands: ['zeta'] }] })
    other.tell()
    expect(other.tick(START + 15 * MINUTE_MS - 1).alerts).toEqual([])
    expect(targetsOf(other.tick(START + 15 * MINUTE_MS))).toEqual(['pager'])
    expect(other.tick(START + HOUR_MS).alerts).toEqual([])
  })

  it('waits for quiet hours to end before it goes on', () => {
    const NIGHT = [{ days: ['mon' as const], from: '09:01', to: '11:00', timeZone: 'UTC' }]
    const desk = createDesk({ quietHours: NIGHT })
    expect(targetsOf(desk.tell())).toEqual(['pager'])
    expect(desk.tick(START + HOUR_MS).alerts).toEqual([])
    expect(targetsOf(desk.tick(START + 2 * HOUR_MS))).toEqual(['pager', 'lead'])
    expect(desk.tick(START + 2 * HOUR_MS + MINUTE_MS).alerts).toEqual([])
  })

  it('begins anew in the next life of the issue', () => {
    const desk = createDesk()
    desk.tell({ severity: 'crisis' })
    desk.tick(START + 5 * MINUTE_MS)
    desk.tell({ kind: 'resolved', at: START + HOUR_MS, commandId: 'c' })
    desk.tell({ kind: 'reopened', severity: 'crisis', at: START + 2 * HOUR_MS })
    expect(desk.tick(START + 2 * HOUR_MS + 4 * MINUTE_MS).alerts).toEqual([])
    expect(desk.tick(START + 2 * HOUR_MS + 5 * MINUTE_MS).alerts).toMatchObject([{ reason: 'overdue' }])
  })
})
