import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { placeLabels } from './place-labels.ts'

const ROOM = { left: 40, right: 600, rows: 4 }

it('puts a label beside its line, and under one that stands there', () => {
  expect(
    placeLabels(
      [
        { x: 100, width: 60 },
        { x: 110, width: 60 },
        { x: 300, width: 60 },
        { x: 590, width: 60 },
      ],
      ROOM,
    ),
  ).toEqual([
    { x: 106, row: 0 },
    { x: 116, row: 1 },
    { x: 306, row: 0 },
    { x: 540, row: 0 },
  ])
})

it('lets no label lie over another or leave the chart', () => {
  const label = fc.record({ x: fc.integer({ min: 40, max: 600 }), width: fc.integer({ min: 1, max: 300 }) })
  fc.assert(
    fc.property(fc.array(label, { maxLength: 20 }), (unsorted) => {
      const labels = unsorted.toSorted((a, b) => a.x - b.x)
      const placed = placeLabels(labels, ROOM).flatMap((each, n) =>
        each ? [{ ...each, width: labels[n]!.width }] : [],
      )
      expect(placed.length).toBeGreaterThanOrEqual(Math.min(labels.length, ROOM.rows))
      for (const [n, one] of placed.entries()) {
        expect(one.x).toBeGreaterThanOrEqual(ROOM.left)
        expect(one.x + one.width).toBeLessThanOrEqual(ROOM.right)
        for (const other of placed.slice(n + 1))
          expect(one.row !== other.row || one.x + one.width <= other.x || other.x + other.width <= one.x).toBe(true)
      }
    }),
  )
})
