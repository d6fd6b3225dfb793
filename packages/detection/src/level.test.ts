import { describe, expect, it } from 'vitest'
import { Level } from './level.ts'

const after = (hours: number, expected: number, seen: (hour: number) => number): Level => {
  const level = new Level()
  for (let hour = 0; hour < hours; hour++) level.learn(seen(hour), expected)
  return level
}

describe('the level of a rate', () => {
  it('follows within a day what lasts, and comes back when it ends', () => {
    const risen = after(30, 5, () => 20)
    expect(risen.factor).toBeGreaterThan(3)
    for (let hour = 0; hour < 72; hour++) risen.learn(5, 5)
    expect(risen.factor).toBeLessThan(1.2)
  })

  it('is 1 for a rate that keeps to its clock, is below it or had one busy hour', () => {
    expect(after(50, 5, (hour) => (hour % 2 === 0 ? 3 : 7)).factor).toBe(1)
    expect(after(50, 5, () => 0).factor).toBe(1)
    expect(after(50, 5, (hour) => (hour === 40 ? 15 : 5)).factor).toBeLessThan(1.1)
  })

  it('goes on from a snapshot', () => {
    const level = after(9, 2, (hour) => hour)
    expect(Level.unpack(level.pack()).factor).toBe(level.factor)
  })
})
