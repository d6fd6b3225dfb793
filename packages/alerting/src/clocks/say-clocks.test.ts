import { type Alert, emptyPlaybook, HOUR_MS, MINUTE_MS, type Playbook } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { event, settings, START } from '../../test/issue-fixtures.ts'
import { createDesk } from '../../test/response-desk.ts'
import type { AlertingSettings } from '../index.ts'

const ROUTES = [
  { target: 'pager', minSeverity: 'incident', pagesOnly: true, drills: false },
  { target: 'chat', minSeverity: 'incident', pagesOnly: false, drills: false },
  { target: 'head', minSeverity: 'incident', pagesOnly: true, drills: false, escalationOnly: true },
] as const
const only = (clocks: Playbook['clocks']): Playbook => ({
  ...emptyPlaybook('*'),
  clocks: { acknowledgeMs: null, firstStatementMs: null, updateMs: null, answerMs: null, resolveMs: null, ...clocks },
})
const create = (playbook: Playbook, changes: Partial<AlertingSettings> = {}) => {
  const desk = createDesk(settings({ routes: ROUTES, ...changes }), playbook)
  desk.tell(event({ severity: 'major' }), START)
  return desk
}
const at = (minutes: number): number => START + minutes * MINUTE_MS
const told = ({ alerts, deliveries }: { alerts: Alert[]; deliveries: { target: string }[] }) => ({
  said: alerts.map(({ kind, reason, page }) => `${kind} ${reason}${page ? ', pages' : ''}`),
  targets: deliveries.map(({ target }) => target),
})
const nothing = { said: [], targets: [] }

describe('a clock', () => {
  it('reminds those who know the issue and rings nobody; the alarm pages them, each once', () => {
    const desk = create(only({ firstStatementMs: 30 * MINUTE_MS }))
    expect(told(desk.tick(at(25) - 1))).toEqual(nothing)
    expect(told(desk.tick(at(25)))).toEqual({ said: ['updated due'], targets: ['pager', 'chat'] })
    expect(told(desk.tick(at(30) - 1))).toEqual(nothing)
    const alarm = desk.tick(at(30))
    expect(told(alarm)).toEqual({ said: ['escalated overdue, pages'], targets: ['pager', 'chat'] })
    expect(alarm.alerts[0]).toMatchObject({
      clock: { name: 'first-statement', dueAt: at(30) },
      pageReason: 'paged: nothing was said in public by 2026-11-02 09:30 UTC',
    })
    expect(alarm.timeline[0]?.body.clock).toEqual({ name: 'first-statement', dueAt: at(30) })
    expect(told(desk.tick(at(600)))).toEqual(nothing)
  })

  it('says nothing once it is met', () => {
    const desk = create(only({ firstStatementMs: 30 * MINUTE_MS }))
    desk.publish(at(24), {})
    expect(told(desk.tick(at(40)))).toEqual(nothing)
  })

  it("goes along the playbook's chain before that of the configuration: one step when it is over, the next after its time", () => {
    const escalation = [
      { afterMs: MINUTE_MS, targets: ['head'] },
      { afterMs: 20 * MINUTE_MS, targets: ['head', 'chat'] },
    ]
    const other = [{ minSeverity: 'incident' as const, steps: [{ afterMs: MINUTE_MS, targets: ['nobody'] }] }]
    const playbook = { ...only({ resolveMs: 60 * MINUTE_MS, remindBeforeMs: null }), escalation }
    const desk = create(playbook, { escalation: other })
    expect(told(desk.tick(at(60))).targets).toEqual(['pager', 'chat', 'head'])
    expect(told(desk.tick(at(80) - 1))).toEqual(nothing)
    expect(desk.tick(at(80)).alerts[0]?.pageReason).toContain('step 2 of 2')
    expect(told(desk.tick(at(900)))).toEqual(nothing)
  })

  it('of an issue that did not page is a message, and spends nothing', () => {
    const desk = create(only({ firstStatementMs: 30 * MINUTE_MS }), { pagesPerWeek: 0 })
    const { pageReason } = desk.issue()
    desk.tick(at(25))
    expect(told(desk.tick(at(30)))).toEqual({ said: ['updated overdue'], targets: ['chat'] })
    expect(desk.issue()).toMatchObject({ pagedAs: null, pageReason })
  })

  it('is silent while it is calm and nobody took it, and not when somebody did', () => {
    const desk = create(only({ firstStatementMs: 30 * MINUTE_MS }))
    desk.tell(event({ kind: 'calm', severity: 'major', at: at(1) }), at(1))
    expect(told(desk.tick(at(31)))).toEqual(nothing)
    desk.command('acknowledge', at(32))
    expect(told(desk.tick(at(33))).said).toEqual(['escalated overdue, pages'])
  })

  it('that a promise moves reminds and alarms of the new time, and no more of the old one', () => {
    const desk = create(only({}))
    desk.publish(at(0), { eta: at(60) })
    expect(told(desk.tick(at(55))).said).toEqual(['updated due'])
    desk.publish(at(58), { eta: at(120) })
    expect(told(desk.tick(at(60)))).toEqual(nothing)
    expect(told(desk.tick(at(115))).said).toEqual(['updated due'])
    expect(told(desk.tick(at(120))).said).toEqual(['escalated overdue, pages'])
  })

  it('waits anew when the time is set back, and does not remind again', () => {
    const desk = create(only({ firstStatementMs: 30 * MINUTE_MS }))
    expect(told(desk.tick(at(26))).said).toEqual(['updated due'])
    expect(told(desk.tick(at(-120)))).toEqual(nothing)
    expect(told(desk.tick(at(-90) - 1))).toEqual(nothing)
    expect(told(desk.tick(at(-90))).said).toEqual(['escalated overdue, pages'])
  })

  it('set back before it began waits anew once, also after its alarm', () => {
    const desk = create(only({ firstStatementMs: 30 * MINUTE_MS }))
    desk.tick(at(30))
    desk.tick(at(-1))
    const once = desk.issue()
    desk.tick(at(-1))
    expect(desk.issue()).toEqual(once)
    expect(once.clocks?.['first-statement']).toMatchObject({ startedAt: at(-1), alarmedAt: at(-1), alarms: 1 })
  })

  it('of an issue that an older release stored begins with the first look, and is not overdue at once', () => {
    const desk = create(only({ firstStatementMs: 30 * MINUTE_MS }))
    desk.forgetCall()
    expect(told(desk.tick(at(600)))).toEqual(nothing)
    expect(told(desk.tick(at(630))).said).toEqual(['escalated overdue, pages'])
  })

  it('alarms once of a backlog of unanswered complaints, and again when another grew old after all were answered in time', () => {
    const desk = create(only({ answerMs: 60 * MINUTE_MS }))
    const oldest = (minutes: number | null, unanswered = 5) =>
      desk.standing({ complaints: 9, unanswered, oldestUnansweredAt: minutes === null ? null : at(minutes) })
    oldest(0)
    expect(told(desk.tick(at(55))).said).toEqual(['updated due'])
    expect(told(desk.tick(at(61))).said).toEqual(['escalated overdue, pages'])
    oldest(1)
    expect(told(desk.tick(at(62)))).toEqual(nothing)
    oldest(null, 0)
    expect(told(desk.tick(at(63)))).toEqual(nothing)
    oldest(62)
    expect(told(desk.tick(at(117))).said).toEqual(['updated due'])
    expect(told(desk.tick(at(122))).said).toEqual(['escalated overdue, pages'])
  })

  it('alarms under an id of its own of another backlog from before the call, as a merge brings it when all were answered', () => {
    const desk = create(only({ answerMs: 60 * MINUTE_MS }))
    for (const minutes of [-10, -5]) {
      desk.standing({ complaints: 9, unanswered: 5, oldestUnansweredAt: at(minutes) })
      expect(told(desk.tick(at(61))).said).toEqual(['escalated overdue, pages'])
      desk.standing({ complaints: 9, unanswered: 0, oldestUnansweredAt: null })
      expect(told(desk.tick(at(62)))).toEqual(nothing)
    }
    const ids = desk.alerts().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('repeats nothing of a backlog of complaints when the time is set back and comes again', () => {
    const desk = create(only({ answerMs: 60 * MINUTE_MS }))
    desk.standing({ complaints: 9, unanswered: 5, oldestUnansweredAt: at(-10) })
    expect(told(desk.tick(at(55))).said).toEqual(['updated due'])
    expect(told(desk.tick(at(61))).said).toEqual(['escalated overdue, pages'])
    for (const minutes of [-20, 30, 56, 62]) expect(told(desk.tick(at(minutes)))).toEqual(nothing)
  })
})

describe('the chain', () => {
  it('goes on only while the clock is over', () => {
    const escalation = [1, 20].map((minutes) => ({ afterMs: minutes * MINUTE_MS, targets: ['head'] }))
    const desk = create({ ...only({ answerMs: 60 * MINUTE_MS }), escalation })
    desk.standing({ complaints: 9, unanswered: 5, oldestUnansweredAt: at(0) })
    expect(told(desk.tick(at(61))).said).toEqual(['escalated overdue, pages'])
    desk.standing({ complaints: 9, unanswered: 4, oldestUnansweredAt: at(22) })
    expect(told(desk.tick(at(81)))).toEqual(nothing)
    expect(told(desk.tick(at(82))).said).toEqual(['escalated overdue, pages'])
  })
})

describe('quiet hours', () => {
  const night = (from: string) => [{ days: ['mon' as const], from, to: '11:00', timeZone: 'UTC' }]

  it('drop a reminder, and hold the alarm until it would reach somebody, if it is still due then', () => {
    const desk = create(only({ firstStatementMs: 30 * MINUTE_MS }), { quietHours: night('09:10') })
    expect(told(desk.tick(at(25)))).toEqual({ said: ['updated due'], targets: [] })
    expect(told(desk.tick(at(40)))).toEqual(nothing)
    expect(told(desk.tick(at(120)))).toEqual({ said: ['escalated overdue, pages'], targets: ['pager', 'chat'] })
    const met = create(only({ firstStatementMs: 30 * MINUTE_MS }), { quietHours: night('09:10') })
    met.tick(at(40))
    met.publish(at(50), {})
    expect(told(met.tick(at(120)))).toEqual(nothing)
  })

  it('call nobody: the clocks begin when the first message arrives', () => {
    const desk = create(only({ firstStatementMs: 30 * MINUTE_MS }), { quietHours: night('08:00') })
    expect(told(desk.tick(at(100)))).toEqual(nothing)
    expect(told(desk.tick(at(120)))).toEqual({ said: [], targets: ['pager', 'chat'] })
    expect(told(desk.tick(at(145))).said).toEqual(['updated due'])
  })

  it('send no alarm in the morning whose clock was met in the night', () => {
    const routes = [{ ...ROUTES[0], always: true }, ROUTES[1], ROUTES[2]]
    const given = () => create(only({ firstStatementMs: 30 * MINUTE_MS }), { routes, quietHours: night('09:10') })
    const met = given()
    expect(told(met.tick(at(30))).targets).toEqual(['pager'])
    met.publish(at(50), {})
    expect(told(met.tick(at(120)))).toEqual(nothing)
    const unmet = given()
    unmet.tick(at(30))
    expect(told(unmet.tick(at(120))).targets).toEqual(['chat'])
  })

  it('hold no alarm of a crisis', () => {
    const desk = createDesk(settings({ routes: ROUTES, quietHours: night('08:00') }), only({ resolveMs: HOUR_MS }))
    desk.tell(event({ severity: 'crisis' }), START)
    expect(told(desk.tick(at(55))).targets).toEqual(['pager', 'chat'])
    expect(told(desk.tick(at(60))).targets).toEqual(['pager', 'chat'])
  })
})
