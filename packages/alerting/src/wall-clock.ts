import type { Weekday } from '@outcry/contracts'

export const DAYS: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** Minute of the day of a setting such as `08:30`. */
export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** Date as `2026-11-02`, day of the week (0 for Sunday) and minute of the day that clocks of the zone show. */
export const wallClock = (timeZone: string, atMs: number): { date: string; day: number; minute: number } => {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, value]),
  )
  const day = DAYS.indexOf(parts.get('weekday')!.toLowerCase() as Weekday)
  const date = ['year', 'month', 'day'].map((part) => parts.get(part as 'year')).join('-')
  return { date, day, minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) }
}

/** One a time zone, of which there are a few hundred: making one costs more than asking it. */
const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  formats.set(timeZone, made)
  return made
}
