import type { VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { numberText } from '../../kit/wording.ts'
import type { IssueSummary } from '../../views/issue.ts'

const WIDTH = 96
const HEIGHT = 28

/** People of each 10 minutes of the last hours as a line; what it says stands beside it in words. */
export const Spark = ({ recent }: { recent: readonly number[] }): VNode | null => {
  if (recent.length < 2) return null
  const most = Math.max(1, ...recent)
  const points = recent.map((people, step) => {
    const x = (step / (recent.length - 1)) * WIDTH
    return `${x.toFixed(1)},${(HEIGHT - 1 - (people / most) * (HEIGHT - 2)).toFixed(1)}`
  })
  return el(
    'svg',
    { class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true' },
    el('polyline', { points: points.join(' ') }),
  )
}

const STEADY = 0.2
/** "▲ rising: 64 in the last hour, 4 in the one before"; empty where the hours were not counted. */
export const trendText = ({ lastHour, hourBefore }: IssueSummary): string => {
  if (lastHour === null || hourBefore === null) return ''
  const change = lastHour - hourBefore
  const word = Math.abs(change) <= STEADY * Math.max(1, hourBefore) ? '▶ steady' : change > 0 ? '▲ rising' : '▼ falling'
  return `${word}: ${numberText(lastHour)} in the last hour, ${numberText(hourBefore)} in the one before`
}

/** "17 times as many as expected"; where next to nobody is expected a factor says nothing. */
export const factorText = ({ observed, expected }: IssueSummary): string =>
  expected < 0.5 ? '' : `, ${numberText(observed / expected)} times as many`
