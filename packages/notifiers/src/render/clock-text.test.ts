import { HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { alert, AT, issueNotice } from '../../test/notices.ts'
import { clockText } from './clock-text.ts'
import { noticeFacts } from './notice-facts.ts'
import { noticeHeadline } from './notice-headline.ts'
import { noticeSummary } from './notice-text.ts'

const due = (afterMs: number) =>
  alert({ kind: 'updated', page: false, reason: 'due', clock: { name: 'first-statement', dueAt: AT + afterMs } })
const overdue = (beforeMs: number) =>
  alert({ kind: 'escalated', reason: 'overdue', clock: { name: 'eta', dueAt: AT - beforeMs } })

describe('a clock in a message', () => {
  it.each([
    [5 * MINUTE_MS, 'First public statement is due in 5 min (09:05 UTC)'],
    [20_000, 'First public statement is due in 1 min (09:00 UTC)'],
    [3 * HOUR_MS, 'First public statement is due in 3 h (12:00 UTC)'],
    [30 * HOUR_MS, 'First public statement is due in 30 h (2026-11-03 15:00 UTC)'],
  ])('says what is owed and by when, %i ms before', (afterMs, text) => {
    expect(clockText(due(afterMs))).toBe(text)
  })

  it('says what was owed and when, afterwards', () => {
    expect(clockText(overdue(5_000))).toBe('Promised fix was due at 08:59 UTC')
    expect(clockText(overdue(24 * HOUR_MS))).toBe('Promised fix was due at 2026-11-01 09:00 UTC')
    expect(clockText(alert())).toBeNull()
  })

  it('comes first, once, so that a phone that cuts the line still shows it', () => {
    const notice = issueNotice({ alert: due(5 * MINUTE_MS) })
    const owed = 'First public statement is due in 5 min (09:05 UTC)'
    const summary = `${owed}: Acme Shop: checkout hangs after paying - 22 people in 1 h, 0.7 expected, 37 so far, major`
    expect(noticeSummary(notice, 500)).toBe(summary)
    expect(noticeHeadline(notice, 500)).toBe(summary)
    expect(noticeHeadline(issueNotice(), 500)).toMatch(/^Opened: Acme Shop: /)
    expect(noticeFacts(notice)[0]).toEqual({ name: 'State', value: owed })
    const drill = issueNotice({ alert: { ...overdue(0), drill: true } })
    expect(noticeSummary(drill, 500)).toMatch(/^DRILL Promised fix was due at 09:00 UTC: Acme Shop: /)
  })
})
