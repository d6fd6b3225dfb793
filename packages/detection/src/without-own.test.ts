import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutOwn } from './without-own.ts'

const WIDTH = 4
type Vector = readonly number[]
const dot = (a: Vector, b: Vector): number => a.reduce((sum, value, at) => sum + value * b[at]!, 0)
const unit = (vector: Vector): Vector => vector.map((value) => value / Math.sqrt(dot(vector, vector)))
const sumOf = (vectors: readonly Vector[]): Vector =>
  vectors.reduce(
    (sum, vector) => sum.map((value, at) => value + vector[at]!),
    Array.from({ length: WIDTH }, () => 0),
  )

const unitVector = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: WIDTH, maxLength: WIDTH })
  .filter((vector) => vector.some((value) => value > 0))
  .map(unit)

describe('withoutOwn', () => {
  it('gives each member its cosine with the middle of the others, and leaves the rest as they are', () => {
    const given = fc.tuple(fc.array(unitVector, { minLength: 2, maxLength: 8 }), unitVector)
    fc.assert(
      fc.property(given, ([members, other]) => {
        const middle = unit(sumOf(members))
        const cosines = Float64Array.from([...members, other], (vector) => dot(vector, middle))
        withoutOwn(
          cosines,
          members.map((_, at) => at),
        )
        members.forEach((vector, at) => {
          const others = sumOf(members.filter((_, which) => which !== at))
          expect(cosines[at]).toBeCloseTo(dot(vector, unit(others)), 9)
        })
        expect(cosines[members.length]).toBe(dot(other, middle))
      }),
    )
  })

  it('finds nobody beside one who is alone', () => {
    const cosines = Float64Array.from([0.2, 1])
    withoutOwn(cosines, [1])
    expect([...cosines]).toEqual([0.2, 0])
  })
})
