import * as fc from 'fast-check'
import { HOUR_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { type BacktestReport, renderReportPage } from '../index.ts'

const START = Date.parse('2026-03-01T00:00:00Z')

const reportWith = (text: string): BacktestReport => ({
  settingsDigest: 'abc',
  firstMs: START,
  lastMs: START + 4 * HOUR_MS,
  mentions: 12,
  complaints: 6,
  duplicates: 1,
  late: 0,
  refused: 0,
  alerts: 1,
  pages: 1,
  brands: [
    {
      brand: text,
      mentions: 12,
      complaints: 6,
      people: 9,
      issues: 1,
      pages: 1,
      held: 0,
      series: {
        startMs: START,
        stepMs: HOUR_MS,
        mentions: [1, 2, 8, 1],
        complaints: [0, 1, 5, 0],
        expected: [null, 1, 1.2, 1.1],
      },
    },
  ],
  issues: [
    {
      issueId: 'is_1',
      brand: text,
      label: text,
      terms: [text],
      issueType: null,
      severity: 'major',
      authenticity: 'uncertain',
      state: 'calm',
      sinceMs: START + HOUR_MS,
      openedMs: START + 2 * HOUR_MS,
      lastMs: START + 3 * HOUR_MS,
      observed: 5,
      expected: 0.4,
      windowMs: HOUR_MS,
      tailProbability: 1e-7,
      mentions: 6,
      people: 5,
      page: true,
      pageReason: text,
      reasons: [text],
      excerpts: [{ atMs: START, source: text, text, url: `javascript:${text}` }],
    },
  ],
})

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

  it('says so when there was nothing', () => {
    expect(renderReportPage({ ...reportWith('a'), issues: [] })).toContain('No issue')
  })
})
