import { type BrandAlerting, emptyBrandAlerting, type IssueView } from '@outcry/alerting'
import type { Sql } from '@outcry/contracts'
import { type IssueRow, loadIssue, loadIssues, lockBrandAlerting, openIssues, saveIssue } from '@outcry/store'

// What alerting keeps in the bodies of its rows; nothing else writes them, so they are read back as they were written.

const viewOf = (row: IssueRow): IssueView => row.body as IssueView

export const loadView = async (sql: Sql, id: string): Promise<IssueView | null> => {
  const row = await loadIssue(sql, id)
  return row === null ? null : viewOf(row)
}

/** Those of the issues that there are, by id. */
export const loadViews = async (sql: Sql, ids: readonly string[]): Promise<Map<string, IssueView>> => {
  const rows = await loadIssues(sql, ids)
  return new Map(rows.map((row) => [row.id, viewOf(row)]))
}

export const openViews = async (sql: Sql, brand: string): Promise<IssueView[]> =>
  (await openIssues(sql, brand)).map(viewOf)

export const saveView = async (tx: Sql, issue: IssueView): Promise<void> => {
  const { id, brand, state, severity, calm, drill } = issue
  await saveIssue(tx, {
    id,
    brand,
    state,
    severity,
    calm,
    drill,
    label: issue.evidence.label,
    sinceMs: issue.since,
    openedAtMs: issue.openedAt,
    updatedAtMs: issue.updatedAt,
    body: issue,
  })
}

/** A brand's state as stored, maybe by an older release with fewer fields; empty where there is none. */
export const brandStateOf = (body: unknown): BrandAlerting => ({
  ...emptyBrandAlerting(),
  ...(body as Partial<BrandAlerting> | undefined),
})

/** Locks the brand until commit. `eventSeq` is the last event that was decided. */
export const lockBrand = async (tx: Sql, brand: string): Promise<{ eventSeq: number; state: BrandAlerting }> => {
  const { eventSeq, body } = await lockBrandAlerting(tx, brand)
  return { eventSeq, state: brandStateOf(body) }
}
