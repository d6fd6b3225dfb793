import { isoMinute, plainText, type ReportBlock, type ReportChart, type ReportDocument } from '@outcry/contracts'
import PdfDocument from 'pdfkit'
import { postLink } from '../views/post-link.ts'
import { drawnChart } from './chart-marks.ts'
import { plainLines } from './plain-lines.ts'
import { loadReportFonts, type ReportFonts, stretchesOf } from './report-fonts.ts'

type Pdf = InstanceType<typeof PdfDocument>

const MARGIN = 56
const SIZE = { title: 18, heading: 13, text: 10, small: 8.5 }
const INK = '#1f2937'
const SOFT = '#4b5563'
const BAR = '#1d5f9e'
const MARK = '#b0370b'
const CHART_HEIGHT = 150
/** A row of a table stays on one page, so that its cells are cut to what fits there. */
const MAX_CELL_CHARS = 600
const NOTE =
  'Scripts other than Latin, Greek, Cyrillic, Armenian, Georgian, Arabic, Hebrew and Devanagari are shown as \u25a1 here; ' +
  'the reports as HTML and Markdown have them.'

let loaded: Promise<ReportFonts> | null = null

/** The document as PDF with its fonts inside. The same document gives the same bytes. */
export const reportPdf = async (document: ReportDocument, madeAtMs: number): Promise<Buffer> => {
  const fonts = await (loaded ??= loadReportFonts())
  const pdf = new PdfDocument({
    size: 'A4',
    margin: MARGIN,
    lang: 'en',
    displayTitle: true,
    bufferPages: true,
    info: { Title: plainText(document.title), Creator: 'Outcry', CreationDate: new Date(madeAtMs) },
  })
  const parts: Buffer[] = []
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (part: Buffer) => parts.push(part))
    pdf.on('end', () => resolve(Buffer.concat(parts)))
    pdf.on('error', reject)
  })
  for (const [name, font] of Object.entries(fonts)) pdf.registerFont(name, font)
  write(pdf, document.title, { size: SIZE.title, bold: true })
  write(pdf, document.subtitle, { color: SOFT })
  for (const block of document.blocks) drawBlock(pdf, block)
  pdf.moveDown()
  write(pdf, NOTE, { size: SIZE.small, color: SOFT })
  numberPages(pdf)
  pdf.end()
  return done
}

type Style = { size?: number; bold?: boolean; color?: string; left?: number; width?: number; link?: string | null }

const leftOf = (pdf: Pdf): number => pdf.page.margins.left
const rightOf = (pdf: Pdf): number => pdf.page.width - pdf.page.margins.right
const bottomOf = (pdf: Pdf): number => pdf.page.height - pdf.page.margins.bottom

/** Writes one paragraph at the present height, each stretch in its font. */
const write = (
  pdf: Pdf,
  value: string,
  { size = SIZE.text, bold, color = INK, left, width, link }: Style = {},
): void => {
  const x = left ?? leftOf(pdf)
  const stretches = stretchesOf(plainText(value))
  pdf.fontSize(size).fillColor(color)
  stretches.forEach(({ font, rightToLeft, text }, index) => {
    pdf.font(font === 'text' && bold === true ? 'bold' : font)
    const options = {
      width: width ?? rightOf(pdf) - x,
      continued: index < stretches.length - 1,
      ...(rightToLeft ? { features: ['rtla' as const] } : {}),
      ...(link == null ? {} : { link, underline: true }),
    }
    if (index === 0) pdf.text(text, x, pdf.y, options)
    else pdf.text(text, options)
  })
}

const drawBlock = (pdf: Pdf, block: ReportBlock): void => {
  switch (block.type) {
    case 'heading':
      keepTogether(pdf, 60)
      pdf.moveDown()
      write(pdf, block.text, { size: SIZE.heading, bold: true })
      pdf.moveDown(0.3)
      return
    case 'paragraph':
      write(pdf, block.text)
      pdf.moveDown(0.4)
      return
    case 'quote':
      for (const line of plainLines(block.text)) write(pdf, line, { left: leftOf(pdf) + 16, color: SOFT })
      pdf.moveDown(0.4)
      return
    case 'list':
      for (const { text, url } of block.items) {
        write(pdf, `\u2022 ${text}`, { left: leftOf(pdf) + 8 })
        const link = postLink(url)
        if (link !== null) write(pdf, link, { left: leftOf(pdf) + 16, size: SIZE.small, color: BAR, link })
      }
      pdf.moveDown(0.4)
      return
    case 'table':
      drawRow(pdf, block.head, true)
      for (const row of block.rows) drawRow(pdf, row, false)
      pdf.moveDown(0.4)
      return
    case 'chart':
  }
  drawChart(pdf, block.chart)
}

/** Begins a page where less than so much is left of this one; points. */
const keepTogether = (pdf: Pdf, height: number): void => {
  if (pdf.y + height > bottomOf(pdf)) pdf.addPage()
}

/** The first columns are narrow, the last takes what is left. */
const NARROW = 118

const drawRow = (pdf: Pdf, cells: readonly string[], bold: boolean): void => {
  const widths = cells.map((_, index) =>
    index < cells.length - 1 ? NARROW : rightOf(pdf) - leftOf(pdf) - NARROW * (cells.length - 1),
  )
  const shown = cells.map((cell) => (cell.length > MAX_CELL_CHARS ? `${cell.slice(0, MAX_CELL_CHARS)}…` : cell))
  pdf.font(bold ? 'bold' : 'text').fontSize(SIZE.small)
  const heights = shown.map((cell, index) => pdf.heightOfString(plainText(cell), { width: widths[index]! - 8 }))
  // Half as much again for scripts that take more room than this font measures.
  keepTogether(pdf, 1.5 * Math.max(...heights))
  const top = pdf.y
  let bottom = top
  let left = leftOf(pdf)
  for (const [index, cell] of shown.entries()) {
    pdf.y = top
    write(pdf, cell, { left, width: widths[index]! - 8, size: SIZE.small, bold })
    bottom = Math.max(bottom, pdf.y)
    left += widths[index]!
  }
  pdf.x = leftOf(pdf)
  pdf.y = bottom + 2
}

const drawChart = (pdf: Pdf, chart: ReportChart): void => {
  keepTogether(pdf, CHART_HEIGHT + 60)
  const top = pdf.y + 16
  const frame = { left: leftOf(pdf) + 24, right: rightOf(pdf), top, bottom: top + CHART_HEIGHT }
  const { bars, marks, ticks, most } = drawnChart(chart, frame)
  for (const { x, y, width, height } of bars) pdf.rect(x, y, width, height).fill(BAR)
  pdf.moveTo(frame.left, frame.bottom).lineTo(frame.right, frame.bottom).stroke(SOFT)
  for (const { x } of marks) pdf.moveTo(x, frame.top).lineTo(x, frame.bottom).dash(3, { space: 3 }).stroke(MARK)
  pdf.undash()
  const label = (text: string, x: number, y: number) => {
    pdf.font('text').fontSize(7).fillColor(SOFT).text(text, x, y, { lineBreak: false })
  }
  for (const { x, number } of marks) label(String(number), x - 2, frame.top - 10)
  label(String(most), leftOf(pdf), frame.top)
  for (const { x, at } of ticks) label(isoMinute(at).slice(5), Math.min(x, frame.right - 44), frame.bottom + 4)
  pdf.x = leftOf(pdf)
  pdf.y = frame.bottom + 20
  write(pdf, `People who complained, in steps of ${chart.stepMs / 60_000} min; times in UTC.`, {
    size: SIZE.small,
    color: SOFT,
  })
  for (const { number, text, at } of marks) write(pdf, `${number}: ${isoMinute(at)}, ${text}`, { size: SIZE.small })
  pdf.moveDown(0.4)
}

const numberPages = (pdf: Pdf): void => {
  const { count } = pdf.bufferedPageRange()
  for (let page = 0; page < count; page += 1) {
    pdf.switchToPage(page)
    pdf.page.margins.bottom = 0
    pdf.font('text').fontSize(7).fillColor(SOFT)
    pdf.text(`${page + 1} / ${count}`, leftOf(pdf), pdf.page.height - 36, { lineBreak: false })
  }
}
