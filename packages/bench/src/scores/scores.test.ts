import * as fc from 'fast-check'
import { HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import type { MadeStream } from '../made-stream/made-stream.ts'
import { scoreClassification } from './score-classification.ts'
import { scoreClusters } from './score-clusters.ts'
import { type ScorableAlert, scoreInjected, tallyInjected } from './score-injected.ts'
import { type LabelledSeries, scoreSeries } from './score-series.ts'

describe('scoreClusters', () => {
  it('gives B-cubed as by hand', () => {
    const rows = ['a', 'a', 'a', 'b'].map((label, index) => ({ label, cluster: index < 2 ? 'x' : 'y' }))
    const { precision, recall, clusters } = scoreClusters(rows)
    expect(clusters).toBe(2)
    expect(precision).toBeCloseTo((2 * 1 + 2 * 0.5) / 4)
    expect(recall).toBeCloseTo((2 * (2 / 3) + 1 / 3 + 1) / 4)
  })

  it('is perfect for the truth under any names, and takes no cluster as one alone', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5 }), { minLength: 2 }), (labels) => {
        expect(scoreClusters(labels.map((n) => ({ label: `${n}`, cluster: `c${9 - n}` }))).f1).toBeCloseTo(1)
        const alone = scoreClusters(labels.map((n) => ({ label: `${n}`, cluster: null })))
        expect([alone.precision, alone.clusters]).toEqual([expect.closeTo(1), labels.length])
      }),
    )
  })
})

describe('scoreClassification', () => {
  const row = (score: number, complaint: boolean) => ({ score, complaint })

  it('counts ties half, and asks only for the order', () => {
    const rows = [row(0.9, true), row(0.5, true), row(0.5, false), row(0.1, false)]
    expect(scoreClassification(rows)).toMatchObject({ auc: 3.5 / 4, accuracy: 0.75, f1: 0.8 })
    expect(scoreClassification([row(0.9, true)]).auc).toBeNull()
  })

  it('turns round with the scores', () => {
    const rows = fc.array(fc.record({ score: fc.nat({ max: 20 }), complaint: fc.boolean() }), { minLength: 2 })
    fc.assert(
      fc.property(rows, (given) => {
        const { auc } = scoreClassification(given)
        const turned = scoreClassification(given.map(({ score, complaint }) => row(-score, complaint))).auc
        expect((auc ?? 0.5) + (turned ?? 0.5)).toBeCloseTo(1)
      }),
    )
  })
})

describe('scoreSeries', () => {
  const rows = 1_000
  const series = (alerts: readonly number[]): LabelledSeries => ({
    times: Array.from({ length: rows }, (_, row) => row * 5 * MINUTE_MS),
    alerts: Array.from({ length: rows }, (_, row) => alerts.includes(row)),
    windows: [[400 * 5 * MINUTE_MS, 499 * 5 * MINUTE_MS]],
    labels: [450 * 5 * MINUTE_MS],
  })

  it('is 0 for silence and 100 for the very start of the window', () => {
    expect(scoreSeries([series([])]).standard).toBe(0)
    expect(scoreSeries([series([400])])).toMatchObject({ standard: 100, lowFalseNegatives: 100, windowsHit: 1 })
  })

  it('takes false alarms off, twice as much where they are held dear, and none in probation', () => {
    const before = scoreSeries([series([400, 300])])
    expect(before.standard).toBeCloseTo(100 - (100 * 0.11) / 2)
    expect(before.lowFalsePositives).toBeCloseTo(100 - (100 * 0.22) / 2)
    expect(scoreSeries([series([400, 10, 149])]).standard).toBe(100)
  })

  it('counts the best hit of a window only, and how long after the label the first was', () => {
    expect(scoreSeries([series([470, 480])])).toEqual(
      expect.objectContaining({ minutesAfterLabel: 100, standard: scoreSeries([series([470])]).standard }),
    )
  })
})

describe('scoreInjected', () => {
  const posts = Array.from({ length: 10 }, (_, n) => ({
    id: `${n}`,
    brand: 'b',
    at: n * MINUTE_MS,
    text: 't',
    author: `${n}`,
    issue: n < 8 ? 'late' : 'SPAM',
    burst: n < 8 ? 'b-0' : 'spam',
  }))
  const stream: MadeStream = {
    posts,
    truth: {
      start: 0,
      end: 24 * HOUR_MS,
      brands: ['b'],
      posts: 10,
      bursts: [{ id: 'b-0', brand: 'b', issue: 'late', start: 0, end: 7 * MINUTE_MS, minutes: 30, size: 8 }],
      hard: [{ kind: 'spam', brand: 'b', start: 8 * MINUTE_MS, end: 9 * MINUTE_MS, issue: 'late' }],
    },
  }
  const alert = (more: Partial<ScorableAlert>): ScorableAlert => ({
    kind: 'opened',
    brand: 'b',
    at: 5 * MINUTE_MS,
    page: true,
    authenticity: 'genuine',
    mentionIds: ['0', '1', '2', '9'],
    ...more,
  })
  const score = (...alerts: ScorableAlert[]) => scoreInjected([tallyInjected(stream, alerts)])

  it('finds a burst by the commonest issue of the evidence, and says how far it was', () => {
    expect(score(alert({}))).toMatchObject({ precision: 1, recall: 1, minutes: 5, posts: 6, purity: 0.75, early: 1 })
  })

  it('takes an alert long after as wrong, and a second one as neither', () => {
    expect(score(alert({ at: 38 * MINUTE_MS }))).toMatchObject({ precision: 0, recall: 0, wrongPerDay: 1 })
    expect(score(alert({}), alert({}))).toMatchObject({ precision: 1, recall: 1, again: 1 })
  })

  it('lets a coordinated wave that does not page pass, and is fooled by one that does', () => {
    const spam: Partial<ScorableAlert> = { mentionIds: ['8', '9'], at: 9 * MINUTE_MS, authenticity: 'coordinated' }
    expect(score(alert({ ...spam, page: false }))).toMatchObject({ wrongPerDay: 0 })
    const fooled = score(alert({ ...spam, page: true }))
    expect(fooled.fooled.get('spam')).toEqual({ fooled: 1, of: 1 })
  })
})
