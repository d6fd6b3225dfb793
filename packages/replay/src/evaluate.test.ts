import { HOUR_MS, MINUTE_MS, WEEK_MS } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate, parseTruth, type ScoredAlert } from './index.ts'

const START = Date.parse('2026-03-01T00:00:00Z')
const truth = parseTruth({
  incidents: [
    { brand: 'acme', start: START + 10 * HOUR_MS, end: START + 11 * HOUR_MS, tier: 'major' },
    { brand: 'acme', start: '2026-03-02T00:00:00Z', end: '2026-03-02T01:00:00', tier: 'minor', scored: true },
    { brand: 'acme', start: START, end: START + HOUR_MS, scored: false },
  ],
  grey: [{ brand: 'acme', start: START + 40 * HOUR_MS, end: START + 41 * HOUR_MS }],
  promo: [{ brand: 'acme', start: START + 50 * HOUR_MS, end: START + 51 * HOUR_MS }],
  observed: [{ brand: 'acme', start: START, end: START + WEEK_MS }],
})
const opened = (atMs: number, more: Partial<ScoredAlert> = {}): ScoredAlert => ({
  kind: 'opened',
  brand: 'acme',
  page: true,
  at: START + atMs,
  ...more,
})

describe('evaluate', () => {
  it('counts an alert up to an hour after an incident as a match, and one later as false', () => {
    const figures = evaluate([opened(12 * HOUR_MS), opened(12 * HOUR_MS + 1)], truth)
    expect(figures).toMatchObject({ precision: 0.5, recall: 0.5, recallOfMajors: 1, incidentsHit: 1, f1: 0.5 })
    expect(figures.minutesToDetect).toBe(120)
    expect(figures.missed).toEqual([
      { brand: 'acme', start: START + 24 * HOUR_MS, end: START + 25 * HOUR_MS, tier: 'minor' },
    ])
  })

  it('leaves alone what lies in an incident that is not scored, outside the observed time, or of another brand', () => {
    const alerts = [opened(30 * MINUTE_MS), opened(-1), opened(WEEK_MS + 1), opened(10 * HOUR_MS, { brand: 'other' })]
    expect(evaluate(alerts, truth)).toMatchObject({ alerts: 4, counted: 0, precision: 0, recall: 0 })
  })

  it('holds an alert in a grey span against precision, but not against the lenient one', () => {
    const alerts = [opened(10 * HOUR_MS), opened(41 * HOUR_MS + 30 * MINUTE_MS)]
    expect(evaluate(alerts, truth)).toMatchObject({ precision: 0.5, precisionLenient: 1, falseAlertsPerBrandWeek: 0 })
  })

  it('counts pages of opened and escalated alerts alone', () => {
    const alerts = [
      opened(10 * HOUR_MS),
      opened(10 * HOUR_MS, { kind: 'escalated' }),
      opened(10 * HOUR_MS, { kind: 'updated' }),
      opened(10 * HOUR_MS, { page: false }),
      opened(50 * HOUR_MS, { page: false }),
    ]
    expect(evaluate(alerts, truth)).toMatchObject({
      pages: 2,
      pagesPerBrandWeek: 2,
      falsePagesPerBrandWeek: 0,
      promotionsAlerted: 1,
    })
  })

  it('does not depend on the order of alerts, and a doubled list keeps every share', () => {
    const anyAlert = fc.record({
      kind: fc.constantFrom('opened', 'escalated', 'updated', 'resolved'),
      brand: fc.constantFrom('acme', 'other'),
      page: fc.boolean(),
      at: fc.integer({ min: START - HOUR_MS, max: START + 60 * HOUR_MS }),
    }) as fc.Arbitrary<ScoredAlert>
    fc.assert(
      fc.property(fc.array(anyAlert, { maxLength: 30 }), (alerts) => {
        const figures = evaluate(alerts, truth)
        expect(evaluate(alerts.toReversed(), truth)).toEqual(figures)
        const doubled = evaluate([...alerts, ...alerts], truth)
        expect(doubled.precision).toBeCloseTo(figures.precision)
        expect(doubled.recall).toBe(figures.recall)
        expect(doubled.minutesToDetect).toBe(figures.minutesToDetect)
        expect(figures.precisionLenient).toBeGreaterThanOrEqual(figures.precision)
      }),
    )
  })
})

describe('parseTruth', () => {
  it('reads times without a zone as UTC', () => {
    expect(truth.incidents[1]).toMatchObject({ start: START + 24 * HOUR_MS, end: START + 25 * HOUR_MS })
  })

  it.each([
    ['no observed time', { incidents: [], observed: [] }, 'observed'],
    ['a time that is none', { observed: [{ brand: 'a', start: 'soon', end: 1 }] }, 'observed[0].start'],
    ['something else', [], ''],
  ])('refuses %s and names the field', (_what, value, path) => {
    expect(() => parseTruth(value)).toThrow(
      expect.objectContaining({
        code: 'TRUTH_INVALID',
        exitCode: 2,
        faults: expect.arrayContaining([expect.objectContaining({ path })]),
      }),
    )
  })
})
