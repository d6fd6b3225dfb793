import type { Step } from './api.ts'
import { el, svg } from './elements.ts'
import { numberText, peopleText, timeText } from './wording.ts'

const WIDTH = 720
const HEIGHT = 170
const LEFT = 34
const BOTTOM = 24
const TOP = 10

/** People in each 10 minutes as bars, what was expected as a dashed line, and the same as a table. */
export const seriesChart = (series: readonly Step[]): HTMLElement | null => {
  const first = series[0]
  const last = series.at(-1)
  if (!first || !last) return null
  const most = Math.max(1, ...series.map(({ people, expected }) => Math.max(people, expected)))
  const step = (WIDTH - LEFT) / series.length
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / most)
  const peak = series.reduce((best, each) => (each.people > best.people ? each : best))

  const bars = series.map(({ people }, n) =>
    svg('rect', {
      class: 'bar',
      x: String(LEFT + n * step + 1),
      y: String(y(people)),
      width: String(Math.max(1, step - 2)),
      height: String(y(0) - y(people)),
    }),
  )
  const line = series.flatMap(({ expected }, n) => [
    `${LEFT + n * step},${y(expected)}`,
    `${LEFT + (n + 1) * step},${y(expected)}`,
  ])
  const marks = series
    .map((each, n) => ({ each, n }))
    .filter(({ n }) => n % Math.max(1, Math.ceil(series.length / 4)) === 0)
    .map(({ each, n }) => svg('text', { x: String(LEFT + n * step), y: String(HEIGHT - 6) }, timeText(each.at)))

  return el(
    'figure',
    { class: 'chart' },
    svg(
      'svg',
      {
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        role: 'img',
        'aria-label':
          `People complaining in each 10 minutes from ${timeText(first.at)} to ${timeText(last.at)}: ` +
          `at most ${peopleText(peak.people)}, at ${timeText(peak.at)}, where ${numberText(peak.expected)} are expected.`,
      },
      svg('line', { class: 'axis', x1: String(LEFT), x2: String(WIDTH), y1: String(y(0)), y2: String(y(0)) }),
      svg('text', { x: '0', y: String(TOP + 10) }, numberText(most)),
      svg('text', { x: '0', y: String(y(0)) }, '0'),
      ...bars,
      svg('polyline', { class: 'expected', points: line.join(' ') }),
      ...marks,
    ),
    el(
      'figcaption',
      {},
      'People in each 10 minutes',
      el('span', { class: 'key', 'aria-hidden': 'true' }),
      'seen',
      el('span', { class: 'key line', 'aria-hidden': 'true' }),
      'expected',
    ),
    el(
      'details',
      { class: 'as-table' },
      el('summary', { 'data-focus': 'as-table' }, 'The same as a table'),
      el(
        'table',
        {},
        el(
          'thead',
          {},
          el('tr', {}, ...['From', 'People', 'Expected'].map((name) => el('th', { scope: 'col' }, name))),
        ),
        el(
          'tbody',
          {},
          ...series.map(({ at, people, expected }) =>
            el('tr', {}, el('td', {}, timeText(at)), el('td', {}, String(people)), el('td', {}, numberText(expected))),
          ),
        ),
      ),
    ),
  )
}
