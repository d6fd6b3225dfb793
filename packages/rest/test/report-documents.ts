import type { ReportDocument } from '@outcry/contracts'

const AT = Date.UTC(2026, 10, 2, 9)
const STEP_MS = 600_000

/** A document with one block of each kind. */
export const smallDocument = (text = 'Checkout hangs'): ReportDocument => ({
  title: `Acme: ${text}`,
  subtitle: 'Report of issue iss-1',
  blocks: [
    { type: 'heading', text },
    { type: 'paragraph', text },
    { type: 'quote', text: `${text}\nsecond line` },
    {
      type: 'list',
      items: [
        { text, url: 'https://posts.example/1' },
        { text, url: 'javascript:alert(1)' },
      ],
    },
    { type: 'table', head: ['When', 'What'], rows: [['09:14', text]] },
    {
      type: 'chart',
      chart: {
        fromMs: AT,
        toMs: AT + 6 * STEP_MS,
        stepMs: STEP_MS,
        steps: [0, 1, 3].map((n) => ({ at: AT + n * STEP_MS, people: 2 + n })),
        marks: [{ at: AT + 2 * STEP_MS, text }],
      },
    },
  ],
})

/** Texts as the world sends them to break what shows them. */
export const HOSTILE_TEXTS = {
  script: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  attribute: `" onmouseover="alert(1)" x='`,
  markdown: '[click](javascript:alert(1)) ![x](https://evil.example/x.png) `code` **bold** | cell | # head',
  html: '</style></title></main><svg onload=alert(1)>',
  bidi: 'safe\u202ekcatta\u2066x\u2069\u200f',
  control: 'a\u0000b\u001b[31mc\u0007\r\n# not a heading',
  formula: '=HYPERLINK("https://evil.example","x")',
  homoglyph: 'р\u0430ypal раyраl',
  huge: 'complaint '.repeat(500),
  list: '- item',
  numbered: '1. first',
  address: 'www.evil.example and https://evil.example/x',
  lone: 'half \ud800 pair',
} as const
