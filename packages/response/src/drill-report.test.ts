import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drillMarkdown } from './drill-markdown.ts'
import { type DrilledIssue, drillReport } from './drill-report.ts'

const BEGUN = Date.UTC(2026, 10, 29, 12)
const MINUTE = 60_000
const at = (minutes: number) => BEGUN + minutes * MINUTE
const said = (channel: string, minutes: number) => ({ channel, at: at(minutes), by: 'mira' })
const drill = { begunAt: BEGUN, expect: 'page' as const }

const drilled: DrilledIssue = {
  id: 'i1',
  label: 'checkout hangs | *now*',
  severity: 'major',
  people: 12,
  complaints: { all: 14, unanswered: 3 },
  since: at(-20),
  openedAt: at(-1),
  isMerged: false,
  dues: { acknowledge: at(16), 'first-statement': at(31), resolve: null },
  timeline: [
    { at: at(1), kind: 'opened', body: { page: true } },
    { at: at(18), kind: 'updated', body: { reason: 'acknowledged' } },
    { at: at(61), kind: 'resolved', body: { reason: 'person' } },
  ],
  statements: [
    { kind: 'brief', facts: {}, publications: [said('#desk', 5)] },
    { kind: 'holding', facts: { eta: at(40) }, publications: [said('x', 20), said('status page', 22)] },
    { kind: 'update', facts: { nextUpdate: at(60) }, publications: [said('x', 50)] },
    { kind: 'closing', facts: {}, publications: [said('x', 65)] },
  ],
  targets: [{ target: 'pager', at: at(2) }],
}

describe('the report of a drill', () => {
  it('tells each step, by when it was wanted, and what is still owed', () => {
    const { issues, passed } = drillReport(drill, [drilled], at(70))
    expect(passed).toBe(true)
    const rows = issues[0]!.steps.map(({ step, where, at: done, due }) => [
      where === null ? step : `${step} ${where}`,
      done === null ? null : (done - BEGUN) / MINUTE,
      due === null ? null : (due - BEGUN) / MINUTE,
    ])
    expect(rows).toEqual([
      ['detected', 1, null],
      ['paged', 1, null],
      ['heard pager', 2, null],
      ['acknowledged', 18, 16],
      ['briefed', 5, null],
      ['announced', 20, 31],
      ['promised', 20, null],
      ['kept', 50, 40],
      ['promised', 50, null],
      ['kept', 61, 60],
      ['resolved', 61, null],
      ['thanked x', 65, null],
      ['thanked status page', null, null],
    ])
  })

  it('is passed by silence where nobody was to be paged', () => {
    expect(drillReport({ ...drill, expect: 'quiet' }, [], at(70))).toMatchObject({ passed: true, issues: [] })
    expect(drillReport(drill, [], at(70)).passed).toBe(false)
    expect(drillReport({ ...drill, expect: 'quiet' }, [drilled], at(70)).passed).toBe(false)
  })

  it('has not failed before its alert is due', () => {
    const asked = (expects: 'page' | 'quiet', minutes: number) =>
      drillReport({ ...drill, expect: expects }, [], at(minutes)).passed
    expect([0, 1.9, 2].map((minutes) => asked('page', minutes))).toEqual([null, null, false])
    expect([0, 1.9, 2].map((minutes) => asked('quiet', minutes))).toEqual([null, null, true])
    expect(drillReport({ ...drill, expect: 'quiet' }, [drilled], at(1)).passed).toBe(false)
    expect(drillMarkdown({ id: 'd1', brand: 'acme', title: 'Checkout' }, drillReport(drill, [], at(1)))).toContain(
      'Its alert was not due yet.',
    )
  })

  it('leaves out what was merged, though its page counts', () => {
    const report = drillReport(drill, [{ ...drilled, isMerged: true }], at(70))
    expect(report).toMatchObject({ passed: true, issues: [] })
  })

  it('says for people what was late, with no markup out of labels', () => {
    const text = drillMarkdown({ id: 'd1', brand: 'acme', title: 'Checkout' }, drillReport(drill, [drilled], at(70)))
    expect(text).toContain(String.raw`## checkout hangs \| \*now\*`)
    expect(text).toContain('major, 12 people, 14 complaints, 3 unanswered.')
    expect(text).toContain('| Acknowledged | 17 min 00 s | 15 min 00 s | **late** |')
    expect(text).toContain('| First word to the public | 19 min 00 s | 30 min 00 s |  |')
    expect(text).toContain('| Thanked on status page | not yet |  |  |')
  })

  it('never keeps a promise before it was made, whatever was said when', () => {
    const statement = fc.record({
      kind: fc.constantFrom('holding' as const, 'update' as const, 'closing' as const, 'brief' as const),
      facts: fc.record({ eta: fc.integer({ min: 0, max: 200 }).map(at) }),
      publications: fc.array(
        fc.tuple(fc.constantFrom('x', 'mail'), fc.nat(200)).map(([channel, minutes]) => said(channel, minutes)),
        { maxLength: 3 },
      ),
    })
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 6 }), (statements) => {
        const { steps } = drillReport(drill, [{ ...drilled, statements }], at(300)).issues[0]!
        const promises = steps.filter(({ step }) => step === 'promised' || step === 'kept')
        const broken = promises.filter(({ step, at: done }, place) => {
          const made = promises[place - 1]?.at
          return step === 'kept' && done !== null && (made === null || made === undefined || done <= made)
        })
        expect(broken).toEqual([])
      }),
    )
  })
})
