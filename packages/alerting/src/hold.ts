import { muteOf, mutedReason } from './mute.ts'
import { HELD } from './page-reason.ts'
import { quietAt } from './quiet-hours.ts'
import type { AlertingSettings, Route } from './settings.ts'
import type { HeldDelivery, IssueView } from './state.ts'

/** Why a message waits, in words that begin with `held: `, and until when as things stand; epoch ms. */
export type Hold = { until: number; reason: string }

/**
 * Whether a message about a burning issue waits for a target. A crisis never does, nor a drill, which somebody started
 * to see it arrive. Says nothing of pages: what is worth one is decided as always.
 */
export const holdOf = (
  issue: IssueView,
  route: Pick<Route, 'always'>,
  settings: Pick<AlertingSettings, 'quietHours' | 'mutes'>,
  nowMs: number,
): Hold | null => {
  if (issue.severity === 'crisis' || issue.drill) return null
  const mute = muteOf(settings.mutes ?? [], issue, nowMs)
  if (mute !== null) return { until: mute.until, reason: mutedReason(mute) }
  if (route.always === true) return null
  const quiet = quietAt(settings.quietHours ?? [], nowMs)
  return quiet === null ? null : { until: quiet.until, reason: `${HELD}quiet hours until ${quiet.clock}` }
}

const NAMED = 3

/** `held for on-call, chat: quiet hours until 07:00 Europe/Berlin`; empty where nothing waits. */
export const heldText = (held: readonly Pick<HeldDelivery, 'target' | 'reason'>[]): string => {
  const [first] = held
  if (first === undefined) return ''
  const names = held.slice(0, NAMED).map(({ target }) => target)
  if (held.length > NAMED) names.push(`${held.length - NAMED} more`)
  return `held for ${names.join(', ')}: ${first.reason.slice(HELD.length)}`
}

/** A page's reason with what keeps its message waiting. */
export const withHeld = (pageReason: string, held: readonly Pick<HeldDelivery, 'target' | 'reason'>[]): string =>
  held.length === 0 ? pageReason : `${pageReason}; ${heldText(held)}`
