import { DAY_MS, type KnownEvent, type KnownEventKind, MINUTE_MS, type NearEvent } from '@outcry/contracts'
import { spanInWords } from './span-in-words.ts'

/** Events that began longer before the onset are no longer near. */
export const NEAR_BEFORE_MS = DAY_MS

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
