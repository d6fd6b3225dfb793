import { type Mute, wallTime } from '@outcry/contracts'
import { HELD } from './page-reason.ts'
import { issueTypeOf, type IssueView } from './state.ts'

/** How the sentence of a page begins that a mute held. */
export const MUTED = `${HELD}muted by `

/** The mute that lasts longest of those that are about the issue; null where none is. */
export const muteOf = (
  mutes: readonly Mute[],
  issue: Pick<IssueView, 'id' | 'brand' | 'evidence' | 'type'>,
  nowMs: number,
): Mute | null =>
  mutes
    .filter(
      (mute) =>
        mute.brand === issue.brand &&
        mute.until > nowMs &&
        (mute.issueId === null || mute.issueId === issue.id) &&
        (mute.issueType === null || mute.issueType === issueTypeOf(issue)),
    )
    .reduce<Mute | null>((longest, mute) => (longest === null || mute.until > longest.until ? mute : longest), null)

/** Who muted it, until when, and why. */
export const mutedReason = ({ owner, until, reason }: Mute): string =>
  `${MUTED}${owner} until ${wallTime(until)}: ${reason}`
