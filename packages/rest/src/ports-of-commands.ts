import type { Authenticity } from '@outcry/contracts'
import type { IssueDetail } from './ports-of-issues.ts'
import type { Act } from './ports-of-writes.ts'

/** A person's decision, answered by one transaction, also while the bus is down. */
export type IssueCommand =
  | { type: 'acknowledge'; note?: string }
  | { type: 'announce'; note?: string }
  | { type: 'resolve'; note?: string }
  | { type: 'dismiss'; reason: string }
  | { type: 'merge'; into: string }
  | { type: 'split'; mentionIds: string[] }
  | { type: 'remove'; mentionIds: string[] }
  /** How genuine it is, and why; null goes by what the detector sees. */
  | { type: 'judge'; authenticity: Authenticity | null; reason: string }
  /** What it is about; null is none of the types. `teaches`: later issues in similar words are proposed the same. */
  | { type: 'retype'; issueType: string | null; label: string | null; teaches: boolean }

export type CommandOutcome =
  /** `commandId` where the decision changes what is counted: it travels to the brand's partition. */
  | { kind: 'done'; issue: IssueDetail; commandId: string | null }
  | { kind: 'refused'; reason: string }
  | { kind: 'unknown' }

/** `merge` and `split` are done when the command is on its way; the detector carries them out. */
export type CommandPort = {
  apply(request: { issueId: string; command: IssueCommand; act: Act }): Promise<CommandOutcome>
}
