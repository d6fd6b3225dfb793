import { DAY_MS, HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { spanInWords } from './span-in-words.ts'

describe('a span in words', () => {
  it.each([
    [0, '0 s'],
    [59_400, '59 s'],
    [MINUTE_MS, '1 min'],
    [HOUR_MS - 1, '1 h'],
    [HOUR_MS + 5 * MINUTE_MS, '1 h 5 min'],
    [2 * DAY_MS + 30_000, '2 d'],
    [DAY_MS + 61 * MINUTE_MS, '1 d 1 h'],
    [DAY_MS + 5 * MINUTE_MS, '1 d'],
  ])('tell %i ms as %s', (ms, expected) => expect(spanInWords(ms)).toBe(expected))
})
