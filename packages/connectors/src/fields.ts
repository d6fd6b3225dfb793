import { SECOND_MS } from '@outcry/contracts'

/** A JSON object of a platform, of which nothing is known but what is asked of it. */
export type Fields = Readonly<Record<string, unknown>>

const MAX_ID_CHARS = 200
const LATEST_MS = 8_640_000_000_000_000
/** A time with a zone or a plain date; other texts are read differently from machine to machine. */
const ISO_8601 = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2}))?$/i

/** The object, or undefined where the value is none. */
export const fieldsOf = (value: unknown): Fields | undefined =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : undefined

/** The text where there is some. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined

/** An identifier, that platforms write as text or as a whole number. */
export const idOf = (value: unknown): string | undefined => {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined
  return typeof value === 'string' && value !== '' && value.length <= MAX_ID_CHARS && !/\s/.test(value)
    ? value.toWellFormed()
    : undefined
}

/** A count, also where it is written as text; undefined where it is no whole number from 0. */
export const countOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

export const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** A whole number, also below 0. */
export const wholeOf = (value: unknown): number | undefined => {
  const number = numberOf(value)
  return Number.isSafeInteger(number) ? number : undefined
}

/** Epoch ms of a time as ISO 8601. */
export const isoTimeOf = (value: unknown): number | undefined =>
  typeof value === 'string' && value.length <= 64 && ISO_8601.test(value) ? timeFrom(Date.parse(value)) : undefined

/** Epoch ms of epoch seconds, also with a fraction or as text. */
export const secondsTimeOf = (value: unknown): number | undefined => {
  const seconds = numberOf(value)
  return seconds === undefined ? undefined : timeFrom(seconds * SECOND_MS)
}

/** Minus zero is zero. */
const timeFrom = (ms: number): number | undefined => (ms >= 0 && ms <= LATEST_MS ? Math.floor(ms) + 0 : undefined)

/** The items of an array, none where the value is none. */
export const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
