import { isoMinute, type ReportChart } from '@outcry/contracts'
import { drawnChart } from './chart-marks.ts'
import { htmlText } from './escape-html.ts'

const SIZE = { width: 720, height: 240 }
const FRAME = { left: 40, right: 712, top: 24, bottom: 208 }

/** The chart as SVG without scripts or style attributes, with its marks as a list below. */
export const chartSvg = (chart: ReportChart): string => {
  const { most, bars, marks, ticks } = drawnChart(chart, FRAME)
  const peak = `People who complained, in steps of ${chart.stepMs / 60_000} min, at most ${most}`
  const parts = [
    `<title>${htmlText(peak)}</title>`,
    line(FRAME.left, FRAME.bottom, FRAME.right, FRAME.bottom, 'axis'),
    label(FRAME.left - 6, FRAME.top + 8, String(most), 'end'),
    label(FRAME.left - 6, FRAME.bottom, '0', 'end'),
    ...bars.map(
      (bar) => `<rect class="bar" x="${n(bar.x)}" y="${n(bar.y)}" width="${n(bar.width)}" height="${n(bar.height)}"/>`,
    ),
    ...marks.flatMap(({ x, number }) => [
      line(x, FRAME.top, x, FRAME.bottom, 'mark'),
      label(x, FRAME.top - 6, String(number), 'middle'),
    ]),
    ...ticks.map(({ x, at }, index) =>
      label(
        x,
        FRAME.bottom + 18,
        isoMinute(at).slice(5),
        index === 0 ? 'start' : index === ticks.length - 1 ? 'end' : 'middle',
      ),
    ),
  ]
  const view = `viewBox="0 0 ${SIZE.width} ${SIZE.height}"`
  const named = marks.map(({ at, text }) => `<li>${isoMinute(at)}: <bdi>${htmlText(text)}</bdi></li>`)
  return (
    `<figure><svg xmlns="http://www.w3.org/2000/svg" role="img" ${view}>${parts.join('')}</svg>` +
    `<figcaption>${htmlText(peak)}; times in UTC.</figcaption></figure>` +
    (named.length === 0 ? '' : `<ol>${named.join('')}</ol>`)
  )
}

const n = (value: number): string => String(Math.round(value * 10) / 10)
const line = (x1: number, y1: number, x2: number, y2: number, kind: string): string =>
  `<line class="${kind}" x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}"/>`
const label = (x: number, y: number, text: string, anchor: string): string =>
  `<text x="${n(x)}" y="${n(y)}" text-anchor="${anchor}">${htmlText(text)}</text>`
