import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RowBlocks } from './row-blocks.ts'

const ROWS = 90
const step = fc.record({ row: fc.nat({ max: ROWS - 1 }), size: fc.integer({ min: 0, max: 150 }) })

describe('RowBlocks', () => {
  it('keeps what is written in every row, wherever it is moved, and little room besides', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const cells: number[] = []
        const rows = new RowBlocks((to, from, end) => void cells.copyWithin(to, from, end))
        const sizes = new Map<number, number>()
        let most = 0
        steps.forEach(({ row, size }) => {
          if (sizes.delete(row)) rows.give(row)
          if (size === 0) return
          const start = rows.take(row, size)
          for (let at = 0; at < size; at++) cells[start + at] = row * 1_000 + at
          sizes.set(row, size)
          most = Math.max(
            most,
            [...sizes.values()].reduce((sum, each) => sum + each + 31, 0),
          )
        })
        for (const [row, size] of sizes) {
          expect(rows.fits(row, size)).toBe(true)
          const start = rows.start(row)
          expect(start + size).toBeLessThanOrEqual(rows.end)
          for (let at = 0; at < size; at++) expect(cells[start + at]).toBe(row * 1_000 + at)
        }
        // An eighth lies unused at most, and what was taken last.
        expect(rows.end).toBeLessThanOrEqual((8 / 7) * most + 160)
      }),
    )
  })
})
