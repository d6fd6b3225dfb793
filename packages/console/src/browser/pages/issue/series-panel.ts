import { h } from 'preact'
import { Chart } from '../../kit/chart.ts'
import { numberText, peopleText, timeText } from '../../kit/wording.ts'
import { useEvents } from './after/use-events.ts'
import type { Panel } from './panel.ts'

const STEP_MS = 600_000

/** People in each 10 minutes against what is expected, with what happened meanwhile. */
export const SeriesPanel: Panel = ({ issue: { id, series } }) => {
  const events = useEvents(id)
  const first = series[0]
  const last = series.at(-1)
  if (!first || !last) return null
  const peak = series.reduce((best, each) => (each.people > best.people ? each : best))
  return h(Chart, {
    name: 'People in each 10 minutes',
    summary:
      `People complaining in each 10 minutes from ${timeText(first.at)} to ${timeText(last.at)}: ` +
      `at most ${peopleText(peak.people)}, at ${timeText(peak.at)}, where ${numberText(peak.expected)} are expected.`,
    at: series.map(({ at }) => at),
    series: [
      { name: 'seen', kind: 'bars', values: series.map(({ people }) => people) },
      { name: 'expected', kind: 'line', values: series.map(({ expected }) => expected) },
    ],
    marks: events
      .filter(({ at }) => at >= first.at && Date.parse(at) < Date.parse(last.at) + STEP_MS)
      .map(({ at, title }) => ({ at, name: title })),
  })
}
