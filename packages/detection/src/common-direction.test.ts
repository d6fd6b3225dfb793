import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CommonDirection } from './common-direction.ts'

const SLOTS = 4
const FEATURES = 6

type Direction = readonly number[]
const dot = (a: Direction, b: Direction): number => a.reduce((sum, value, at) => sum + value * b[at]!, 0)
const unit = fc
  .array(fc.integer({ min: 1, max: 9 }), { minLength: FEATURES, maxLength: FEATURES })
  .map((values) => values.map((value) => value / Math.hypot(...values)))

describe('CommonDirection', () => {
  it('is the sum of all directions, each as often as it has mentions', () => {
    const slots = fc.array(fc.tuple(unit, fc.integer({ min: 1, max: 30 })), { minLength: SLOTS, maxLength: SLOTS })
    fc.assert(
      fc.property(slots, unit, (known, text) => {
        const sum = text.map((_, at) => known.reduce((total, [direction, often]) => total + direction[at]! * often, 0))
        const common = new CommonDirection(SLOTS)
        known.forEach(([, mentions], slot) => common.count(slot, mentions))
        common.retake(known.map(([direction, mentions], slot) => ({ slot, mentions, product: dot(direction, sum) })))
        known.forEach(([direction], slot) =>
          expect(common.of(slot)).toBeCloseTo(dot(direction, sum) / Math.hypot(...sum), 9),
        )
        const products = Float64Array.from(known, ([direction]) => dot(direction, text))
        expect(common.meet(products, SLOTS)).toBeCloseTo(dot(text, sum) / Math.hypot(...sum), 9)
        const after = sum.map((value, at) => value + text[at]!)
        expect(common.square).toBeCloseTo(dot(after, after), 6)
      }),
    )
  })

  it('has nothing in common with the first text', () => {
    expect(new CommonDirection(SLOTS).meet(new Float64Array(SLOTS), 0)).toBe(0)
  })
})
