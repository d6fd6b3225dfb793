import { DAY_MS, HOUR_MS, WEEK_MS } from '@outcry/contracts'
import { html, type Markup } from './markup.ts'

/** Where a plot lies in its picture; pixels. */
export type Frame = { width: number; left: number; right: number; top: number; bottom: number }

export type TimeScale = { fromMs: number; toMs: number; x(ms: number): number }

export const timeScale = (fromMs: number, toMs: number, frame: Frame): TimeScale => {
  const span = Math.max(1, toMs - fromMs)
  return { fromMs, toMs, x: (ms) => round(frame.left + ((ms - fromMs) / span) * (frame.right - frame.left)) }
}

const TICK_STEPS = [
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  WEEK_MS,
  4 * WEEK_MS,
  13 * WEEK_MS,
]
const MOST_TICKS = 10

/** Lines and labels of time, on full hours or days UTC. */
export const timeAxis = (scale: TimeScale, frame: Frame): Markup => {
  const span = scale.toMs - scale.fromMs
  const step = TICK_STEPS.find((ms) => span / ms <= MOST_TICKS) ?? 52 * WEEK_MS
  const ticks: Markup[] = []
  for (let at = Math.ceil(scale.fromMs / step) * step; at <= scale.toMs; at += step) {
    const label =
      step < DAY_MS
        ? new Date(at).toISOString().slice(5, 16).replace('T', ' ')
        : new Date(at).toISOString().slice(0, 10)
    ticks.push(
      html`<line class="grid" x1="${scale.x(at)}" x2="${scale.x(at)}" y1="${frame.top}" y2="${frame.bottom}" /><text
          class="tick"
          x="${scale.x(at)}"
          y="${frame.bottom + 16}"
          text-anchor="middle"
          >${label}</text
        >`,
    )
  }
  return html`${ticks}`
}

/** A round number not below `value`: 1, 2 or 5 times a power of ten. */
export const niceCeiling = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)))
  return [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= value) ?? 10 * power
}

/** Tenths of a pixel are enough, and make the same file everywhere. */
export const round = (value: number): number => Math.round(value * 10) / 10
