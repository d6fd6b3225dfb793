import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeHtml } from '@outcry/contracts'
import { cutEscaped, escapeMarkdown, escapeSlack } from './escape-text.ts'

describe('escaped text', () => {
  it.each([
    ['markdown', escapeMarkdown, '[a](b) @all <@1>', String.raw`\[a\]\(b\) \@all \<\@1\>`],
    ['slack', escapeSlack, '<!channel> & co', '&lt;!channel&gt; &amp; co'],
    ['html', escapeHtml, `<b onclick='x' a="y">`, '&lt;b onclick=&#39;x&#39; a=&quot;y&quot;&gt;'],
  ])('means only itself in %s', (_name, escape, text, escaped) => {
    expect(escape(text)).toBe(escaped)
  })

  it('is cut within the length allowed, never inside an escape', () => {
    const unescape = (text: string) => text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, '.')
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('&', '<', 'a', '😀', ' ') }), fc.nat(60), (text, max) => {
        const cut = cutEscaped(text, max, escapeHtml)
        expect(cut.length).toBeLessThanOrEqual(max)
        expect(unescape(cut)).not.toContain('&')
        expect(escapeHtml(text).length > max || cut === escapeHtml(text)).toBe(true)
      }),
    )
  })
})
