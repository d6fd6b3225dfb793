import { type Frame, niceCeiling, round, timeAxis, timeScale } from './axis.ts'
import type { BrandReport, IssueReport } from './backtest-report.ts'
import { count, duration } from './format.ts'
import { html, type Markup } from './markup.ts'

const FRAME: Frame = { width: 1_000, left: 44, right: 988, top: 26, bottom: 190 }
const HEIGHT = 212

/** Mentions (bars) and complaints (line) of a brand against what was expected (dashed), with its issues on top. */
export const brandPlot = (brand: BrandReport, issues: readonly (IssueReport & { number: number })[]): Markup => {
  const { startMs, stepMs, mentions, complaints, expected } = brand.series
  const scale = timeScale(startMs, startMs + stepMs * mentions.length, FRAME)
  const most = niceCeiling(Math.max(1, ...mentions))
  const y = (value: number) => round(FRAME.bottom - (Math.min(value, most) / most) * (FRAME.bottom - FRAME.top))
  const middle = (step: number) => scale.x(startMs + (step + 0.5) * stepMs)
  const bars = mentions
    .map((value, step) => {
      const left = scale.x(startMs + step * stepMs)
      const right = scale.x(startMs + (step + 1) * stepMs)
      return value === 0 ? '' : `M${left} ${FRAME.bottom}V${y(value)}H${right}V${FRAME.bottom}`
    })
    .join('')
  const marks = issues.map((issue) => {
    const x = scale.x(issue.openedMs)
    return html`<g
      ><line class="mark" x1="${x}" x2="${x}" y1="${FRAME.top}" y2="${FRAME.bottom}" /><text
        class="mark-label"
        x="${x}"
        y="${FRAME.top - 8}"
        text-anchor="middle"
        >${issue.number}</text
      ></g
    >`
  })
  const title = `${brand.brand}: ${count(brand.mentions)} mentions and ${count(brand.complaints)} complaints per ${duration(stepMs)}, ${issues.length} issues opened`
  return html`<svg viewBox="0 0 ${FRAME.width} ${HEIGHT}" role="img" aria-label="${title}">
    <title>${title}</title>
    ${timeAxis(scale, FRAME)}
    <text class="tick" x="${FRAME.left - 6}" y="${FRAME.top + 4}" text-anchor="end">${count(most)}</text>
    <text class="tick" x="${FRAME.left - 6}" y="${FRAME.bottom}" text-anchor="end">0</text>
    <path class="bars" d="${bars}" />
    <path class="complaints" d="${linePath(complaints, middle, y)}" />
    <path class="expected" d="${linePath(expected, middle, y)}" />
    ${marks}
  </svg>`
}

/** A line through the values, broken where there is none. */
const linePath = (
  values: readonly (number | null)[],
  x: (step: number) => number,
  y: (value: number) => number,
): string => {
  let path = ''
  let open = false
  for (const [step, value] of values.entries()) {
    if (value !== null) path += `${open ? 'L' : 'M'}${x(step)} ${y(value)}`
    open = value !== null
  }
  return path
}
