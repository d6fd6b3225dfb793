import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chartSignature, chartUrl, isChartSignature } from './chart-link.ts'

const KEY = new Uint8Array(32).fill(7)
const time = fc.integer({ min: 0, max: Date.UTC(2100, 0) })
const link = fc.record({ issueId: fc.string({ unit: 'binary', minLength: 1 }), atMs: time, expiresAtMs: time })

describe('a signed chart link', () => {
  it('is known again, and not when issue, time, expiry, signature or key is another', () => {
    fc.assert(
      fc.property(link, link, fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(42), (made, other, key, at) => {
        fc.pre(Buffer.compare(key, KEY) !== 0)
        const signature = chartSignature(KEY, made)
        expect(isChartSignature(KEY, made, signature)).toBe(true)
        for (const field of ['issueId', 'atMs', 'expiresAtMs'] as const) {
          const changed = { ...made, [field]: other[field] }
          expect(isChartSignature(KEY, changed, signature)).toBe(made[field] === other[field])
        }
        const flipped = signature.slice(0, at) + (signature[at] === 'A' ? 'B' : 'A') + signature.slice(at + 1)
        for (const wrong of [flipped, '', signature.slice(1), `${signature}A`, 'é'.repeat(43)])
          expect(isChartSignature(KEY, made, wrong)).toBe(false)
        expect(isChartSignature(key, made, signature)).toBe(false)
      }),
    )
  })

  it('carries all of it in an address that any tool can follow', () => {
    const made = { issueId: 'is 1/../é', atMs: 0, expiresAtMs: 1_000 }
    const url = new URL(chartUrl('https://outcry.example/base', KEY, made))
    expect(url.pathname).toBe('/base/api/v1/charts/is%201%2F..%2F%C3%A9.png')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      expires: '1970-01-01T00:00:01.000Z',
      signature: chartSignature(KEY, made),
    })
    expect(url.href).toMatch(/^[!-~]+$/)
  })
})
