import {
  type Alert,
  type Exemplar,
  isoTime,
  type SourceAlarm,
  plainText,
  wallTime,
  withoutHandles,
} from '@outcry/contracts'
import { safeLink } from './safe-link.ts'
import type { RenderContext } from '../format.ts'
import type { Notice } from '../notice.ts'
import { cutText } from './cut-text.ts'
import { clockText } from './clock-text.ts'
import { asIs, cutEscaped, type Escape } from './escape-text.ts'

const MAX_LABEL_CHARS = 200
const MAX_EXCERPT_CHARS = 200
const EXEMPLARS = 4

/** What the issue or source is called. */
export const noticeLabel = (notice: Notice): string =>
  notice.about === 'issue'
    ? labelText(notice.alert.label)
    : notice.about === 'source'
      ? alarmLabel(notice.alarm)
      : digestLabel(notice.digest)

/** A label as it may leave the system. */
export const labelText = (label: string): string =>
  cutText(withoutHandles(cutText(label, 2 * MAX_LABEL_CHARS)), MAX_LABEL_CHARS)

const digestLabel = ({ issues, more }: { issues: readonly unknown[]; more: number }): string => {
  const count = issues.length + more
  return `${count} ${count === 1 ? 'issue' : 'issues'} of which a page or message was held`
}

const alarmLabel = ({ about, source, kind }: SourceAlarm): string =>
  about === 'log'
    ? `The ${source} ${kind === 'opened' ? 'lost mentions' : 'is whole again'}`
    : `Source ${source} is ${kind === 'opened' ? 'blind' : 'live again'}`

/**
 * One line within `max` characters in which brand, numbers and severity survive and only the label is cut. What comes
 * from the world is escaped; what Outcry says itself has nothing to escape.
 */
export const noticeSummary = (notice: Notice, max: number, escape: Escape = asIs): string => {
  if (notice.about === 'source') {
    return cutEscaped(`${noticeLabel(notice)} (${plainText(notice.alarm.reason)})`, max, escape)
  }
  if (notice.about === 'digest') return cutEscaped(noticeLabel(notice), max, escape)
  const { alert, brandName } = notice
  const owed = clockText(alert)
  const about = `${owed === null ? '' : `${owed}: `}${plainText(brandName)}: ${noticeLabel(notice)}`
  const head = `${alert.drill ? 'DRILL ' : ''}${about}`
  const rest = ` - ${numbersOf(alert)}, ${alert.severity}${becauseOf(alert)}`
  return cutEscaped(head, Math.max(0, max - rest.length), escape) + rest
}

/** `12 people in 1 h, 0.7 expected, 37 so far`. */
export const numbersOf = ({ observed, authors, expected, windowMs }: Alert): string => {
  const usual = `${usualText(expected)} expected`
  const window = observed === undefined ? '' : `${peopleText(observed)} in ${spanText(windowMs)}, ${usual}, `
  return window === '' ? `${peopleText(authors)}, ${usual} in ${spanText(windowMs)}` : `${window}${authors} so far`
}

const peopleText = (people: number): string => (people === 1 ? '1 person' : `${people} people`)

/** `0.0` would say that nobody ever complains. */
const usualText = (expected: number): string =>
  expected >= 10 ? String(Math.round(expected)) : expected < 0.1 ? 'under 0.1' : expected.toFixed(1)

/** `10 min`, `1 h`, `36 h`. */
const spanText = (ms: number): string =>
  ms < 7_200_000 && ms % 3_600_000 !== 0 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`

const becauseOf = (alert: Alert): string => {
  if (alert.kind === 'resolved') return alert.reason === 'merged' ? ', merged' : ', resolved'
  return alert.reason === 'reopened' ? ', back after it was resolved' : ''
}

/** A post as it may leave the system. */
export type ShownPost = { source: string; at: string; excerpt: string; url: string | null }

/** Where and when it was written, for people: `bluesky, 2026-11-02 08:50 UTC`. */
export const placeOf = ({ source, at }: ShownPost, escape: Escape = asIs): string =>
  `${escape(source)}, ${wallTime(Date.parse(at))}`

/** The first post and up to three representative ones: excerpts and links, no handles unless allowed. */
export const shownPosts = (notice: Notice, context: Pick<RenderContext, 'handles'>): ShownPost[] => {
  if (notice.about !== 'issue') return []
  const clean = context.handles ? plainText : withoutHandles
  return (notice.evidence?.exemplars ?? []).slice(0, EXEMPLARS).map((post: Exemplar) => ({
    source: plainText(post.source),
    at: isoTime(post.at),
    excerpt: cutText(clean(post.excerpt), MAX_EXCERPT_CHARS),
    url: safeLink(post.url),
  }))
}
