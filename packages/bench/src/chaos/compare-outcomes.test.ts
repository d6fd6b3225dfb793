import { describe, expect, it } from 'vitest'
import { compareOutcomes, describeDifferences } from './compare-outcomes.ts'

const line = (id: string, more: object = {}) => JSON.stringify({ brand: 'b', id, ...more })

describe('comparing outcomes', () => {
  it('finds nothing where every line is the same', () => {
    const outcome = { alerts: [line('1'), line('2')], issues: [] }
    expect(compareOutcomes(outcome, { alerts: [line('1'), line('2')], issues: [] })).toEqual([])
  })

  it('tells what is lost, what is extra, also a second time, and what is in another order', () => {
    const expected = { alerts: [line('1'), line('2')], issues: [line('3')], mentions: [line('4'), line('5')] }
    const found = { alerts: [line('1'), line('1')], issues: [line('3')], mentions: [line('5'), line('4')] }
    expect(compareOutcomes(expected, found)).toEqual([
      { kind: 'alerts', lost: [line('2')], extra: [line('1')], reordered: false },
      { kind: 'mentions', lost: [], extra: [], reordered: true },
    ])
  })

  it('shows where a row that is there on both sides changed', () => {
    const differences = compareOutcomes(
      { issues: [line('1', { at: { x: 1 } })] },
      { issues: [line('1', { at: { x: 2 } })] },
    )
    expect(describeDifferences(differences)).toBe('issues: 1 changed, 0 lost, 0 extra\n  b 1  at.x: 1 → 2')
  })
})
