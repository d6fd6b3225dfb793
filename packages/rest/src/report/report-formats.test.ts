import { isoTime } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOSTILE_TEXTS, smallDocument } from '../../test/report-documents.ts'
import { reportHtml } from './report-html.ts'
import { reportMarkdown } from './report-markdown.ts'
import { reportPdf } from './report-pdf.ts'
import { stretchesOf } from './report-fonts.ts'

const MADE_AT = Date.UTC(2026, 10, 2, 12)
const hostile = Object.entries(HOSTILE_TEXTS)
const INVISIBLE = /[^\P{Cc}\n]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

describe('a report as Markdown', () => {
  it('has every block', () => {
    expect(reportMarkdown(smallDocument())).toBe(
      [
        '# Acme: Checkout hangs',
        'Report of issue iss-1',
        '## Checkout hangs',
        'Checkout hangs',
        '> Checkout hangs  \n> second line',
        '- Checkout hangs (<https://posts.example/1>)\n- Checkout hangs',
        '| When | What |\n| --- | --- |\n| 09:14 | Checkout hangs |',
        [
          '| Steps of 10 min (UTC) | People |',
          '| --- | --- |',
          '| 2026-11-02T09:00 | 2 |',
          '| 2026-11-02T09:10 | 3 |',
          '| 2026-11-02T09:30 | 5 |',
          '',
          '- 2026-11-02T09:20: Checkout hangs',
        ].join('\n'),
        '',
      ]
        .join('\n\n')
        .trimEnd() + '\n',
    )
  })

  it.each(hostile)('shows %s as text', (_name, text) => {
    const markdown = reportMarkdown(smallDocument(text))
    expect(markdown).not.toMatch(INVISIBLE)
    // Whatever could begin markup has a backslash before it, but for what we write ourselves.
    const texts = markdown.replaceAll(/<https:\/\/posts\.example\/1>|^\| ---.*$|^(#{1,2}|>|-|\|) /gm, '')
    expect(texts.replaceAll(/\\./g, '').match(/[<>`[\]!*_~]|^[#>\-+=]|^\d+[.)]|:\/\/|www\./gm)).toBeNull()
  })

  it('has as many lines whatever the texts are: none begins a block of its own', () => {
    const lines = reportMarkdown(smallDocument()).split('\n').length
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (text) => {
        const quoted = `x${text.replaceAll(/[\r\n]/g, ' ')}`
        expect(reportMarkdown(smallDocument(quoted)).split('\n')).toHaveLength(lines)
      }),
    )
  })
})

describe('a report as HTML', () => {
  it.each(hostile)('shows %s as text', (_name, text) => {
    const page = reportHtml(smallDocument(text))
    const plain = reportHtml(smallDocument())
    const tags = (html: string) => new Set(html.match(/<[a-z!/][^\s>]*/gi))
    expect(tags(page)).toEqual(tags(plain))
    expect(page).not.toMatch(INVISIBLE)
    expect(page).not.toMatch(/javascript:alert\(1\)"/)
  })

  it('loads nothing and runs nothing', () => {
    const page = reportHtml(smallDocument())
    expect(page).toContain("default-src 'none'; style-src 'sha256-")
    expect(page).not.toMatch(/<script|<link|<img|<iframe| style=| on[a-z]+=|url\(/i)
    expect(page.match(/href="[^"]*"/g)).toEqual(['href="https://posts.example/1"'])
  })
})

describe('a report as PDF', () => {
  it.each(hostile)('holds %s without anything that acts', async (_name, text) => {
    const pdf = (await reportPdf(smallDocument(text), MADE_AT)).toString('latin1')
    expect(pdf.startsWith('%PDF-1.')).toBe(true)
    expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true)
    expect(pdf).not.toMatch(/\/(JavaScript|JS|Launch|OpenAction|AA|EmbeddedFile|SubmitForm)\b/)
    expect(pdf.match(/\/URI \([^)]*\)/g)).toEqual(['/URI (https://posts.example/1)'])
  })

  it('is the same for the same document', async () => {
    const [one, other] = [await reportPdf(smallDocument(), MADE_AT), await reportPdf(smallDocument(), MADE_AT)]
    expect(one.equals(other)).toBe(true)
    expect(one.toString('latin1')).toContain(isoTime(MADE_AT).slice(0, 10).replaceAll('-', ''))
  })

  it('sets each script in a font that has it, and shows what none has', () => {
    expect(stretchesOf('Zahlung: भुगतान नहीं हुआ')).toEqual([
      { font: 'text', rightToLeft: false, text: 'Zahlung: ' },
      { font: 'devanagari', rightToLeft: false, text: 'भुगतान नहीं हुआ' },
    ])
    expect(stretchesOf('order الطلبات متأخرة!')).toEqual([
      { font: 'text', rightToLeft: false, text: 'order ' },
      { font: 'text', rightToLeft: true, text: 'الطلبات متأخرة' },
      { font: 'text', rightToLeft: false, text: '!' },
    ])
    expect(stretchesOf('支払い')).toEqual([{ font: 'text', rightToLeft: false, text: '□□□' }])
  })
})
