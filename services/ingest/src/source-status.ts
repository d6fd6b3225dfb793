import type { Connector, SourceReport } from '@outcry/connectors'
import { SECOND_MS, type SourceState } from '@outcry/contracts'

/** How a source is, as its connector tells it and as its silence shows it. */
export type SourceStatus = {
  report(report: SourceReport, nowMs: number): void
  /** What to tell the world now: the last report, or blind where a live connector has said nothing for too long. */
  current(nowMs: number): SourceReport
  finish(): void
  isFinished(): boolean
  /** Whether it saw its platform when it last reported. */
  wasLive(): boolean
  sawEvent(eventTime: number): void
  lastEventAtMs(): number | null
  gap(): void
  /** Gaps since the last call. */
  takeGaps(): number
}

/** A report for people: a source that sees only a part is blind to them, while its clock goes on. */
export const shownAs = ({ state, reason, unseen }: SourceReport): { state: SourceState; reason: string } =>
  state === 'live' && unseen !== undefined ? { state: 'blind', reason: unseen } : { state, reason }

export const createSourceStatus = (connector: Connector, blindAfterMs: number, startedAt: number): SourceStatus => {
  let last: SourceReport = { state: 'lagging', reason: 'starting', sourceTime: 0 }
  let reportedAt = startedAt
  let finished = false
  let lastEventAt: number | null = null
  let gaps = 0
  return {
    report: (report, nowMs) => {
      last = { ...report, sourceTime: Math.max(last.sourceTime, Math.trunc(report.sourceTime)) }
      reportedAt = nowMs
    },
    current: (nowMs) => {
      const silentMs = nowMs - reportedAt
      // A replay's connector reports when its mentions move its clock, which may take as long as it likes.
      if (finished || connector.clock === 'events' || silentMs < blindAfterMs) return last
      return { ...last, state: 'blind', reason: `no sign of life for ${Math.round(silentMs / SECOND_MS)} s` }
    },
    finish: () => {
      finished = true
    },
    isFinished: () => finished,
    wasLive: () => last.state === 'live',
    sawEvent: (eventTime) => {
      lastEventAt = Math.max(lastEventAt ?? 0, eventTime)
    },
    lastEventAtMs: () => lastEventAt,
    gap: () => {
      gaps += 1
    },
    takeGaps: () => {
      const taken = gaps
      gaps = 0
      return taken
    },
  }
}
