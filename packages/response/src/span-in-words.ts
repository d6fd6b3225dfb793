import { DAY_MS, HOUR_MS, MINUTE_MS } from '@outcry/contracts'

/** A span in its two largest units: `12 min`, `3 h 5 min`, `2 d 4 h`. Under a minute it is seconds. */
export const spanInWords = (ms: number): string => {
  if (ms < MINUTE_MS) return `${Math.round(ms / 1_000)} s`
  const minutes = Math.round(ms / MINUTE_MS)
  const units: [amount: number, unit: string][] = [
    [Math.floor((minutes * MINUTE_MS) / DAY_MS), 'd'],
    [Math.floor(((minutes * MINUTE_MS) % DAY_MS) / HOUR_MS), 'h'],
    [minutes % 60, 'min'],
  ]
  const first = units.findIndex(([amount]) => amount > 0)
  return units
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ')
}
