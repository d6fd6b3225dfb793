import { HOUR_MS } from '@outcry/contracts'
import type { BacktestReport } from '../src/index.ts'

const START = Date.parse('2026-03-01T00:00:00Z')

/** A report of one brand and one issue, with `text` wherever the world can put text. */
export const reportWith = (text: string): BacktestReport => ({
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
