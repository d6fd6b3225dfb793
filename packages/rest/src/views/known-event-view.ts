import { type Static, Type } from 'typebox'
import { DAY_MS, isoTime, type KnownEvent, KnownEventKind, type NearEvent } from '@outcry/contracts'
import type { BrandScope } from '../ports-of-lists.ts'
import { bodyFaults } from '../refusal.ts'
import { momentMs, Nullable, Time, timeOrNull } from './times.ts'

const fields = {
  id: Type.String(),
  externalId: Nullable(Type.String()),
  kind: KnownEventKind,
  title: Type.String(),
  url: Nullable(Type.String()),
  brands: Nullable(Type.Array(Type.String(), { description: 'Those that the caller may see; null is every brand.' })),
  issueTypes: Nullable(Type.Array(Type.String(), { description: 'Null is every type.' })),
  at: Time(),
  until: Nullable(Time()),
  postedBy: Type.String({ description: 'Name of the token or person that told of it.' }),
  createdAt: Time(),
}
export const KnownEventView = Type.Object(fields)
export const NearEventView = Type.Object({
  ...fields,
  beforeOnsetMs: Type.Integer({ description: 'Negative where it began after the onset.' }),
  words: Type.String({ description: 'How it lies to the onset, as a sentence.' }),
})

export const knownEventView = (
  { at, until, createdAt, brands, ...event }: KnownEvent,
  scope: BrandScope,
): Static<typeof KnownEventView> => ({
  ...event,
  brands: brands && (scope === null ? brands : brands.filter((brand) => scope.includes(brand))),
  at: isoTime(at),
  until: timeOrNull(until),
  createdAt: isoTime(createdAt),
})

export const nearEventView = (
  { beforeOnsetMs, words, ...event }: NearEvent,
  scope: BrandScope,
): Static<typeof NearEventView> => ({ ...knownEventView(event, scope), beforeOnsetMs, words })

/** An event lies within a year of now; a planned one says when it ends, within a month: it holds pages until then. */
const MAX_AWAY_DAYS = 366
const MAX_PLANNED_DAYS = 31

/**
 * Epoch ms of an event's begin and end; refused where they make no sense. What is not given is as it was told before,
 * and else begins now.
 */
export const eventSpan = (
  { kind, at, until }: { kind: KnownEventKind; at?: string | undefined; until?: string | undefined },
  nowMs: number,
  before: Pick<KnownEvent, 'at' | 'until'> | null,
): { at: number; until: number | null } => {
  const begin = at === undefined ? (before?.at ?? nowMs) : momentMs('body', 'at', at)
  if (at !== undefined && !(Math.abs(begin - nowMs) <= MAX_AWAY_DAYS * DAY_MS))
    throw fault(
      'at',
      at,
      'is no time within a year of now',
      `Give a time within ${MAX_AWAY_DAYS} days of now, such as ${isoTime(nowMs)}.`,
    )
  const end = until === undefined ? (before?.until ?? null) : momentMs('body', 'until', until)
  if (end === null) {
    if (kind !== 'planned') return { at: begin, until: null }
    throw fault('until', '', 'is missing', 'Say when the planned event ends: pages of incidents wait until then.')
  }
  const days = kind === 'planned' ? MAX_PLANNED_DAYS : MAX_AWAY_DAYS
  if (end > begin && end <= begin + days * DAY_MS) return { at: begin, until: end }
  const fix = `Give a time after ${isoTime(begin)} and within ${days} days of it.`
  throw fault('until', until ?? isoTime(end), 'is no end of this event', fix)
}

const fault = (path: string, value: string, message: string, fix: string) => bodyFaults([{ path, value, message, fix }])
