import type { Sql } from '@outcry/contracts'
import type { CommandOutcome as Outcome, IssueCommand } from '@outcry/engine'
import type { CommandPort, IssueReader } from '@outcry/rest'
import { recordAct } from './record-act.ts'

/** Carries out a person's decision in one transaction: the alerter's `applyCommand`, bound to its configuration. */
export type ApplyCommand = (request: {
  issueId: string
  command: IssueCommand
  id: string
  actor: string
  nowMs: number
  /** When it was decided, epoch ms, where that was in another tool. */
  decidedAt?: number
  /** Told in the transaction, where something changes. */
  onApplied?: (tx: Sql, issue: { brand: string }) => Promise<void>
  /** The transaction to do it in, which locked the brand before all else; one of its own where absent. */
  tx?: Sql
}) => Promise<{ outcome: Outcome; reason: string; commandId: string | null } | { outcome: 'unknown' }>

export const createCommandPort = (options: {
  applyCommand: ApplyCommand
  issues: IssueReader
  newId: () => string
  now: () => number
}): CommandPort => ({
  async apply({ issueId, command, act }) {
    const { applyCommand, issues, newId, now } = options
    const applied = await applyCommand({
      issueId,
      command,
      actor: act.actor,
      id: newId(),
      nowMs: now(),
      onApplied: (tx) => recordAct(tx, act, now()),
    })
    if (applied.outcome === 'unknown') return { kind: 'unknown' }
    if (applied.outcome === 'refused') return { kind: 'refused', reason: applied.reason }
    const issue = await issues.get(issueId)
    return issue === null ? { kind: 'unknown' } : { kind: 'done', issue, commandId: applied.commandId }
  },
})
