import type { Connector, SourceReport } from '@outcry/connectors'
import { MINUTE_MS, SECOND_MS, type SourceState } from '@outcry/contracts'

/** A look that failed in between makes a first sighting no less exact than this. */
const JUST_APPEARED_MS = 5 * MINUTE_MS

/** A gap was not seen; so long the source shows as blind for it. */
const GAP_SHOWN_MS = MINUTE_MS

/** How a source is, as its connector tells it and as its silence shows it. */
export type SourceStatus = {
  report(report: SourceReport, nowMs: number): void
  /** What to tell the world now: the last report, or blind where a live connector has said nothing for too long. */
  current(nowMs: number): SourceReport
  finish(): void
  isFinished(): boolean
  /** Whether it saw its platform so shortly ago that what it sees first now has just appeared. */
  wasLive(nowMs: number): boolean
  sawEvent(eventTime: number): void
  lastEventAtMs(): number | null
  gap(reason: string, nowMs: number): void
  /** Gaps since the last call. */
  takeGaps(): number
  /** Puts back gaps that were taken and could not be told. */
  returnGaps(gaps: number): void
}

/** A report for people: a source that sees only a part is blind to them, while its clock goes on. */
export const shownAs = ({
  state,
  reason,
  fix,
  unseen,
}: SourceReport): { state: SourceState; reason: string; fix: string | null } =>
  state === 'live' && unseen !== undefined
    ? { state: 'blind', reason: unseen, fix: fix ?? null }
    : { state, reason, fix: fix ?? null }

export const createSourceStatus = (connector: Connector, blindAfterMs: number, startedAt: number): SourceStatus => {
  let last: SourceReport = { state: 'lagging', reason: 'starting', sourceTime: 0 }
  let reportedAt = startedAt
  let liveAt = -Infinity
  let finished = false
  let lastEventAt: number | null = null
  let gaps = 0
  let gap = { reason: '', untilMs: -Infinity }
  return {
    report: (report, nowMs) => {
      last = { ...report, sourceTime: Math.max(last.sourceTime, Math.trunc(report.sourceTime)) }
      reportedAt = nowMs
      if (report.state === 'live') liveAt = nowMs
    },
    current: (nowMs) => {
      const silentMs = nowMs - reportedAt
      // A replay's connector reports when its mentions move its clock, which may take as long as it likes.
      if (finished || connector.clock === 'events') return last
      if (silentMs < blindAfterMs) return nowMs < gap.untilMs ? { ...last, unseen: gap.reason } : last
      // Who is blind has said why, and says it once where only a person can help.
      if (last.state === 'blind') return last
      return { ...last, state: 'blind', reason: `no sign of life for ${Math.round(silentMs / SECOND_MS)} s` }
    },
    finish: () => {
      finished = true
    },
    isFinished: () => finished,
    wasLive: (nowMs) => nowMs - liveAt <= JUST_APPEARED_MS,
    sawEvent: (eventTime) => {
      lastEventAt = Math.max(lastEventAt ?? 0, eventTime)
    },
    lastEventAtMs: () => lastEventAt,
    gap: (reason, nowMs) => {
      gaps += 1
      gap = { reason, untilMs: nowMs + GAP_SHOWN_MS }
    },
    takeGaps: () => {
      const taken = gaps
      gaps = 0
      return taken
    },
    returnGaps: (untold) => {
      gaps += untold
    },
  }
}
