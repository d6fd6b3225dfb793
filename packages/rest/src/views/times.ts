import { Type } from 'typebox'
import { isoTime } from '@outcry/contracts'
import { faultsIn } from '../refusal.ts'

/** A time in answers: ISO 8601, UTC. */
export const Time = (description?: string) =>
  Type.String({ format: 'date-time', ...(description === undefined ? {} : { description }) })

export const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const timeOrNull = (ms: number | null): string | null => (ms === null ? null : isoTime(ms))

const DAY = '[0-9]{4}-[0-9]{2}-[0-9]{2}'
const CLOCK = 'T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})'
const EXAMPLE = '2026-01-31T08:00:00Z'

/** The `since` filter: a time with its zone, or a day of UTC. */
export const Since = Type.Optional(
  Type.String({
    pattern: `^${DAY}(${CLOCK})?$`,
    maxLength: 64,
    description: 'Only what happened at or after this time, ISO 8601.',
    examples: [EXAMPLE],
  }),
)

/** A time that somebody sends, with its zone. */
export const Moment = (description: string) =>
  Type.String({
    pattern: `^${DAY}${CLOCK}$`,
    maxLength: 64,
    description: `${description} ISO 8601.`,
    examples: [EXAMPLE],
  })

type Part = 'body' | 'querystring'

/** Epoch ms of a `since` filter, or one like it of another name, that matched the pattern; a day that does not exist is refused. */
export const sinceMs = (since: string | undefined, path = 'since'): number | null =>
  since === undefined ? null : momentMs('querystring', path, since)

/** Epoch ms of a time that matched the pattern; one that does not exist is refused. */
export const momentMs = (part: Part, path: string, time: string): number => {
  const ms = existingMs(time)
  if (ms !== null) return ms
  const fix = `Give an existing time such as ${EXAMPLE}.`
  throw faultsIn(part, [{ path, value: JSON.stringify(time), message: 'is no existing time', fix }])
}

/** Epoch ms of a time whose day exists, else null: `Date.parse` takes 31 February for 3 March. */
const existingMs = (time: string): number | null => {
  const day = Date.parse(time.slice(0, 10))
  const exists = !Number.isNaN(day) && isoTime(day).startsWith(time.slice(0, 10))
  const ms = exists ? Date.parse(time) : Number.NaN
  return Number.isNaN(ms) ? null : ms
}
