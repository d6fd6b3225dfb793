import { CLOCK_NAMES, FEED_CLOSE_REASONS, SUPPRESSED_REASONS } from '@outcry/contracts'
import type { MetricSet } from './metrics.ts'

/** What is configured: the values that labels may take. */
export type MetricScope = {
  brands: readonly string[]
  sources: readonly { name: string; brands?: readonly string[] }[]
  targets: readonly string[]
  /** Whether this process says how sources are, as ingest and alerter do; true where absent. */
  judgesSources?: boolean
}

/** More pairs of brand and source than this are left to appear when they first occur. */
const MAX_PAIRS = 20_000
const SEVERITIES = ['incident', 'major', 'crisis'] as const
const ALERT_KINDS = ['opened', 'escalated', 'updated', 'resolved'] as const
const OUTCOMES = ['delivered', 'retry', 'dead', 'silent'] as const
const SUPPRESSED = ['budget', 'price', 'coordinated', 'muted', 'planned'] as const
const SKIPPED = ['duplicate', 'late', 'refused'] as const
const DEAD_LETTERS = {
  ingest: ['not_utf8', 'not_json', 'not_csv', 'too_long', 'invalid_field', 'unknown_shape', 'too_large', 'bad_key'],
  detector: ['undecodable', 'failed'],
} as const
const CANARY_STAGES = ['ingest', 'detector', 'alerter'] as const
const EMBEDDINGS = ['answered', 'failed', 'dropped'] as const
const zeroBrand = (set: MetricSet, brand: string) => {
  set.complaintsExpected.set({ brand }, 0)
  for (const reason of SUPPRESSED) set.pagesSuppressed.inc({ brand, reason }, 0)
  set.issuesHeld.set({ brand }, 0)
  for (const clock of CLOCK_NAMES) set.clocksOverdue.set({ brand, clock }, 0)
  for (const verdict of ['kept', 'dismissed']) set.pagedClosed.set({ brand, verdict }, 0)
  for (const reason of SUPPRESSED_REASONS) set.burstsSuppressed.inc({ brand, reason }, 0)
  for (const what of SKIPPED) set.mentionsSkipped.inc({ brand, what }, 0)
  for (const severity of SEVERITIES) {
    set.issuesActive.set({ brand, severity }, 0)
    set.pages.inc({ brand, severity }, 0)
    for (const kind of ALERT_KINDS) set.alerts.inc({ brand, kind, severity }, 0)
  }
}

const zeroSource = (set: MetricSet, source: string, judged: boolean) => {
  set.sourceLastEvent.set({ source }, 0)
  set.sourceGaps.inc({ source }, 0)
  if (!judged) return
  for (const state of ['live', 'lagging', 'blind']) set.sourceState.set({ source, state }, state === 'blind' ? 1 : 0)
}

/** Zeros for every combination that the configuration allows; a source is blind until it says otherwise. The canary of a
 * system without sources is absent, as nothing sends one. */
export const zeroMetrics = (set: MetricSet, scope: MetricScope): void => {
  for (const brand of scope.brands) zeroBrand(set, brand)
  let pairs = 0
  for (const source of scope.sources) {
    zeroSource(set, source.name, scope.judgesSources ?? true)
    for (const brand of source.brands ?? scope.brands) {
      if (++pairs > MAX_PAIRS) break
      set.mentions.inc({ brand, source: source.name }, 0)
      set.complaints.inc({ brand, source: source.name }, 0)
    }
  }
  if (scope.sources.length > 0) for (const stage of CANARY_STAGES) set.canaryLastSeen.set({ stage }, 0)
  for (const drill of ['false', 'true']) set.detectionDelay.zero({ drill })
  for (const target of scope.targets) {
    set.deliverySeconds.zero({ target })
    for (const outcome of OUTCOMES) set.deliveries.inc({ target, outcome }, 0)
  }
  for (const [stage, reasons] of Object.entries(DEAD_LETTERS)) {
    for (const reason of reasons) set.deadLetters.inc({ stage, reason }, 0)
  }
  for (const reason of ['older', 'damaged']) set.snapshotsRefused.inc({ reason }, 0)
  for (const outcome of EMBEDDINGS) set.embeddings.inc({ outcome }, 0)
  for (const reason of Object.keys(FEED_CLOSE_REASONS)) set.feedClosed.inc({ reason }, 0)
}
