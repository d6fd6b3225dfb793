import type { Harm } from '@outcry/contracts'

/** Made when first asked for: each takes some milliseconds, and no view shows all. */
const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => (made ??= make())
}
const clockFormat = once(() => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }))
const dayFormat = once(
  () =>
    new Intl.DateTimeFormat('en-GB', {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    }),
)
const wholeFormat = once(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' }))
const DAY_MS = 86_400_000

/** "14:05" today, "3 Jan, 14:05" else; in the reader's time zone. */
export const timeText = (iso: string, now = Date.now()): string => {
  const at = new Date(iso)
  return Math.abs(now - at.getTime()) < DAY_MS / 2 ? clockFormat().format(at) : dayFormat().format(at)
}

/** "Sunday, 29 November 2026 at 14:05:12 CET". */
export const absoluteText = (iso: string): string => wholeFormat().format(new Date(iso))

/** "45 s", "24 min", "3 h 20 min", "2 d 4 h". */
export const durationText = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return `${Math.max(0, Math.floor(ms / 1_000))} s`
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

export const agoText = (iso: string, now = Date.now()): string => `${durationText(now - Date.parse(iso))} ago`

export const numberText = (value: number): string =>
  value >= 100
    ? Math.round(value).toLocaleString('en-GB')
    : value > 0 && value < 0.05
      ? 'under 0.1'
      : String(Math.round(value * 10) / 10)

export const peopleText = (count: number): string => (count === 1 ? '1 person' : `${numberText(count)} people`)

/** "paged: it took page 1 of 3 this week", "held: …", "not paged again: paged already as incident" without the verdict. */
export const pageReasonText = (reason: string): string =>
  reason.replace(/^[a-z ]+: /, '').replace(/^paged already/, 'already') || 'not decided yet'

/** What people may lose. */
export const HARM_TEXT: Readonly<Record<Harm, string>> = {
  none: 'annoyance',
  access: 'people locked out',
  privacy: 'privacy',
  money: 'money',
  safety: 'safety',
}

/** Shape and word beside the colour. */
export const SEVERITY_MARK = { crisis: '▲ Crisis', major: '◆ Major', incident: '● Incident' } as const
export const SOURCE_MARK = { live: '● Live', lagging: '◐ Lagging', blind: '✕ Blind' } as const

/** The address where it is an http(s) link, else null. */
export const safeLink = (url: string | null): string | null =>
  url !== null && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : null
