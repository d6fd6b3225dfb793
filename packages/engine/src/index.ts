export * from '@outcry/alerting'
export {
  builtInIssueTypeIds,
  createClusterStream,
  createSeriesScorer,
  knownIssueTypes,
  LEARNS_FOR_MS,
  SNAPSHOT_VERSION,
} from '@outcry/detection'
export type {
  BrandStatistics,
  ClusterStream,
  Effect,
  IssueType,
  Scorer,
  SeriesPoint,
  SeriesScorer,
} from '@outcry/detection'
export { createMatcher, createOwnAccounts, createScorer, stanceOf } from '@outcry/text'
export type { MatchInput, Matcher } from '@outcry/text'
export { createTypeReading } from './type-reading.ts'
export { issueResponses } from './issue-responses.ts'
export { createPartitionEngine, defaultDetectionSettings } from './partition-engine.ts'
export type { BrandSnapshot, PartitionEngine } from './partition-engine.ts'
