import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { htmlToText } from './html-to-text.ts'

describe('text of HTML', () => {
  it('keeps words, line ends and what only looks like a tag', () => {
    expect(htmlToText('<p>a<br/>b</p><ul><li>c</li></ul>3 < 4 && 5 > 2')).toBe('a\nb\nc\n3 < 4 && 5 > 2')
  })

  it('drops scripts, styles, comments and attributes, closed or not', () => {
    expect(
      htmlToText('a<script>alert(1)</script>b<style>x{}</style>c<!-- d -->e<img src=x onerror="f">g<script>h'),
    ).toBe('a b c eg')
  })

  it('decodes entities once, and none that are no characters', () => {
    expect(htmlToText('&amp;lt; &#x1F600; &#39; &unknown; &#xD800; &#0;x')).toBe("&lt; \u{1F600} ' &unknown;  x")
  })

  it('knows the letters of Western Europe by name, capitals apart', () => {
    expect(htmlToText('M&uuml;ller &Uuml;ber &eacute;t&eacute; &szlig; &yuml; Bestell&shy;ung &half; &frac12;')).toBe(
      'Müller Über été ß ÿ Bestellung &half; ½',
    )
  })

  it('leaves text without markup as it is', () => {
    const plain = fc.string().filter((text) => !/[<>&\s]/.test(text))
    fc.assert(fc.property(plain, (text) => htmlToText(text) === text))
    expect(htmlToText('plain')).toBe('plain')
  })

  it('takes time in proportion to hostile input', () => {
    const startedAt = performance.now()
    for (const hostile of ['<script ', '<!--', '<p', '&#', '<a '.repeat(3), ' ', '\n ', '<script>', '&amp'])
      htmlToText(hostile.repeat(20_000))
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })
})
