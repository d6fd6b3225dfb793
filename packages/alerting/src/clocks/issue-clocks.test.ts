import { type ClockName, emptyPlaybook, HOUR_MS, MINUTE_MS, type Playbook } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { event, evidence, settings, START } from '../../test/issue-fixtures.ts'
import { createDesk, type Desk } from '../../test/response-desk.ts'
import { type AlertingSettings, issueClocks } from '../index.ts'

const open = (
  playbook: Playbook | null = null,
  changes: Partial<AlertingSettings> = {},
  severity = 'major' as const,
) => {
  const desk = createDesk(settings(changes), playbook)
  desk.tell(event({ severity }), START)
  return desk
}
const clock = (desk: Desk, name: ClockName, nowMs = START, chains: AlertingSettings['escalation'] = []) =>
  issueClocks(desk.issue(), desk.response(), chains, nowMs).find((one) => one.name === name)
const withClocks = (clocks: Playbook['clocks']): Playbook => ({ ...emptyPlaybook('*'), clocks })

describe('the clocks of an issue', () => {
  it('count from when people are called to it: acknowledge, first word and end', () => {
    const desk = open()
    const running = { state: 'running', startedAt: START, metAt: null }
    expect(clock(desk, 'acknowledge')).toEqual({
      ...running,
      name: 'acknowledge',
      dueAt: START + 15 * MINUTE_MS,
      remindAt: START + 10 * MINUTE_MS,
      reason: 'until somebody acknowledges',
    })
    expect(clock(desk, 'first-statement')).toMatchObject({ ...running, dueAt: START + 30 * MINUTE_MS })
    expect(clock(desk, 'resolve')).toMatchObject({ ...running, dueAt: START + 24 * HOUR_MS })
    for (const name of ['eta', 'next-update', 'unanswered'] as const) expect(clock(desk, name)?.state).toBe('off')
    const states = [9, 10, 14, 15].map((minutes) => clock(desk, 'acknowledge', START + minutes * MINUTE_MS)?.state)
    expect(states).toEqual(['running', 'due-soon', 'due-soon', 'overdue'])
  })

  it('stand still for an incident that paged nobody and that nobody took, and count from when somebody does', () => {
    const desk = createDesk(settings({ pagesPerWeek: 0 }))
    desk.tell(event({ severity: 'incident' }), START)
    expect(clock(desk, 'first-statement')).toMatchObject({ state: 'off', reason: 'nobody is called to it' })
    desk.command('acknowledge', START + HOUR_MS)
    expect(clock(desk, 'first-statement')).toMatchObject({ state: 'running', startedAt: START + HOUR_MS })
    expect(clock(desk, 'acknowledge')).toMatchObject({ state: 'met', reason: 'acknowledged by kim' })
  })

  it('are met by what people do, and say by whom and when', () => {
    const desk = open()
    desk.command('acknowledge', START + 2 * MINUTE_MS)
    desk.publish(START + 9 * MINUTE_MS, {}, 'holding')
    desk.command('resolve', START + HOUR_MS)
    expect(clock(desk, 'acknowledge')).toMatchObject({ state: 'met', metAt: START + 2 * MINUTE_MS })
    expect(clock(desk, 'first-statement')).toMatchObject({
      state: 'met',
      metAt: START + 9 * MINUTE_MS,
      reason: 'published on status page',
    })
    expect(clock(desk, 'resolve')).toMatchObject({ state: 'met', metAt: START + HOUR_MS, reason: 'resolved by kim' })
    expect(clock(desk, 'next-update')).toMatchObject({ state: 'off', reason: 'the issue is resolved' })
  })

  it('take no brief of the own people for a public word, but what a person announces by other means', () => {
    const desk = open()
    desk.publish(START + MINUTE_MS, { eta: START + HOUR_MS }, 'brief')
    expect(clock(desk, 'first-statement')?.state).toBe('running')
    expect(clock(desk, 'eta')).toMatchObject({ state: 'off', reason: 'no public statement promises a time' })
    desk.command('announce', START + 5 * MINUTE_MS)
    expect(clock(desk, 'first-statement')).toMatchObject({ state: 'met', metAt: START + 5 * MINUTE_MS })
    expect(clock(desk, 'next-update')).toMatchObject({ state: 'running', dueAt: START + 65 * MINUTE_MS })
  })

  it('follow the promise of the newest public statement that makes one', () => {
    const desk = open()
    desk.publish(START, { eta: START + HOUR_MS, nextUpdate: START + 20 * MINUTE_MS }, 'holding')
    expect(clock(desk, 'eta')).toMatchObject({ dueAt: START + HOUR_MS, reason: 'promised in the holding statement' })
    expect(clock(desk, 'next-update')).toMatchObject({ dueAt: START + 20 * MINUTE_MS })
    desk.publish(START + 15 * MINUTE_MS, {})
    expect(clock(desk, 'eta')).toMatchObject({ dueAt: START + HOUR_MS })
    expect(clock(desk, 'next-update')).toMatchObject({
      dueAt: START + 75 * MINUTE_MS,
      reason: 'every 60 min while it lasts',
    })
    desk.publish(START + 50 * MINUTE_MS, { eta: START + 3 * HOUR_MS })
    expect(clock(desk, 'eta', START + HOUR_MS)).toMatchObject({ state: 'running', dueAt: START + 3 * HOUR_MS })
    desk.publish(START + 2 * HOUR_MS, {}, 'closing')
    expect(clock(desk, 'eta')).toMatchObject({ state: 'met', metAt: START + 2 * HOUR_MS, reason: 'said to be fixed' })
    expect(clock(desk, 'next-update')).toMatchObject({ state: 'off' })
  })

  it('begin anew with the next life of the issue', () => {
    const desk = open()
    desk.command('acknowledge', START + MINUTE_MS)
    desk.publish(START + 2 * MINUTE_MS, { eta: START + HOUR_MS })
    desk.command('resolve', START + HOUR_MS)
    desk.tell(event({ kind: 'reopened', severity: 'major', at: START + 2 * HOUR_MS }), START + 2 * HOUR_MS)
    expect(clock(desk, 'acknowledge')).toMatchObject({ state: 'running', startedAt: START + 2 * HOUR_MS })
    expect(clock(desk, 'first-statement')?.state).toBe('running')
    expect(clock(desk, 'eta')?.state).toBe('off')
  })

  it('last as the playbook says; null switches one off', () => {
    const desk = open(withClocks({ acknowledgeMs: 4 * MINUTE_MS, firstStatementMs: null, remindBeforeMs: null }))
    expect(clock(desk, 'acknowledge')).toMatchObject({ dueAt: START + 4 * MINUTE_MS, remindAt: null })
    expect(clock(desk, 'first-statement')).toMatchObject({ state: 'off', reason: 'switched off by the playbook' })
  })

  it('wait for somebody to acknowledge as long as the first step of the escalation, unless the playbook says how long', () => {
    const chain = [{ minSeverity: 'incident' as const, steps: [{ afterMs: 7 * MINUTE_MS, targets: ['lead'] }] }]
    expect(clock(open(), 'acknowledge', START, chain)?.dueAt).toBe(START + 7 * MINUTE_MS)
    const told = open(withClocks({ acknowledgeMs: 9 * MINUTE_MS }))
    expect(clock(told, 'acknowledge', START, chain)?.dueAt).toBe(START + 9 * MINUTE_MS)
  })

  it('remind in the second half of what is left, where that is short', () => {
    const desk = open(withClocks({ acknowledgeMs: 4 * MINUTE_MS }))
    expect(clock(desk, 'acknowledge')?.remindAt).toBe(START + 2 * MINUTE_MS)
  })

  it('count the wait for an answer from the oldest complaint, or from the call, where answers are seen', () => {
    const desk = open()
    const standing = { complaints: 9, unanswered: 9, oldestUnansweredAt: START - 5 * HOUR_MS }
    desk.standing(standing)
    expect(clock(desk, 'unanswered')).toMatchObject({ state: 'off', reason: 'no answers are seen' })
    const brandThatAnswersNobody = open()
    brandThatAnswersNobody.knowAccounts()
    brandThatAnswersNobody.standing(standing)
    expect(clock(brandThatAnswersNobody, 'unanswered')).toMatchObject({ state: 'running', dueAt: START + 2 * HOUR_MS })
    desk.standing({ ...standing, unanswered: 8 })
    const waiting = { state: 'running', dueAt: START + 2 * HOUR_MS, reason: '8 complaints wait for an answer' }
    expect(clock(desk, 'unanswered')).toMatchObject(waiting)
    desk.tell(
      event({ kind: 'grew', severity: 'major', at: START + 1, evidence: evidence({ unanswered: 1 }) }),
      START + 1,
    )
    desk.standing({ ...standing, oldestUnansweredAt: START + HOUR_MS })
    expect(clock(desk, 'unanswered')).toMatchObject({ state: 'running', dueAt: START + 3 * HOUR_MS })
    desk.standing({ complaints: 9, unanswered: 0, oldestUnansweredAt: null })
    expect(clock(desk, 'unanswered')).toMatchObject({ state: 'off', reason: 'every complaint has an answer' })
  })
})
