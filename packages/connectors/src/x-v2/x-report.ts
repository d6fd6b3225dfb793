import { MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import type { SourceReport } from '../connector.ts'
import type { XProgress } from './x-progress.ts'

const MAX_REASON_CHARS = 200
/** A short hole is filled before anybody asks. */
const PATIENCE_MS = 2 * MINUTE_MS

export type XView = {
  progress: XProgress
  /** What the stream said when it was last apart from X. */
  apart: SourceReport
  /** Whether the search was answered when it last asked. */
  isSearching: boolean
  unseen: readonly string[]
  everyMs: number
  nowMs: number
}

/** How well X is seen: by the stream, in its place by the search, or not. At the cap of the month nothing is. */
export const reportOfX = ({ progress, apart, isSearching, unseen, everyMs, nowMs }: XView): SourceReport => {
  const { guard } = progress
  const sourceTime = progress.sourceTime()
  const renewal = new Date(guard.renewsAt()).toISOString().slice(0, 10)
  if (guard.isSpent())
    return {
      state: 'blind',
      reason: `all ${guard.cap} posts of maxPostsPerMonth are read, reading goes on at ${renewal}`,
      sourceTime,
    }
  const behindMs = nowMs - sourceTime
  const isStreaming = progress.tookOverAt() !== null
  if (!isStreaming && !(isSearching && behindMs <= 2 * everyMs + PATIENCE_MS)) return { ...apart, sourceTime }
  const near = guard.isNearCap() ? `, ${guard.left()} posts of the month are left` : ''
  const isFirst = progress.state().hole?.heardAt === null
  if (isStreaming && !isFirst && behindMs > PATIENCE_MS)
    return { state: 'lagging', reason: `catching up, ${Math.round(behindMs / SECOND_MS)} s behind${near}`, sourceTime }
  const how = isStreaming ? 'streaming' : `searching, as there is no stream: ${apart.reason}`
  return {
    state: 'live',
    reason: `${how}${near}`.slice(0, MAX_REASON_CHARS),
    sourceTime,
    ...(unseen.length === 0 ? {} : { unseen: unseen.join('; ').slice(0, MAX_REASON_CHARS) }),
  }
}
