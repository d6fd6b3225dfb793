import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportWith } from '../../test/small-report.ts'
import { renderReportPage } from '../index.ts'

const HOSTILE = `<script>alert(1)</script>"><img src=x onerror=alert(1)>' onload='x \u202Egnp.exe\u0000`

/** Tags of the page by name, as a browser would open them. */
const tags = (page: string): string[] =>
  [...page.matchAll(/<([a-z0-9]+)[\s>]/gi)].map(([, name]) => name!.toLowerCase())

describe('renderReportPage', () => {
  it('shows hostile text as text wherever it appears', () => {
    const page = renderReportPage(reportWith(HOSTILE))
    expect(page).not.toMatch(/<script|<img/i)
    expect(page).not.toContain('javascript:')
    for (const hidden of ['\u0000', '\u202E']) expect(page).not.toContain(hidden)
    expect(page).toContain('&lt;script&gt;alert(1)')
  })

  it('has the same tags whatever the texts are', () => {
    const plain = tags(renderReportPage(reportWith('late orders')))
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        expect(tags(renderReportPage(reportWith(text)))).toEqual(plain)
      }),
    )
  })

  it('loads nothing and runs nothing', () => {
    const page = renderReportPage(reportWith('late orders'))
    expect(page).not.toMatch(/\ssrc=|<link|@import|url\(|\son[a-z]+=/i)
    expect(page).toContain("default-src 'none'")
  })

  it('says in words what was counted, what was expected and why it paged', () => {
    const page = renderReportPage(reportWith('late orders'))
    expect(page).toContain('5 people in 60 min, 0.40 expected')
    expect(page).toContain('2026-03-01 02:00')
    expect(page).toMatch(/<strong>page<\/strong>/)
  })

  it('shows what the budget allowed, what was achieved, and what was held with its worth and reason', () => {
    const report = reportWith('late orders')
    const held = {
      ...report.issues[1]!,
      pageReason:
        'held: 1 of 3 pages this week is left and kept for graver or surer issues; this one pages if it becomes major',
    }
    const page = renderReportPage({
      ...report,
      issues: [report.issues[0]!, held, { ...held, label: 'more', worth: 2.2 }],
    })
    expect(page).toMatch(/1 pages a week where 3 are allowed/)
    const table = page.slice(page.indexOf('Table of held issues'), page.indexOf('Nearly alerts'))
    expect(table.match(/<strong>[^<]*/g)).toEqual(['<strong>more', '<strong>late orders'])
    expect(table).toContain(
      'held: 1 of 3 pages this week is left and kept for graver or surer issues; this one pages if it becomes major',
    )
  })

  it('says so when there was nothing', () => {
    expect(renderReportPage({ ...reportWith('a'), issues: [] })).toContain('No issue')
  })
})
