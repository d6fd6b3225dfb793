import { DAY_MS } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullJitterMs } from './full-jitter.ts'
import { retryAfterMs } from './retry-after.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const wait = (status: number, headers: Record<string, string>) => retryAfterMs(status, new Headers(headers), NOW)

describe('how long a platform asks to wait', () => {
  it('reads Retry-After in seconds and as an HTTP date', () => {
    expect(wait(429, { 'Retry-After': '12' })).toBe(12_000)
    expect(wait(503, { 'Retry-After': '0.5' })).toBe(500)
    expect(wait(503, { 'Retry-After': 'Sun, 22 Nov 2026 12:00:30 GMT' })).toBe(30_000)
    expect(wait(429, { 'Retry-After': 'Sun, 22 Nov 2026 11:00:00 GMT' })).toBe(0)
  })

  it('reads the reset headers of the platforms: epoch seconds and milliseconds, seconds left, ISO 8601', () => {
    expect(wait(429, { 'x-rate-limit-reset': String(NOW / 1_000 + 40) })).toBe(40_000)
    expect(wait(429, { 'x-ratelimit-reset': String(NOW + 40_000) })).toBe(40_000)
    expect(wait(429, { 'X-Ratelimit-Reset': '40.2' })).toBe(40_200)
    expect(wait(429, { 'X-RateLimit-Reset': '2026-11-22T12:00:40.000Z' })).toBe(40_000)
  })

  it('minds a reset only when refused or when nothing remains', () => {
    const reset = { 'x-ratelimit-reset': '60' }
    expect(wait(200, { ...reset, 'x-ratelimit-remaining': '17.0' })).toBeNull()
    expect(wait(200, { ...reset, 'x-ratelimit-remaining': '0.0' })).toBe(60_000)
    expect(wait(404, reset)).toBeNull()
  })

  it('asks for nothing where the headers make no sense, and never for more than a day', () => {
    expect(wait(429, { 'retry-after': 'soon', 'x-ratelimit-reset': 'later' })).toBeNull()
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.string()), (value) => {
        const printable = String(value).replaceAll(/[^\x20-\x7e]/g, '')
        const asked = wait(429, { 'retry-after': printable }) ?? wait(429, { 'x-ratelimit-reset': printable }) ?? 0
        expect(asked).toBeGreaterThanOrEqual(0)
        expect(asked).toBeLessThanOrEqual(DAY_MS)
      }),
    )
  })
})

describe('full jitter', () => {
  it('stays between 0 and a bound that doubles up to its cap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const waitMs = fullJitterMs(attempt, { baseMs: 500, capMs: 30_000 }, () => random)
          expect(waitMs).toBeGreaterThanOrEqual(0)
          expect(waitMs).toBeLessThan(Math.min(30_000, 500 * 2 ** (attempt - 1)) + 1)
        },
      ),
    )
  })
})
