import type { ReportChart } from '@outcry/contracts'

/** Where a chart lies in its picture, in its own units. */
export type Frame = { left: number; right: number; top: number; bottom: number }

/** A chart as rectangles and places, whoever draws it. */
type DrawnChart = {
  most: number
  bars: readonly { x: number; y: number; width: number; height: number }[]
  marks: readonly { x: number; number: number; text: string; at: number }[]
  ticks: readonly { x: number; at: number }[]
}

const TICKS = 4

/** Lays a chart out in its frame. Marks are numbered in their order, so that their texts can stand below. */
export const drawnChart = ({ fromMs, toMs, stepMs, steps, marks }: ReportChart, frame: Frame): DrawnChart => {
  const span = Math.max(1, toMs - fromMs)
  const x = (ms: number) => frame.left + ((ms - fromMs) / span) * (frame.right - frame.left)
  const most = Math.max(1, ...steps.map(({ people }) => people))
  const bars = steps.map(({ at, people }) => {
    const height = (people / most) * (frame.bottom - frame.top)
    const width = Math.max(0.5, Math.min(x(at + stepMs), frame.right) - x(at) - 0.5)
    return { x: x(at), y: frame.bottom - height, width, height }
  })
  return {
    most,
    bars,
    marks: marks.map(({ at, text }, index) => ({ x: x(at), number: index + 1, text, at })),
    ticks: Array.from({ length: TICKS + 1 }, (_, n) => fromMs + (span * n) / TICKS).map((at) => ({ at, x: x(at) })),
  }
}
