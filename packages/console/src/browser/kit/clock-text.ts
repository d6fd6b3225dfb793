import type { Clock } from '../views/clock.ts'
import { durationText } from './wording.ts'

/** Shape and word beside the colour. */
export const CLOCK_MARK = {
  running: '○ Running',
  'due-soon': '◔ Due soon',
  overdue: '✕ Overdue',
  met: '✓ Done',
} as const

/** How it stands by the reader's time, which goes on between two readings. */
export const clockState = ({ state, dueAt, remindAt }: Clock, now = Date.now()): Clock['state'] => {
  if (state === 'met') return state
  if (now >= Date.parse(dueAt)) return 'overdue'
  return remindAt !== null && now >= Date.parse(remindAt) ? 'due-soon' : 'running'
}

/** "in 12 min", "8 min ago"; of what is done "in time", "8 min late". */
export const leftText = ({ dueAt, metAt }: Clock, now = Date.now()): string => {
  const leftMs = Date.parse(dueAt) - (metAt === null ? now : Date.parse(metAt))
  if (metAt !== null) return leftMs >= 0 ? 'in time' : `${durationText(-leftMs)} late`
  return leftMs > 0 ? `in ${durationText(leftMs)}` : `${durationText(-leftMs)} ago`
}
