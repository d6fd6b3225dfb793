import { type CommandOutcome, decideCommand, type IssueCommand, type IssueView } from '@outcry/alerting'
import type { Sql, SqlPool } from '@outcry/contracts'
import { type AlertingConfig, currentSettingsOf } from './alerting-settings.ts'
import { storeDecisions } from './store-decision.ts'
import { loadView, lockBrand } from './stored-views.ts'

/** What became of a command. `commandId` is that of what travels to the detector; null where nothing does. */
export type AppliedCommand =
  | { outcome: CommandOutcome; reason: string; issue: IssueView; commandId: string | null }
  | { outcome: 'unknown' }

/**
 * Carries out a person's decision in one transaction, at once and also while the bus is down: the same pure decision
 * and the same rows as when the detector decides. `id` makes it repeatable: the same id gives the same alerts.
 */
export const applyCommand = async (
  pool: SqlPool,
  config: AlertingConfig,
  request: {
    issueId: string
    command: IssueCommand
    id: string
    actor: string
    nowMs: number
    decidedAt?: number
    /** Told in the transaction, where something changes. */
    onApplied?: (tx: Sql, issue: IssueView) => Promise<void>
    /** The transaction to do it in, which locked the brand before all else; one of its own where absent. */
    tx?: Sql
  },
): Promise<AppliedCommand> => {
  const { issueId, nowMs, actor, onApplied, tx: open, ...decided } = request
  const seen = await loadView(open ?? pool, issueId)
  if (seen === null) return { outcome: 'unknown' }
  const { brand } = seen
  const decide = async (tx: Sql): Promise<AppliedCommand> => {
    const { eventSeq, state } = await lockBrand(tx, brand)
    const issue = await loadView(tx, issueId)
    if (issue === null) return { outcome: 'unknown' }
    const settings = await currentSettingsOf(tx, config, brand, nowMs)
    const decision = decideCommand({ ...decided, brand: state, issue, actor, settings, nowMs })
    await storeDecisions(tx, brand, eventSeq, [decision], actor)
    const changed = decision.issues.find((one) => one.id === issueId) ?? issue
    const { outcome, reason } = decision
    if (outcome === 'applied' || outcome === 'sent') await onApplied?.(tx, changed)
    return { outcome, reason, issue: changed, commandId: decision.commands[0]?.id ?? null }
  }
  return open === undefined ? pool.transaction(decide) : decide(open)
}
