import { h, type VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { absoluteText, SEVERITY_MARK, timeText } from '../../kit/wording.ts'
import type { IssueSummary } from '../../views/issue.ts'

/** A word about an issue; `tone` is a class of the style sheet, `title` what is told on hover. */
type Badge = { text: string; tone?: string; title?: string }

/** Who took it on; of what was announced since it is told too. */
const stateText = ({ state, acknowledgedBy }: IssueSummary): string => {
  if (acknowledgedBy === null) return state
  return state === 'acknowledged' ? `acknowledged by ${acknowledgedBy}` : `${state}, taken by ${acknowledgedBy}`
}

/** Who has not been told yet, for quiet hours or a mute: what counts as a page may have reached nobody. */
const waitingBadge = ({ waiting }: IssueSummary): Badge | null => {
  const until = waiting.map((each) => each.until).sort()[0]
  if (until === undefined) return null
  const who = waiting.length === 1 ? `${waiting[0]?.target} waits` : `${waiting.length} targets wait`
  return { text: `${who} until ${timeText(until)}`, title: absoluteText(until) }
}

const BADGES: readonly ((issue: IssueSummary, brandName: string) => Badge | null)[] = [
  ({ severity }) => ({ text: SEVERITY_MARK[severity], tone: severity }),
  ({ drill }) => (drill ? { text: 'Drill, not real', tone: 'drill' } : null),
  (_issue, brandName) => ({ text: brandName }),
  (issue) => ({ text: stateText(issue) }),
  ({ calm }) => (calm ? { text: 'calm', tone: 'calm' } : null),
  ({ authenticity }) => (authenticity === 'genuine' ? null : { text: `${authenticity} voices` }),
  ({ page, held }) => ({ text: page ? 'paged' : held ? 'held' : 'not paged' }),
  waitingBadge,
]

/** What an issue is, in a word each; the same in the list and above the issue. */
export const Badges = ({ issue, brandName }: { issue: IssueSummary; brandName: string }): VNode =>
  el(
    'span',
    { class: 'tags' },
    BADGES.map((badgeOf, place) => {
      const badge = badgeOf(issue, brandName)
      return badge && h('span', { key: place, class: `tag ${badge.tone ?? ''}`, title: badge.title }, badge.text)
    }),
  )
