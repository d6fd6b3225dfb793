import { describe, expect, it } from 'vitest'
import { secretMatches } from './secret-matches.ts'

describe('a secret that is sent as it is', () => {
  it('matches only itself, and never where it is empty or absent', () => {
    expect(secretMatches(['a', 'b'], 'b')).toBe(true)
    expect(secretMatches(['a', 'b'], 'c')).toBe(false)
    expect(secretMatches([''], '')).toBe(false)
    expect(secretMatches([''], undefined)).toBe(false)
    expect(secretMatches([], 'a')).toBe(false)
  })
})
