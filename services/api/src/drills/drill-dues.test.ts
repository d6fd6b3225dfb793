import { emptyPlaybook, MINUTE_MS, type Playbook } from '@outcry/contracts'
import type { IssueView } from '@outcry/engine'
import { describe, expect, it } from 'vitest'
import { issueOf } from '../../test/burning-day.ts'
import { drillDue } from './drill-dues.ts'

const CALLED = Date.UTC(2026, 10, 29, 12)
const at = (minutes: number) => CALLED + minutes * MINUTE_MS
const within = (issueType: string, minutes: number): Playbook => ({
  ...emptyPlaybook(issueType),
  clocks: { acknowledgeMs: minutes * MINUTE_MS },
})
const drilled = (over: Partial<IssueView> = {}): IssueView =>
  issueOf(
    { id: 'i1', brand: 'acme#drill-1', label: 'checkout hangs', severity: 'major', ageMs: 0, people: 9 },
    CALLED,
    {
      calledAt: CALLED,
      ...over,
    },
  )
const payment = { id: 'payment', label: 'Payment', by: 'mira', reason: '', confidence: 1, at: at(12), teaches: true }
const given = {
  issue: drilled(),
  timeline: [],
  statements: [],
  playbooks: [within('payment', 5), within('*', 15)],
  chains: [],
  nowMs: at(20),
}

describe('when a step of a drill is due', () => {
  it('is counted from when people are called, and not where nobody is', () => {
    expect(drillDue('acknowledge', null, given)).toBe(at(15))
    expect(drillDue('first-statement', null, given)).toBe(at(30))
    expect(drillDue('acknowledge', null, { ...given, issue: drilled({ calledAt: null }) })).toBeNull()
    expect(drillDue('acknowledge', null, { ...given, issue: drilled({ state: 'merged' }) })).toBeNull()
  })

  it('stays as it was when the step was done, whatever type the issue is given later', () => {
    const timeline = [{ at: at(12), kind: 'retyped', body: { issueType: 'payment', before: null } }]
    const typed = { ...given, timeline }
    const acknowledged = { by: 'mira', at: at(10) }
    expect(drillDue('acknowledge', at(10), { ...typed, issue: drilled({ type: payment, acknowledged }) })).toBe(at(15))
    expect(drillDue('acknowledge', null, { ...typed, issue: drilled({ type: payment }) })).toBe(at(5))
  })

  it('is none of a step that was done before its clock began', () => {
    expect(drillDue('acknowledge', at(-1), given)).toBeNull()
  })

  it('is what the escalation says where the playbook says nothing', () => {
    const chains = [{ minSeverity: 'major' as const, steps: [{ afterMs: 7 * MINUTE_MS, targets: ['lead'] }] }]
    expect(drillDue('acknowledge', null, { ...given, playbooks: [], chains })).toBe(at(7))
  })
})
