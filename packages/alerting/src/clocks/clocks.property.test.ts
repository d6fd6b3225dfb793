import { CLOCK_NAMES, HOUR_MS, MINUTE_MS, SECOND_MS, type Severity } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { event, settings, START } from '../../test/issue-fixtures.ts'
import { createDesk, type Desk } from '../../test/response-desk.ts'

const step = fc.record({
  does: fc.constantFrom('tick', 'tick', 'tick', 'acknowledge', 'announce', 'resolve', 'publish', 'fact', 'answer'),
  kind: fc.constantFrom('grew' as const, 'severity' as const, 'calm' as const, 'active' as const, 'reopened' as const),
  severity: fc.constantFrom<Severity>('incident', 'major', 'crisis'),
  afterMs: fc.integer({ min: -40 * MINUTE_MS, max: 3 * HOUR_MS }),
  etaMs: fc.option(fc.integer({ min: MINUTE_MS, max: 4 * HOUR_MS })),
  nextUpdateMs: fc.option(fc.integer({ min: MINUTE_MS, max: 2 * HOUR_MS })),
  waitsMs: fc.option(fc.integer({ min: 0, max: 4 * HOUR_MS })),
})
type Steps = readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]
const stories = fc.array(step, { maxLength: 40 })

const options = settings({
  routes: [
    { target: 'pager', minSeverity: 'incident', pagesOnly: true, drills: false },
    { target: 'chat', minSeverity: 'incident', pagesOnly: false, drills: false },
    { target: 'lead', minSeverity: 'incident', pagesOnly: false, drills: false, escalationOnly: true },
  ],
  escalation: [
    {
      minSeverity: 'incident',
      steps: [
        { afterMs: 10 * MINUTE_MS, targets: ['lead'] },
        { afterMs: 20 * MINUTE_MS, targets: ['lead'] },
      ],
    },
  ],
})

/** Each complaint has a time of its own, so that one which was answered does not come back. */
const standingAfter = ({ waitsMs }: Steps[number], index: number, nowMs: number) =>
  waitsMs === null
    ? { complaints: 9, unanswered: 0, oldestUnansweredAt: null }
    : {
        complaints: 9,
        unanswered: 5,
        oldestUnansweredAt: Math.floor((nowMs - waitsMs) / SECOND_MS) * SECOND_MS + index,
      }

/** `care`: the process restarts before each step, and each tick is asked twice. */
const play = (steps: Steps, care: boolean): Desk => {
  const desk = createDesk(options)
  let nowMs = START
  desk.tell(event({ severity: 'major' }), nowMs)
  for (const [index, one] of steps.entries()) {
    nowMs += one.afterMs
    if (care) desk.restart()
    switch (one.does) {
      case 'tick':
        for (let times = care ? 2 : 1; times > 0; times--) desk.tick(nowMs)
        break
      case 'publish':
        desk.publish(nowMs, {
          ...(one.etaMs === null ? {} : { eta: nowMs + one.etaMs }),
          ...(one.nextUpdateMs === null ? {} : { nextUpdate: nowMs + one.nextUpdateMs }),
        })
        break
      case 'answer':
        desk.standing(standingAfter(one, index, nowMs))
        break
      case 'fact':
        desk.tell(event({ id: `e${index}`, kind: one.kind, severity: one.severity, at: nowMs }), nowMs)
        break
      case 'acknowledge':
      case 'announce':
      case 'resolve':
        desk.command(one.does, nowMs)
    }
  }
  return desk
}
const said = (desk: Desk) => desk.alerts().filter(({ reason }) => reason === 'due' || reason === 'overdue')

describe('whatever happens, a clock', () => {
  it('says each thing once, and nothing before its time', () => {
    fc.assert(
      fc.property(stories, (steps) => {
        const desk = play(steps, false)
        const deliveries = desk.log.flatMap((decision) => decision.deliveries)
        expect(new Set(desk.alerts().map(({ id }) => id)).size).toBe(desk.alerts().length)
        expect(new Set(deliveries.map(({ id }) => id)).size).toBe(deliveries.length)
        for (const { reason, at, clock } of said(desk)) expect(at >= clock!.dueAt).toBe(reason === 'overdue')
      }),
      { numRuns: 1_000 },
    )
  })

  it('reminds at most once of a time, and never after the alarm', () => {
    fc.assert(
      fc.property(stories, (steps) => {
        const desk = play(steps, false)
        for (const name of ['eta', 'next-update'] as const) {
          const ofClock = said(desk).filter(({ clock }) => clock!.name === name)
          for (const dueAt of new Set(ofClock.map(({ clock }) => clock!.dueAt))) {
            const reasons = ofClock.filter(({ clock }) => clock!.dueAt === dueAt).map(({ reason }) => reason)
            expect(reasons.indexOf('due')).toBeLessThanOrEqual(0)
            expect(reasons.filter((reason) => reason === 'due').length).toBeLessThanOrEqual(1)
          }
        }
      }),
    )
  })

  it('pages nobody about an issue that did not page, and lets no budget be spent', () => {
    fc.assert(
      fc.property(stories, (steps) => {
        const desk = play(steps, false)
        const pages = desk.log.flatMap((decision) => decision.pages)
        for (const alert of said(desk)) {
          const { code } = pages.find(({ alertId }) => alertId === alert.id)!
          expect(code).toBe(alert.page ? 'overdue' : 'never-pages')
          expect(alert.kind).toBe(alert.page ? 'escalated' : 'updated')
        }
      }),
    )
  })

  it('does the same when the process restarts before each step and everything is asked twice', () => {
    fc.assert(
      fc.property(stories, (steps) => {
        const [plain, careful] = [play(steps, false), play(steps, true)]
        expect(said(careful)).toEqual(said(plain))
        expect(careful.issue()).toEqual(plain.issue())
        expect(careful.log.flatMap(({ deliveries }) => deliveries)).toEqual(
          plain.log.flatMap(({ deliveries }) => deliveries),
        )
      }),
    )
  })

  it('that is not met reminds and alarms exactly once, however often and whenever it is looked at', () => {
    const looks = fc.array(fc.integer({ min: 1, max: 4 * MINUTE_MS }), { minLength: 400, maxLength: 500 })
    fc.assert(
      fc.property(looks, fc.integer({ min: 30, max: 90 }), (gaps, etaMin) => {
        const desk = createDesk(settings({ routes: options.routes }))
        desk.tell(event({ severity: 'major' }), START)
        desk.publish(START, { eta: START + etaMin * MINUTE_MS, nextUpdate: START + 20 * MINUTE_MS })
        let nowMs = START
        for (const gap of gaps) {
          nowMs += gap
          desk.restart()
          desk.tick(nowMs)
        }
        const last = START + 26 * HOUR_MS
        for (; nowMs < last; nowMs += 4 * MINUTE_MS) desk.tick(nowMs)
        const told = said(desk).map(({ clock, reason }) => `${clock!.name} ${reason}`)
        const each = ['acknowledge', 'eta', 'next-update', 'resolve'].flatMap((name) => [
          `${name} due`,
          `${name} overdue`,
        ])
        expect(told.toSorted()).toEqual(each)
      }),
      { numRuns: 20 },
    )
  })

  it('that jumps ahead over everything says the alarm of each clock once, and no reminder', () => {
    const desk = createDesk(settings({ routes: options.routes }))
    desk.tell(event({ severity: 'major' }), START)
    const { alerts } = desk.tick(START + 100 * HOUR_MS)
    expect(alerts.map(({ reason, clock }) => [reason, clock!.name])).toEqual([
      ['overdue', 'acknowledge'],
      ['overdue', 'first-statement'],
      ['overdue', 'resolve'],
    ])
    expect(desk.tick(START + 101 * HOUR_MS).alerts).toEqual([])
    expect(CLOCK_NAMES).toHaveLength(6)
  })
})
