import { Fragment, h, type VNode } from 'preact'
import { Chart } from '../../../kit/chart.ts'
import type { ChartProps } from '../../../kit/chart-drawing.ts'
import { el } from '../../../kit/elements.ts'
import { durationText, peopleText, timeText } from '../../../kit/wording.ts'
import type { IssueReport } from '../../../views/report.ts'

const VERDICTS = {
  fell: '✓ Fell',
  'not-yet': '✕ Not yet',
  'too-early': '○ Too early to tell',
  'too-few-to-tell': '○ Too few to tell',
} as const

/** Every step of the span, also those without anybody: a bar that is missing would be taken for a gap. */
const filled = ({ from, to, stepMs, steps }: NonNullable<IssueReport['series']>) => {
  const people = new Map(steps.map((step) => [Date.parse(step.at), step.people]))
  const begin = Date.parse(from)
  const count = Math.max(1, Math.ceil((Date.parse(to) - begin) / stepMs))
  return Array.from({ length: count }, (_, n) => begin + n * stepMs).map((ms) => ({
    at: new Date(ms).toISOString(),
    people: people.get(ms) ?? 0,
  }))
}

const marksOf = ({ times, events }: IssueReport): NonNullable<ChartProps['marks']> => [
  ...events.map(({ at, title }) => ({ at, name: title })),
  ...(times.announced === null ? [] : [{ at: times.announced, name: 'announced' }]),
  ...(times.fixed === null ? [] : [{ at: times.fixed, name: 'fixed' }]),
]

const chartOf = (report: IssueReport, series: NonNullable<IssueReport['series']>): ChartProps => {
  const steps = filled(series)
  const peak = steps.reduce((best, each) => (each.people > best.people ? each : best))
  const name = `People in each ${durationText(series.stepMs)}`
  return {
    name,
    summary:
      `${name} from ${timeText(series.from)} to ${timeText(series.to)}: at most ${peopleText(peak.people)}, ` +
      `at ${timeText(peak.at)}. ${report.fallWords}`,
    at: steps.map(({ at }) => at),
    series: [{ name: 'complained', kind: 'bars', values: steps.map(({ people }) => people) }],
    marks: marksOf(report),
  }
}

/** Whether complaints fell after the fix: the verdict, the counts, the curve with what happened meanwhile. */
export const FallView = ({ report }: { report: IssueReport }): VNode =>
  h(
    Fragment,
    {},
    el('h3', {}, 'Did complaints fall?'),
    el('p', {}, report.fall && [el('b', { key: 'verdict' }, VERDICTS[report.fall.verdict]), ': '], report.fallWords),
    report.series && h(Chart, chartOf(report, report.series)),
  )
