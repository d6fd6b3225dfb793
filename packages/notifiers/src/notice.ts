import type { Alert, Evidence, HeldDigest, HeldIssue, SourceAlarm, SourceDelay } from '@outcry/contracts'

/** What a tool does with its entry for the dedup key. */
export type NoticeAction = 'trigger' | 'acknowledge' | 'resolve'

/**
 * One thing to say to one target. `id` is the webhook id, the same on every try. `evidence` is read when the notice is
 * sent, not when it was decided, so that a post deleted meanwhile does not leave the system; null where it has expired.
 * `delays` tells of the alert's posts how late they came in, as far as they are still there. `chartUrl` is the signed https
 * address of a small image, absent where nobody outside could fetch it. `brandName` is what people call the brand; a drill
 * has that of the brand it plays.
 */
export type Notice = { id: string; dedupKey: string; action: NoticeAction; url: string } & (
  | {
      about: 'issue'
      alert: Alert
      brandName: string
      evidence: Evidence | null
      delays: readonly SourceDelay[]
      chartUrl?: string
    }
  | { about: 'source'; alarm: SourceAlarm }
  | { about: 'digest'; digest: Omit<HeldDigest, 'issues'> & { issues: readonly ListedIssue[] } }
)

/** An issue of a digest, with where it is shown. */
export type ListedIssue = HeldIssue & { brandName: string; url: string }

/** What tools that wake people have words for. */
export type PagingNotice = Exclude<Notice, { about: 'digest' }>

/** The notice's name for machines: `issue.opened` … `issue.resolved`, `source.opened`, `source.resolved`, `digest.held`. */
export const noticeType = (notice: Notice): string => {
  if (notice.about === 'digest') return 'digest.held'
  return notice.about === 'issue' ? `issue.${notice.alert.kind}` : `source.${notice.alarm.kind}`
}

/** When it was decided, epoch ms. */
export const noticeAt = (notice: Notice): number => {
  if (notice.about === 'digest') return notice.digest.at
  return notice.about === 'issue' ? notice.alert.at : notice.alarm.at
}
