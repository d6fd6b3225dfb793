import { isoTime, type Evidence } from '@outcry/contracts'
import { GLYPH, drawableText } from './bitmap-font.ts'
import { createBitmap } from './bitmap.ts'

export const CHART_SIZE = { width: 640, height: 240 } as const

const SCALE = 2
const MARGIN = 12
const PLOT = { left: 66, right: 628, top: 64, bottom: 204 }
const MARKS = 4
const LINE = 3
const CHARACTER = GLYPH.advance * SCALE
const ZONE_LEFT = CHART_SIZE.width - MARGIN - 3 * CHARACTER
const MAX_CHARS = Math.floor((CHART_SIZE.width - 2 * MARGIN) / CHARACTER)
const MAX_LABEL_CHARS = 200

const PALETTE = [
  [255, 255, 255],
  [31, 41, 55],
  [107, 114, 128],
  [59, 130, 196],
  [194, 65, 12],
]
const INK = 1
const GREY = 2
const BAR = 3
const EXPECTED = 4

export type Chart = { brand: string; label: string; series: Evidence['series'] }

/**
 * A PNG of an issue's people in each 10 minutes as bars, and of what was expected as a line. Of its words only brand
 * and label come from outside, and they become dots; a label in a script that the font lacks is left out.
 */
export const chartImage = ({ brand, label, series }: Chart): Uint8Array => {
  const bitmap = createBitmap(CHART_SIZE.width, CHART_SIZE.height, PALETTE)
  const most = Math.max(1, ...series.map(({ people, expected }) => Math.max(people, expected)))
  const peak = Math.max(0, ...series.map(({ people }) => people))
  const step = (PLOT.right - PLOT.left) / Math.max(1, series.length)
  const y = (value: number) => PLOT.top + (PLOT.bottom - PLOT.top) * (1 - Math.max(0, value) / most)
  const write = (text: string, x: number, top: number, color: number) =>
    bitmap.write(text, { x, y: top, scale: SCALE }, color)

  const name = drawableText(brand) ?? 'Outcry'
  write(fitted(labelOf(label) ?? name), MARGIN, MARGIN, INK)
  write(fitted(`People in 10 min, at most ${peak}; line: expected`), MARGIN, MARGIN + 22, GREY)

  bitmap.paint({ x: PLOT.left, y: PLOT.bottom, width: PLOT.right - PLOT.left, height: 1 }, GREY)
  write(numberText(most), MARGIN, PLOT.top, GREY)
  write('0', MARGIN, PLOT.bottom - GLYPH.height * SCALE, GREY)

  for (const [n, { people }] of series.entries()) {
    const width = Math.max(1, step - 2)
    bitmap.paint({ x: PLOT.left + n * step + 1, y: y(people), width, height: PLOT.bottom - y(people) }, BAR)
  }
  let before: number | null = null
  for (const [n, { expected }] of series.entries()) {
    const x = PLOT.left + n * step
    const at = Math.min(y(expected), PLOT.bottom - LINE)
    bitmap.paint({ x, y: at, width: step, height: LINE }, EXPECTED)
    if (before !== null)
      bitmap.paint({ x, y: Math.min(before, at), width: LINE, height: Math.abs(before - at) + LINE }, EXPECTED)
    before = at
  }

  const every = Math.max(1, Math.ceil(series.length / MARKS))
  for (const [n, { at }] of series.entries()) {
    if (n % every !== 0) continue
    const x = PLOT.left + n * step
    // The first says the day too.
    const time = isoTime(at)
      .slice(n === 0 ? 5 : 11, 16)
      .replace('T', ' ')
    if (x + (time.length + 1) * CHARACTER < ZONE_LEFT) write(time, x, PLOT.bottom + 10, GREY)
  }
  write('UTC', ZONE_LEFT, PLOT.bottom + 10, GREY)
  return bitmap.png()
}

/** Without handles and mail addresses, whatever the source put into it. */
const labelOf = (label: string): string | null =>
  drawableText(
    label
      .slice(0, MAX_LABEL_CHARS)
      .toWellFormed()
      .split(/\s+/)
      .map((word) => (/[@＠﹫]/.test(word) ? '@...' : word))
      .join(' '),
  )

const fitted = (text: string): string =>
  text.length <= MAX_CHARS ? text : `${text.slice(0, MAX_CHARS - 3).trimEnd()}...`

/** At most four characters. */
const numberText = (value: number): string => {
  if (value >= 10_000) return `${Math.min(999, Math.round(value / 1_000))}k`
  return value >= 10 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(1)
}
