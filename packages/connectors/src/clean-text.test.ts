import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText } from './clean-text.ts'
import { cleanUrl } from './clean-url.ts'

describe('clean text', () => {
  it('is composed, without control characters and marks that hide or turn text', () => {
    expect(cleanText('  cafe\u0301\u0000 \u202Eevil\u202C\u200B\r\nnew\tline\u0007 ')).toBe('café evil\nnew\tline')
  })

  it('keeps what joins letters and emoji', () => {
    for (const text of ['👩‍👩‍👧', 'می‌خواهم', 'ไม่ได้ 注文 😡']) expect(cleanText(text)).toBe(text)
  })

  it('is never too long, never half a character, and the same when cleaned again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 30 }), (text, maxChars) => {
        const cleaned = cleanText(text, maxChars)
        expect(cleaned.length).toBeLessThanOrEqual(maxChars)
        expect(cleaned.isWellFormed()).toBe(true)
        expect(cleanText(cleaned, maxChars)).toBe(cleaned)
      }),
    )
  })
})

describe('clean addresses', () => {
  it('are http or https and nothing that runs or breaks out', () => {
    expect(cleanUrl('https://x.example/a?b=c#d')).toBe('https://x.example/a?b=c#d')
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      'https://x.example/"onload="',
      'https://x y',
      `https://${'x'.repeat(3_000)}`,
    ])
      expect(cleanUrl(url)).toBeUndefined()
  })
})
