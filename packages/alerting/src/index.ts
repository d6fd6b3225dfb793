export { issueClocks } from './clocks/issue-clocks.ts'
export type { IssueResponse, PublishedStatement } from './clocks/issue-response.ts'
export { decideCommand, type CommandOutcome, type IssueCommand } from './decide-command.ts'
export { decideEvent } from './decide-event.ts'
export { decideTick } from './decide-tick.ts'
export { deterministicId } from './deterministic-id.ts'
export type { Decision, TimelineEntry } from './decision.ts'
export { type LogGapReport, type LogWatch, watchLog } from './log-watch.ts'
export { judgeSource, type SourceReport, SILENT_AFTER_MS } from './judge-source.ts'
export { digestDue, type LastDigest, planDigests } from './held-digest.ts'
export { heldText, withHeld } from './hold.ts'
export { HELD_CODES, isHeld, type PageCode } from './page-budget.ts'
export { budgetStanding, type BudgetStanding } from './page-price.ts'
export { pageWorth } from './page-worth.ts'
export type { DeliveryAction, PlannedDelivery, RouteDecision } from './routing.ts'
export { type PartitionProgress, type ProgressSample, type ProgressWatch, watchProgress } from './progress-watch.ts'
export type { AlertingSettings, Route } from './settings.ts'
export { watchSources, type JudgedSource, type SourceWatch } from './source-watch.ts'
export { quietAt, type Quiet } from './quiet-hours.ts'
export {
  emptyBrandAlerting,
  isActive,
  issueTypeOf,
  type BrandAlerting,
  type HeldDelivery,
  type IssueView,
} from './state.ts'
