import type { IssueState, Severity, Sql } from '@outcry/contracts'
import { ISSUE_COLUMNS } from './issue-columns.ts'
import { jsonText, storableText } from './json-text.ts'

/** The brand's row of the alerter, locked until commit: every decision about a brand is made one after another. */
export const lockBrandAlerting = async (tx: Sql, brand: string): Promise<{ eventSeq: number; body: unknown }> => {
  await tx.query('INSERT INTO outcry.brand_alerting (brand) VALUES ($1) ON CONFLICT DO NOTHING', [brand])
  const { rows } = await tx.query<{ eventSeq: number; body: unknown }>(
    'SELECT event_seq AS "eventSeq", body FROM outcry.brand_alerting WHERE brand = $1 FOR UPDATE',
    [brand],
  )
  return rows[0]!
}

/** Stores what was decided, under the lock. */
export const saveBrandAlerting = async (
  tx: Sql,
  { brand, eventSeq, body }: { brand: string; eventSeq: number; body: unknown },
): Promise<void> => {
  await tx.query('UPDATE outcry.brand_alerting SET event_seq = $2, body = $3 WHERE brand = $1', [
    brand,
    eventSeq,
    jsonText(body),
  ])
}

/** An issue as people handle it; `body` is the alerter's own state of it. */
export type IssueRow = {
  id: string
  brand: string
  state: IssueState
  severity: Severity
  label: string
  sinceMs: number
  openedAtMs: number
  updatedAtMs: number
  calm: boolean
  drill: boolean
  body: unknown
  /** Rises with every change; the API's ETag. */
  revision: number
}

export const loadIssue = async (sql: Sql, id: string): Promise<IssueRow | null> => {
  const { rows } = await sql.query<IssueRow>(`SELECT ${ISSUE_COLUMNS} FROM outcry.issue WHERE id = $1`, [id])
  return rows[0] ?? null
}

/** Those of the issues that there are. */
export const loadIssues = async (sql: Sql, ids: readonly string[]): Promise<IssueRow[]> => {
  const { rows } = await sql.query<IssueRow>(`SELECT ${ISSUE_COLUMNS} FROM outcry.issue WHERE id = ANY($1::text[])`, [
    ids,
  ])
  return rows
}

/** A brand's issues that are neither resolved, dismissed nor merged: what clocks and ticks look at. */
export const openIssues = async (sql: Sql, brand: string): Promise<IssueRow[]> => {
  const { rows } = await sql.query<IssueRow>(
    `SELECT ${ISSUE_COLUMNS} FROM outcry.issue
     WHERE brand = $1 AND state IN ('open', 'acknowledged', 'announced') ORDER BY opened_at_ms, id`,
    [brand],
  )
  return rows
}

/** Creates or replaces an issue, under its brand's lock; the new revision. */
export const saveIssue = async (tx: Sql, issue: Omit<IssueRow, 'revision'>): Promise<number> => {
  const { rows } = await tx.query<{ revision: number }>(
    `INSERT INTO outcry.issue AS old
       (id, brand, state, severity, label, since_ms, opened_at_ms, updated_at_ms, calm, drill, body)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, severity = excluded.severity, label = excluded.label,
       since_ms = excluded.since_ms, updated_at_ms = excluded.updated_at_ms, calm = excluded.calm,
       drill = excluded.drill, body = excluded.body, revision = old.revision + 1, changed_at = now()
     RETURNING revision`,
    [
      issue.id,
      issue.brand,
      issue.state,
      issue.severity,
      storableText(issue.label),
      issue.sinceMs,
      issue.openedAtMs,
      issue.updatedAtMs,
      issue.calm,
      issue.drill,
      jsonText(issue.body),
    ],
  )
  return rows[0]!.revision
}

/** Open issues by brand and severity, for the metric. */
export const countOpenIssues = async (sql: Sql): Promise<{ brand: string; severity: Severity; issues: number }[]> => {
  const { rows } = await sql.query<{ brand: string; severity: Severity; issues: number }>(
    `SELECT brand, severity, count(*) AS issues FROM outcry.issue
     WHERE state IN ('open', 'acknowledged', 'announced') GROUP BY brand, severity`,
  )
  return rows
}
