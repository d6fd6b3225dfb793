import { DAY_MS, HOUR_MS, type KnownEvent, type KnownEventKind, MINUTE_MS } from '@outcry/contracts'

/** Events that began longer before the onset are no longer near. */
export const NEAR_BEFORE_MS = DAY_MS

/** An event beside an issue. `beforeOnsetMs` is negative where it began after the onset. */
export type NearEvent = KnownEvent & { beforeOnsetMs: number; words: string }

const KINDS: Readonly<Record<KnownEventKind, string>> = {
  release: 'Release',
  planned: 'Planned event',
  incident: 'Incident',
  other: 'Event',
}

/**
 * The events that lie near an issue of a type, the first before others, each with a sentence that says how it lies to the
 * onset. That one came before the other is all that it says.
 */
export const nearEvents = (
  events: readonly KnownEvent[],
  { onset, end, issueType }: { onset: number; end: number; issueType: string | null },
): NearEvent[] =>
  events
    .filter(
      ({ at, until, issueTypes }) =>
        at <= end &&
        (until ?? at) >= onset - NEAR_BEFORE_MS &&
        (issueTypes === null || issueType === null || issueTypes.includes(issueType)),
    )
    .map((event) => ({ ...event, beforeOnsetMs: onset - event.at, words: wordsOf(event, onset) }))
    .toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))

const wordsOf = ({ kind, title, at, until }: KnownEvent, onset: number): string => {
  const verb = until === null ? 'was' : 'began'
  const lasted = until === null ? '' : ` and lasts ${spanInWords(until - at)}`
  return `${KINDS[kind]} '${title}' ${verb} ${placeInWords(onset - at)}${lasted}.`
}

const placeInWords = (beforeMs: number): string =>
  Math.abs(beforeMs) < MINUTE_MS
    ? 'at the onset'
    : `${spanInWords(Math.abs(beforeMs))} ${beforeMs > 0 ? 'before' : 'after'} the onset`

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
