import uPlot from 'uplot'
import { chartData, type ChartSeries } from './chart-data.ts'
import { placeLabels } from './place-labels.ts'
import { numberText, timeText } from './wording.ts'

type ChartMark = { at: string; name: string }
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

export type ChartDrawing = { show: (props: ChartProps) => void; end: () => void }

const HEIGHT = 180
const FONT = '12px system-ui, sans-serif'
const barsOf = uPlot.paths.bars?.({ size: [0.8, 40], align: 1 })
const stepsOf = uPlot.paths.stepped?.({ align: 1 })

/** A colour of the style sheet, as it is in the reader's scheme. */
const colour = (place: Element, name: string): string => {
  const probe = document.createElement('span')
  probe.style.color = `var(${name})`
  place.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

const secondsOf = (iso: string): number => Date.parse(iso) / 1_000
const dataOf = ({ at, series }: ChartProps): uPlot.AlignedData => chartData(at, series)

const LABEL_ROWS = 6
const LABEL_ROW_PX = 15
const LABEL_LENGTH = 40
const labelOf = (name: string): string =>
  name.length > LABEL_LENGTH ? `${Array.from(name).slice(0, LABEL_LENGTH).join('')}…` : name

const drawMarks = (
  chart: uPlot,
  marks: readonly ChartMark[],
  { ink, ground }: { ink: string; ground: string },
): void => {
  const { ctx, bbox } = chart
  ctx.save()
  ctx.strokeStyle = ink
  ctx.fillStyle = ink
  ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`
  const right = bbox.left + bbox.width
  const shown = marks
    .map(({ at, name }) => ({ name: labelOf(name), x: Math.round(chart.valToPos(secondsOf(at), 'x', true)) }))
    .filter(({ x }) => x >= bbox.left && x <= right)
    .toSorted((one, other) => one.x - other.x)
    .map((mark) => ({ ...mark, width: ctx.measureText(mark.name).width }))
  for (const { x } of shown) {
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
  }
  ctx.strokeStyle = ground
  ctx.lineWidth = 4 * devicePixelRatio
  ctx.lineJoin = 'round'
  for (const [place, label] of placeLabels(shown, { left: bbox.left, right, rows: LABEL_ROWS }).entries()) {
    if (label === null) continue
    const y = bbox.top + (12 + label.row * LABEL_ROW_PX) * devicePixelRatio
    ctx.strokeText(shown[place]!.name, label.x, y)
    ctx.fillText(shown[place]!.name, label.x, y)
  }
  ctx.restore()
}

const optionsOf = (place: HTMLElement, props: () => ChartProps): uPlot.Options => {
  const soft = colour(place, '--soft')
  const ground = colour(place, '--card')
  const axis = { stroke: soft, font: FONT, ticks: { show: false }, grid: { show: false } }
  const bars = { fill: colour(place, '--bar'), width: 0, ...(barsOf && { paths: barsOf }) }
  const line = { stroke: colour(place, '--expected'), width: 2, dash: [6, 4], ...(stepsOf && { paths: stepsOf }) }
  return {
    width: place.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_chart, _least, most) => [0, Math.max(1, most)] } },
    axes: [
      {
        ...axis,
        space: 90,
        size: 28,
        values: (_chart, at) => at.map((seconds) => timeText(new Date(seconds * 1_000).toISOString())),
      },
      { ...axis, size: 44, space: 40, values: (_chart, counts) => counts.map(numberText) },
    ],
    series: [
      {},
      ...props().series.map(({ name, kind }) => ({
        label: name,
        points: { show: false },
        ...(kind === 'bars' ? bars : line),
      })),
    ],
    hooks: { draw: [(chart) => drawMarks(chart, props().marks ?? [], { ink: soft, ground })] },
  }
}

/** Draws a chart in a place and again when it is shown other data, when the place grows and when the colours change. */
export const drawChart = (place: HTMLElement, first: ChartProps): ChartDrawing => {
  let shown = first
  let chart: uPlot | null = null
  const draw = (): void => {
    chart?.destroy()
    chart = new uPlot(
      optionsOf(place, () => shown),
      dataOf(shown),
      place,
    )
  }
  draw()
  const sizes = new ResizeObserver(() => {
    if (chart && chart.width !== place.clientWidth) chart.setSize({ width: place.clientWidth, height: HEIGHT })
  })
  sizes.observe(place)
  const scheme = matchMedia('(prefers-color-scheme: dark)')
  scheme.addEventListener('change', draw)
  return {
    show: (props) => {
      const sameSeries = props.series.length === shown.series.length
      shown = props
      if (sameSeries) chart?.setData(dataOf(props))
      else draw()
    },
    end: () => {
      sizes.disconnect()
      scheme.removeEventListener('change', draw)
      chart?.destroy()
    },
  }
}
