import { createHash } from 'node:crypto'
import type { ReportBlock, ReportDocument } from '@outcry/contracts'
import { postLink } from '../views/post-link.ts'
import { chartSvg } from './chart-svg.ts'
import { htmlText } from './escape-html.ts'
import { plainLines } from './plain-lines.ts'

const STYLE = `
:root { color-scheme: light dark; --ink: #1f2937; --soft: #4b5563; --paper: #fff; --line: #9ca3af; --bar: #1d5f9e; --mark: #b0370b }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e5e7eb; --soft: #b6bec9; --paper: #111827; --line: #6b7280; --bar: #6db3f2; --mark: #fda172 }
}
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
.soft, figcaption { color: var(--soft) }
table { border-collapse: collapse; width: 100% }
th, td { text-align: start; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
td:first-child { min-width: 8.5rem }
blockquote { margin: 0 0 1rem; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line) }
a { color: var(--bar) }
figure { margin: 0 }
svg { width: 100%; height: auto }
svg text { fill: var(--soft); font: 12px system-ui, sans-serif }
.bar { fill: var(--bar) }
.axis { stroke: var(--line) }
.mark { stroke: var(--mark); stroke-dasharray: 4 3 }
h1, h2, li, p, td, blockquote, figcaption { overflow-wrap: anywhere }
ul { padding-inline: 1.5rem }
`

/** What the page may load: nothing but its own style. For the header of the answer, and in the page for when it is kept. */
export const REPORT_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`

/** The document as one page without scripts, that loads nothing. Texts are markup nowhere. */
export const reportHtml = ({ title, subtitle, blocks }: ReportDocument): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${REPORT_POLICY.replaceAll('"', '&quot;')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${htmlText(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1 dir="auto">${htmlText(title)}</h1>
<p class="soft">${htmlText(subtitle)}</p>
${blocks.map(blockHtml).join('\n')}
</main>
</body>
</html>
`

const blockHtml = (block: ReportBlock): string => {
  switch (block.type) {
    case 'heading':
      return `<h2>${htmlText(block.text)}</h2>`
    case 'paragraph':
      return `<p dir="auto">${htmlText(block.text)}</p>`
    case 'quote':
      return `<blockquote>${plainLines(block.text)
        .map((line) => `<p dir="auto">${htmlText(line)}</p>`)
        .join('')}</blockquote>`
    case 'list':
      return `<ul>${block.items.map(({ text, url }) => `<li dir="auto">${htmlText(text)}${link(url)}</li>`).join('')}</ul>`
    case 'table':
      return (
        `<table><thead><tr>${block.head.map((cell) => `<th scope="col">${htmlText(cell)}</th>`).join('')}</tr></thead>` +
        `<tbody>${block.rows.map((cells) => `<tr>${cells.map((cell) => `<td dir="auto">${htmlText(cell)}</td>`).join('')}</tr>`).join('')}</tbody></table>`
      )
    case 'chart':
  }
  return chartSvg(block.chart)
}

const link = (url: string | undefined): string => {
  const safe = postLink(url)
  return safe === null ? '' : ` (<a href="${htmlText(safe)}" rel="noopener noreferrer">${htmlText(safe)}</a>)`
}
