import { isoTime, plainText, type ReportBlock, type ReportDocument } from '@outcry/contracts'
import { postLink } from '../views/post-link.ts'
import { plainLines } from './plain-lines.ts'

/** The document as Markdown (CommonMark with tables of GFM). Texts are markup nowhere. */
export const reportMarkdown = ({ title, subtitle, blocks }: ReportDocument): string =>
  [`# ${text(title)}`, text(subtitle), ...blocks.map(blockText)].join('\n\n') + '\n'

const blockText = (block: ReportBlock): string => {
  switch (block.type) {
    case 'heading':
      return `## ${text(block.text)}`
    case 'paragraph':
      return text(block.text)
    case 'quote':
      return plainLines(block.text)
        .map((line) => `> ${escaped(line)}`)
        .join('  \n')
    case 'list':
      return block.items.map((item) => `- ${text(item.text)}${link(item.url)}`).join('\n')
    case 'table':
      return [
        row(block.head),
        row(
          block.head.map(() => '---'),
          false,
        ),
        ...block.rows.map((cells) => row(cells)),
      ].join('\n')
    case 'chart':
  }
  const { steps, stepMs, marks } = block.chart
  const people = steps.map(({ at, people: count }) => row([isoTime(at).slice(0, 16), String(count)]))
  return [
    row([`Steps of ${stepMs / 60_000} min (UTC)`, 'People']),
    row(['---', '---'], false),
    ...people,
    '',
    ...marks.map(({ at, text: what }) => `- ${isoTime(at).slice(0, 16)}: ${text(what)}`),
  ].join('\n')
}

const text = (value: string): string => escaped(plainText(value))

/**
 * A backslash before what could begin markup: anywhere, at the beginning of a text, and where GFM makes an address a link
 * by itself.
 */
const escaped = (value: string): string =>
  value
    .replaceAll(/[\\`*_[\]<>|~!&$@]|:(?=\/\/)/g, String.raw`\$&`)
    .replaceAll(/\bwww\./gi, (www) => `${www.slice(0, 3)}\\.`)
    .replace(/^[#+=-]|^(\d+)(?=[.)])/, (mark, digits?: string) => (digits === undefined ? `\\${mark}` : `${digits}\\`))

const row = (cells: readonly string[], escape = true): string =>
  `| ${cells.map((cell) => (escape ? text(cell) : cell)).join(' | ')} |`

/** In angle brackets an address holds neither blanks nor brackets, as `postLink` writes it. */
const link = (url: string | undefined): string => {
  const safe = postLink(url)
  return safe === null ? '' : ` (<${safe.replaceAll(/[<>\\]/g, encodeURIComponent)}>)`
}
