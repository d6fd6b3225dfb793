import { h, type VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { el } from './elements.ts'
import { Time } from './time.ts'
import { numberText } from './wording.ts'

export type ChartSeries = {
  name: string
  kind: 'bars' | 'line'
  /** One for each time. */
  values: readonly number[]
}
export type ChartMark = { at: string; name: string }
export type ChartProps = {
  /** What is counted; the caption. */
  name: string
  /** What the chart shows, in a sentence, for those who do not see it. */
  summary: string
  /** ISO 8601, oldest first. */
  at: readonly string[]
  series: readonly ChartSeries[]
  /** What happened meanwhile: an upright line each. */
  marks?: readonly ChartMark[]
}

/** A chart over time with its legend, and the same as a table. The chart library is loaded with the first chart. */
export const Chart = (props: ChartProps): VNode => {
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<{ show: (props: ChartProps) => void; end: () => void } | null>(null)
  const latest = useRef(props)
  latest.current = props
  const said = JSON.stringify(props)
  useEffect(() => {
    let left = false
    const begin = async (): Promise<void> => {
      const { drawChart } = await import('./chart-drawing.ts')
      if (!left && place.current) drawn.current = drawChart(place.current, latest.current)
    }
    void begin()
    return () => {
      left = true
      drawn.current?.end()
      drawn.current = null
    }
  }, [])
  useEffect(() => drawn.current?.show(latest.current), [said])
  return el(
    'figure',
    { class: 'chart' },
    el('div', { class: 'plot', ref: place, role: 'img', 'aria-label': props.summary }),
    el(
      'figcaption',
      {},
      props.name,
      props.series.map(({ name, kind }) => [
        el('span', { class: kind === 'bars' ? 'key' : 'key line', 'aria-hidden': 'true' }),
        name,
      ]),
    ),
    h(ChartTable, props),
  )
}

const ChartTable = ({ at, series, marks = [] }: ChartProps): VNode =>
  el(
    'details',
    { class: 'as-table' },
    el('summary', {}, 'The same as a table'),
    el(
      'table',
      {},
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          ['From', ...series.map(({ name }) => name)].map((name) => el('th', { key: name, scope: 'col' }, name)),
        ),
      ),
      el(
        'tbody',
        {},
        at.map((from, row) =>
          el(
            'tr',
            { key: from },
            el('td', {}, h(Time, { at: from })),
            series.map(({ name, values }) => el('td', { key: name }, numberText(values[row] ?? 0))),
          ),
        ),
      ),
    ),
    marks.length > 0 &&
      el(
        'ul',
        {},
        marks.map(({ at, name }) => el('li', { key: `${at} ${name}` }, h(Time, { at }), ` ${name}`)),
      ),
  )
