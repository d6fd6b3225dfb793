import { h, type VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { drawChart, type ChartDrawing, type ChartProps } from './chart-drawing.ts'
import { el } from './elements.ts'
import { memo } from './memo.ts'
import { TableHead } from './table-head.ts'
import { Time } from './time.ts'
import { numberText } from './wording.ts'

/** A chart over time with its legend, and the same as a table; drawn again only when it says something else. */
export const Chart = (props: ChartProps) => h(SaidChart, { said: JSON.stringify(props) })

const SaidChart = memo(({ said }: { said: string }): VNode => {
  const props = JSON.parse(said) as ChartProps
  const place = useRef<HTMLDivElement>(null)
  const drawing = useRef<ChartDrawing | null>(null)
  useEffect(() => drawing.current?.show(props), [said])
  useEffect(() => {
    drawing.current = drawChart(place.current!, props)
    return drawing.current.end
  }, [])
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
})

const ChartTable = ({ at, series, marks = [] }: ChartProps): VNode =>
  el(
    'details',
    { class: 'as-table' },
    el('summary', {}, 'The same as a table'),
    el(
      'table',
      {},
      h(TableHead, { names: ['From', ...series.map(({ name }) => name)] }),
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
