import { HOUR_MS, MINUTE_MS, type Mute, type QuietHours } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { createStory, settings, START } from '../test/issue-fixtures.ts'
import { type AlertingSettings, decideCommand, decideTick, heldText } from './index.ts'

const ROUTES = [
  { target: 'pager', minSeverity: 'incident', pagesOnly: true, drills: false },
  { target: 'chat', minSeverity: 'incident', pagesOnly: false, drills: true },
  { target: 'night-shift', minSeverity: 'incident', pagesOnly: false, drills: false, always: true },
] as const
/** Quiet for two hours from the start of the story on. */
const NIGHT: QuietHours[] = [
  { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '09:00', to: '11:00', timeZone: 'UTC' },
]
const MORNING = START + 2 * HOUR_MS

const mute = (changes: Partial<Mute> = {}): Mute => ({
  id: 'm1',
  brand: 'acme',
  issueId: null,
  issueType: null,
  owner: 'kim',
  reason: 'maintenance',
  createdAt: START,
  until: MORNING,
  ...changes,
})

const createDesk = (changes: Partial<AlertingSettings>) => {
  const options = settings({ routes: ROUTES, ...changes })
  const story = createStory(options)
  const tick = (nowMs: number) =>
    story.take(
      decideTick({ brand: story.brand(), issues: [...story.issues.values()], sources: [], settings: options, nowMs }),
    )
  const order = (command: 'acknowledge' | 'resolve', nowMs: number) =>
    story.take(
      decideCommand({
        brand: story.brand(),
        issue: story.issue(),
        command: { type: command },
        id: command,
        actor: 'kim',
        settings: options,
        nowMs,
      }),
    )
  const sent = () => story.log.flatMap(({ deliveries }) => deliveries.map(({ target }) => target))
  return { ...story, tick, order, sent }
}

describe('quiet hours', () => {
  it('hold the message and not the page, and say so in the alert', () => {
    const desk = createDesk({ quietHours: NIGHT })
    const { alerts } = desk.tell()
    expect(alerts[0]).toMatchObject({
      page: true,
      pageReason: 'paged: it took page 1 of 3 this week; held for pager, chat: quiet hours until 11:00 UTC',
    })
    expect(desk.sent()).toEqual(['night-shift'])
    expect(desk.log[0]!.timeline[0]!.body.routes).toContainEqual({
      target: 'pager',
      send: false,
      reason: 'held: quiet hours until 11:00 UTC',
      heldUntil: MORNING,
    })
    expect(heldText(desk.issue().held ?? [])).toBe('held for pager, chat: quiet hours until 11:00 UTC')
  })

  it('send when they end what is still open, the newest message, once', () => {
    const desk = createDesk({ quietHours: NIGHT })
    desk.tell()
    const escalated = desk.tell({ kind: 'severity', severity: 'major', at: START + HOUR_MS })
    expect(desk.tick(MORNING - 1).deliveries).toEqual([])
    const { deliveries, timeline } = desk.tick(MORNING)
    expect(deliveries.map(({ target, alertId, action }) => [target, alertId, action])).toEqual([
      ['pager', escalated.alerts[0]!.id, 'trigger'],
      ['chat', escalated.alerts[0]!.id, 'trigger'],
    ])
    expect(timeline).toMatchObject([{ kind: 'released' }])
    expect(desk.tick(MORNING + 1)).toMatchObject({ deliveries: [], issues: [] })
    expect(desk.issue()).toMatchObject({ held: [], told: ['night-shift', 'pager', 'chat'] })
  })

  it('never hold a crisis, nor what comes to those who know the issue about its end', () => {
    const desk = createDesk({ quietHours: NIGHT })
    desk.tell()
    const crisis = desk.tell({ kind: 'severity', severity: 'crisis', at: START + HOUR_MS })
    expect(crisis.deliveries.map(({ target }) => target)).toEqual(['pager', 'chat', 'night-shift'])
    expect(desk.issue().held).toEqual([])
    expect(desk.order('resolve', START + HOUR_MS + 1).deliveries).toHaveLength(3)
  })

  it('let a message go that a person answered meanwhile', () => {
    const desk = createDesk({ quietHours: NIGHT })
    desk.tell()
    desk.order('acknowledge', START + 1)
    expect(desk.tick(MORNING).deliveries).toEqual([])
    expect(desk.sent()).toEqual(['night-shift', 'night-shift'])
  })

  it('do not hold a drill', () => {
    const desk = createDesk({ quietHours: NIGHT })
    expect(desk.tell({ brand: 'acme#1' }).deliveries.map(({ target }) => target)).toEqual(['chat'])
  })
})

describe('a mute', () => {
  it('holds page and message, spends nothing, and lets the page be asked for when it ends', () => {
    const desk = createDesk({ mutes: [mute()] })
    const { alerts } = desk.tell()
    expect(alerts[0]).toMatchObject({
      page: false,
      pageReason: expect.stringMatching(/^held: muted by kim until 2026-11-02 11:00 UTC: maintenance; held for/),
    })
    expect(desk.sent()).toEqual([])
    expect(desk.brand().pages).toEqual([])
    const after = desk.tick(MORNING)
    expect(after.alerts).toMatchObject([{ kind: 'escalated', reason: 'unmuted', page: true }])
    expect(after.deliveries.map(({ target }) => target)).toEqual(['pager', 'chat', 'night-shift'])
    expect(desk.tick(MORNING + MINUTE_MS)).toMatchObject({ alerts: [], deliveries: [] })
  })

  it('of another issue, type or brand holds nothing', () => {
    for (const other of [{ issueId: 'i2' }, { issueType: 'login' }, { brand: 'zeta' }, { until: START }]) {
      const desk = createDesk({ mutes: [mute(other)] })
      expect(desk.tell().deliveries).toHaveLength(3)
    }
    const desk = createDesk({ mutes: [mute({ issueId: 'i1' })] })
    expect(desk.tell().deliveries).toEqual([])
  })

  it('never holds a crisis', () => {
    const desk = createDesk({ mutes: [mute()] })
    expect(desk.tell({ severity: 'crisis' })).toMatchObject({ alerts: [{ page: true }], deliveries: [{}, {}, {}] })
  })

  it('that ends within quiet hours leaves the message to them', () => {
    const desk = createDesk({ mutes: [mute({ until: START + HOUR_MS })], quietHours: NIGHT })
    desk.tell()
    expect(desk.tick(START + HOUR_MS).deliveries.map(({ target }) => target)).toEqual(['night-shift'])
    expect(desk.tick(MORNING).deliveries.map(({ target }) => target)).toEqual(['pager', 'chat'])
  })
})
