import type { MentionField } from './field-map.ts'

/** Why a row is refused: the field, what is wrong with it, and what to do. */
export type RowFault = { field: MentionField; message: string; fix: string }

/** Thrown inside the row reader and turned into a result at its edge. */
export class RowRefused extends Error {
  readonly fault: RowFault

  constructor(field: MentionField, message: string, fix: string) {
    super(message)
    this.fault = { field, message, fix }
  }
}

/** A cell is absent when it is missing, null or, in CSV, empty. */
export type Cell = unknown
export const isAbsent = (cell: Cell): cell is undefined | null | '' =>
  cell === undefined || cell === null || cell === ''

export const requiredText = (field: MentionField, cell: Cell): string => {
  if (isAbsent(cell)) throw new RowRefused(field, 'is missing', `give "${field}"`)
  if (typeof cell !== 'string') throw new RowRefused(field, `is ${kindOf(cell)}, not text`, 'write it in quotes')
  return cell
}

export const optionalText = (field: MentionField, cell: Cell, maxChars: number): string | undefined => {
  if (isAbsent(cell)) return undefined
  if (typeof cell !== 'string') throw new RowRefused(field, `is ${kindOf(cell)}, not text`, 'write it in quotes')
  if (cell.length > maxChars) throw new RowRefused(field, `is over ${maxChars} characters`, 'shorten it')
  return cell
}

/** An id: text or a whole number that a double holds exactly. */
export const identifier = (field: MentionField, cell: Cell, maxChars: number): string | undefined => {
  if (typeof cell !== 'number') return optionalText(field, cell, maxChars)
  if (Number.isSafeInteger(cell)) return String(cell)
  throw new RowRefused(field, 'is a number too large to be exact', 'write it in quotes')
}

export const optionalNumber = (field: MentionField, cell: Cell): number | undefined => {
  if (isAbsent(cell)) return undefined
  const value = typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : cell
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new RowRefused(field, `is ${kindOf(cell)}, not a number`, 'write digits, with a point for decimals')
  return value
}

export const oneOf = <const T extends string>(field: MentionField, cell: Cell, allowed: readonly T[], absent: T): T => {
  if (isAbsent(cell)) return absent
  if (allowed.includes(cell as T)) return cell as T
  throw new RowRefused(field, 'has an unknown value', `use one of ${allowed.join(', ')}`)
}

const ISO_TIME = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(:\d{2}(?:[.,]\d{1,9})?)?\s?(Z|z|[+-]\d{2}:?\d{2})?)?$/
/** Smaller numbers are seconds, or a date before 1973: both are refused rather than guessed. */
const LEAST_EPOCH_MS = 100_000_000_000
/** The year 2100. Larger numbers are microseconds, or a slip that would take the brand's clock with it. */
const MOST_EPOCH_MS = 4_102_444_800_000
const AFTER_2100 = 'is after the year 2100'
const TAKEN_TIMES = 'give a time from 1973 to 2100'

/** ISO 8601 (without a zone: UTC) or epoch milliseconds, as epoch milliseconds. */
export const timeValue = (field: MentionField, cell: Cell): number | undefined => {
  if (isAbsent(cell)) return undefined
  const epochMs = typeof cell === 'string' && /^\d+$/.test(cell) ? Number(cell) : cell
  if (typeof epochMs === 'number') {
    if (!Number.isFinite(epochMs) || epochMs < LEAST_EPOCH_MS)
      throw new RowRefused(field, 'is no time in epoch milliseconds', 'multiply seconds by 1000, or write ISO 8601')
    if (epochMs > MOST_EPOCH_MS) throw new RowRefused(field, AFTER_2100, 'give milliseconds, or write ISO 8601')
    return Math.trunc(epochMs)
  }
  const parts = typeof epochMs === 'string' ? ISO_TIME.exec(epochMs.trim()) : null
  const [, date, minutes = '00:00', seconds = ':00', zone = 'Z'] = parts ?? []
  const time = parts === null ? Number.NaN : Date.parse(`${date}T${minutes}${seconds.replace(',', '.')}${zoned(zone)}`)
  if (Number.isNaN(time) || time < 0)
    throw new RowRefused(field, 'is no time', 'write ISO 8601 such as 2026-03-01T12:00:00Z, or epoch milliseconds')
  if (time < LEAST_EPOCH_MS) throw new RowRefused(field, 'is before 1973', TAKEN_TIMES)
  if (time > MOST_EPOCH_MS) throw new RowRefused(field, AFTER_2100, TAKEN_TIMES)
  return time
}

const zoned = (zone: string): string =>
  zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()

const kindOf = (cell: Cell): string =>
  Array.isArray(cell) ? 'a list' : typeof cell === 'object' ? 'an object' : `a ${typeof cell}`
