import { DAY_MS, HOUR_MS, MINUTE_MS } from '@outcry/contracts'

/** "90 min", "3 h", "2 d". */
export const duration = (ms: number): string => {
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`
  return ms < 2 * DAY_MS ? `${Math.round(ms / HOUR_MS)} h` : `${Math.round(ms / DAY_MS)} d`
}

/** "1,234". */
export const count = (value: number): string => Math.round(value).toLocaleString('en')

/** "0.04", "3.2", "120". */
export const figure = (value: number): string =>
  value >= 100 ? count(value) : value >= 10 ? value.toFixed(1) : value.toFixed(2)

/** "less than 1 in a million": what a tail probability says. */
export const odds = (probability: number): string => {
  if (probability >= 1) return 'no surprise'
  if (probability < 1e-12) return 'less than 1 in a million million'
  return `about 1 in ${count(Number((1 / probability).toPrecision(1)))}`
}
