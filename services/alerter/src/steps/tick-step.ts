import {
  type BrandAlerting,
  type Decision,
  decideTick,
  emptyBrandAlerting,
  issueClocks,
  type JudgedSource,
} from '@outcry/alerting'
import type { ClockName, Sql, SqlPool } from '@outcry/contracts'
import { playbooksInForce } from '@outcry/store'
import { type AlertingConfig, currentSettingsOf } from '../alerting-settings.ts'
import { responsesOf } from '../responses.ts'
import { storeDecisions } from '../store-decision.ts'
import { lockBrand, openViews } from '../stored-views.ts'

/** A clock of an issue of the brand that is over. */
export type OverdueClock = { brand: string; clock: ClockName }

/**
 * Does what time alone leads to, one transaction per brand that has such an issue, and gives the clocks that are over. A
 * brand that fails does not keep the others waiting: why it did is among the `failures`.
 */
export const stepClock = async (
  pool: SqlPool,
  config: AlertingConfig,
  brandsWithIssues: readonly string[],
  sources: readonly JudgedSource[],
  nowMs: number,
): Promise<{ decisions: Decision[]; overdue: OverdueClock[]; failures: unknown[] }> => {
  const decisions: Decision[] = []
  const overdue: OverdueClock[] = []
  const failures: unknown[] = []
  if (brandsWithIssues.length === 0) return { decisions, overdue, failures }
  const playbooks = await playbooksInForce(pool, config.response.playbooks)
  const stepOne = async (brand: string): Promise<void> => {
    const known = async (sql: Sql) => {
      const issues = await openViews(sql, brand)
      const settings = await currentSettingsOf(sql, config, brand, nowMs)
      return { issues, settings, responses: await responsesOf(sql, playbooks, config.brands, issues) }
    }
    const decide = (state: BrandAlerting, given: Awaited<ReturnType<typeof known>>): Decision =>
      decideTick({ ...given, brand: state, sources, nowMs })
    // A look without the lock, so that brands with nothing due cost no transaction.
    const seen = await known(pool)
    overdue.push(...overdueOf(seen, nowMs).map((clock) => ({ brand, clock })))
    if (decide(emptyBrandAlerting(), seen).issues.length === 0) return
    const decision = await pool.transaction(async (tx) => {
      const { eventSeq, state } = await lockBrand(tx, brand)
      const decided = decide(state, await known(tx))
      await storeDecisions(tx, brand, eventSeq, [decided], 'clock')
      return decided
    })
    decisions.push(decision)
  }
  for (const brand of brandsWithIssues) await stepOne(brand).catch((error: unknown) => failures.push(error))
  return { decisions, overdue, failures }
}

type Known = Pick<Parameters<typeof decideTick>[0], 'issues' | 'settings'> & {
  responses: NonNullable<Parameters<typeof decideTick>[0]['responses']>
}

const overdueOf = ({ issues, settings, responses }: Known, nowMs: number): ClockName[] =>
  issues.flatMap((issue) => {
    const response = responses.get(issue.id)
    if (response === undefined) return []
    return issueClocks(issue, response, settings.escalation ?? [], nowMs)
      .filter(({ state }) => state === 'overdue')
      .map(({ name }) => name)
  })
