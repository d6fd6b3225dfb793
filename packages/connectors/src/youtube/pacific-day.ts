import { DAY_MS, SECOND_MS } from '@outcry/contracts'

const CLOCK = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
})

/** The next midnight in Pacific time, at which quotas of Google begin anew. Epoch ms. */
export const nextPacificMidnight = (nowMs: number): number => {
  const guess = nowMs + DAY_MS - timeOfDay(nowMs)
  // A day on which the clocks change has 23 or 25 hours.
  const off = timeOfDay(guess)
  return off < DAY_MS / 2 ? guess - off : guess + DAY_MS - off
}

/** Milliseconds since midnight in Pacific time. */
const timeOfDay = (ms: number): number => {
  const part = (type: string): number => Number(CLOCK.formatToParts(ms).find((each) => each.type === type)?.value ?? 0)
  return ((part('hour') * 60 + part('minute')) * 60 + part('second')) * SECOND_MS + (ms % SECOND_MS)
}
