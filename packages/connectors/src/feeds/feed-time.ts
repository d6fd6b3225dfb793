import { HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import { isoTimeOf } from '../fields.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const ZONE_HOURS: Readonly<Record<string, number>> = {
  edt: -4,
  est: -5,
  cdt: -5,
  cst: -6,
  mdt: -6,
  mst: -7,
  pdt: -7,
  pst: -8,
  bst: 1,
  cet: 1,
  cest: 2,
  jst: 9,
}
/** RFC 822 and 2822, with or without the day of the week, seconds and a zone. */
const RFC_822 =
  /^(?:[a-z]{2,9},?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s-]+(\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([a-z]{1,5}|[+-]\d{2}:?\d{2})?/i
const ZONELESS = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?$/

/** Epoch ms of a date as feeds write it; one without a zone is taken as UTC. */
export const feedTimeOf = (value: unknown): number | undefined => {
  if (typeof value !== 'string' || value.length > 64) return undefined
  const text = value.trim()
  return isoTimeOf(ZONELESS.test(text) ? `${text}Z` : text) ?? rfc822TimeOf(text)
}

const rfc822TimeOf = (text: string): number | undefined => {
  const match = RFC_822.exec(text)
  const month = MONTHS.indexOf(match?.[2]?.toLowerCase() ?? '')
  if (match === null || month < 0) return undefined
  const [, day, , year, hour, minute, second = '0', zone = ''] = match
  const written = Date.UTC(fullYear(year!), month, Number(day), Number(hour), Number(minute), Number(second))
  const time = written - zoneMs(zone)
  return time >= 0 ? time : undefined
}

const fullYear = (year: string): number =>
  year.length > 2 ? Number(year) : Number(year) + (Number(year) < 70 ? 2_000 : 1_900)

const zoneMs = (zone: string): number => {
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  if (offset === null) return (ZONE_HOURS[zone.toLowerCase()] ?? 0) * HOUR_MS
  const ms = Number(offset[2]) * HOUR_MS + Number(offset[3]) * MINUTE_MS
  return offset[1] === '-' ? -ms : ms
}
