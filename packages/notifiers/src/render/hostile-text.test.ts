import { plainText, withoutHandles } from '@outcry/contracts'
import { safeLink } from './safe-link.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutText } from './cut-text.ts'

describe('text from the world', () => {
  it('loses what hides, turns or breaks it', () => {
    expect(plainText('a\u0000b\u202ec\r\nd\u2028e\u200bf')).toBe('a b c d e f')
    expect(plainText('e\u0301')).toBe('é')
  })

  it('loses handles and mail addresses, and nothing else', () => {
    expect(withoutHandles('@jane_d and jo.smith@mail.example say: refund @ noon, 5@€3')).toBe(
      '@… and @… say: refund @ noon, 5@€3',
    )
    expect(withoutHandles('see https://social.example/@jane/1')).toBe('see https://social.example/@jane/1')
  })

  it('is handled in time linear in its length', () => {
    const started = performance.now()
    for (const text of ['a.'.repeat(50_000), `${'a'.repeat(50_000)}@`, '@'.repeat(100_000)]) withoutHandles(text)
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  it('is cut to the length allowed, within characters, and says so', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, max) => {
        const cut = cutText(text, max)
        expect(cut.length).toBeLessThanOrEqual(max)
        expect(cut.isWellFormed()).toBe(true)
        expect(cut === text || cut.endsWith('…')).toBe(true)
      }),
    )
  })

  it('gives links that are safe to follow only', () => {
    expect(safeLink('https://posts.example/1?a=b')).toBe('https://posts.example/1?a=b')
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      'https://u:p@x.example',
      'ftp://x.example',
      'x',
      '',
    ]) {
      expect(safeLink(url)).toBeNull()
    }
  })

  it('piles no more marks on a letter than scripts need', () => {
    expect(plainText(`Z${'\u0300\u0489'.repeat(50)}!`)).toBe(`Z${'\u0300\u0489'.repeat(3)}!`)
    expect(plainText('किताब ทั้งที่ שָׁלוֹם')).toBe('किताब ทั้งที่ שָׁלוֹם'.normalize('NFC'))
  })
})
