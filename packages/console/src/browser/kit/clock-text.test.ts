import { describe, expect, it } from 'vitest'
import type { Clock } from '../views/clock.ts'
import { clockState, leftText } from './clock-text.ts'

const NOW = Date.UTC(2026, 10, 2, 9)
const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString()
const clock = (changes: Partial<Clock>): Clock => ({
  name: 'eta',
  state: 'running',
  startedAt: at(-30),
  dueAt: at(12),
  remindAt: at(7),
  metAt: null,
  reason: '',
  ...changes,
})

describe('a clock as it is read', () => {
  it('goes on by itself, whatever the last reading said', () => {
    const later = (minutes: number) => clockState(clock({}), NOW + minutes * 60_000)
    expect([0, 6, 7, 11, 12].map(later)).toEqual(['running', 'running', 'due-soon', 'due-soon', 'overdue'])
    expect(clockState(clock({ remindAt: null }), NOW + 11 * 60_000)).toBe('running')
    expect(clockState(clock({ state: 'met', metAt: at(-1) }), NOW + 60 * 60_000)).toBe('met')
  })

  it('says how long is left, or was missed', () => {
    expect(leftText(clock({}), NOW)).toBe('in 12 min')
    expect(leftText(clock({}), NOW + 20 * 60_000)).toBe('8 min ago')
    expect(leftText(clock({ metAt: at(5) }), NOW)).toBe('in time')
    expect(leftText(clock({ metAt: at(20) }), NOW)).toBe('8 min late')
  })
})
