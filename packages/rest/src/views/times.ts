import { Type } from 'typebox'
import { isoTime } from '@outcry/contracts'
import { Refusal } from '../refusal.ts'

/** A time in answers: ISO 8601, UTC. */
export const Time = (description?: string) =>
  Type.String({ format: 'date-time', ...(description === undefined ? {} : { description }) })

export const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const timeOrNull = (ms: number | null): string | null => (ms === null ? null : isoTime(ms))

/** The `since` filter. */
export const Since = Type.Optional(
  Type.String({
    pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,3})?)?(Z|[+-][0-9]{2}:[0-9]{2}))?$',
    description: 'Only what happened at or after this time, ISO 8601.',
  }),
)

/** Epoch ms of a time whose day exists, else null: `Date.parse` takes 31 February for 3 March. */
const existingMs = (time: string): number | null => {
  const day = Date.parse(time.slice(0, 10))
  const exists = !Number.isNaN(day) && isoTime(day).startsWith(time.slice(0, 10))
  const ms = exists ? Date.parse(time) : Number.NaN
  return Number.isNaN(ms) ? null : ms
}

/** Epoch ms of a `since` filter, or one like it of another name, that matched the pattern; a day that does not exist is refused. */
export const sinceMs = (since: string | undefined, path = 'since'): number | null => {
  if (since === undefined) return null
  const ms = existingMs(since)
  if (ms !== null) return ms
  const fix = 'Give an existing time such as 2026-01-31T08:00:00Z.'
  throw new Refusal('REQUEST_INVALID', 'The querystring has faults.', {
    faults: [{ path, value: since, message: fix, fix }],
  })
}

/** An instant in a query. */
export const Instant = (description: string) =>
  Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$', description })

/** Epoch ms of an instant that matched the pattern; a day that does not exist is refused. */
export const instantMs = (path: string, instant: string): number => {
  const ms = existingMs(instant)
  if (ms !== null) return ms
  const fix = 'Give an existing time such as 2026-01-31T08:00:00.000Z.'
  throw new Refusal('REQUEST_INVALID', 'The querystring has faults.', {
    faults: [{ path, value: instant, message: fix, fix }],
  })
}
