/** Columns of `outcry.issue` as an `IssueRow` names them. */
export const ISSUE_COLUMNS = `id, brand, state, severity, label, since_ms AS "sinceMs", opened_at_ms AS "openedAtMs",
  updated_at_ms AS "updatedAtMs", calm, drill, body, revision`
