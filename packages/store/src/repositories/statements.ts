import type { Sql, Statement } from '@outcry/contracts'
import { jsonText, storableText } from './json-text.ts'

/** Statements of one issue; more are refused. */
const MAX_STATEMENTS = 200

const COLUMNS = `id, issue_id AS "issueId", brand, kind, language, state, version, facts, body AS text,
  written_by AS "writtenBy", approved_by AS "approvedBy", created_at_ms AS "createdAt", updated_at_ms AS "updatedAt",
  publications`

/** Statements of an issue, the first made first. */
export const listStatements = async (sql: Sql, issueId: string): Promise<Statement[]> => {
  const { rows } = await sql.query<Statement>(
    `SELECT ${COLUMNS} FROM outcry.statement WHERE issue_id = $1 ORDER BY created_at_ms, id`,
    [issueId],
  )
  return rows
}

/** What was published of each issue that was merged into one, at once or by way of others, by issue. */
export const publishedOfMerged = async (
  sql: Sql,
  issueId: string,
): Promise<Pick<Statement, 'kind' | 'publications'>[][]> => {
  const { rows } = await sql.query<Pick<Statement, 'issueId' | 'kind' | 'publications'>>(
    `WITH RECURSIVE merged AS (
       SELECT id, brand FROM outcry.issue WHERE id = $1
       UNION
       SELECT issue.id, issue.brand FROM merged JOIN outcry.issue
         ON issue.brand = merged.brand AND issue.state = 'merged' AND issue.body ->> 'mergedInto' = merged.id)
     SELECT issue_id AS "issueId", kind, publications FROM outcry.statement
     WHERE issue_id IN (SELECT id FROM merged WHERE id <> $1) AND state = 'published'
     ORDER BY created_at_ms, id`,
    [issueId],
  )
  return [...Map.groupBy(rows, (row) => row.issueId).values()]
}

type Published = Pick<Statement, 'id' | 'kind' | 'facts' | 'createdAt' | 'publications'>

/** What was published of the issues, by issue. */
export const publishedStatements = async (sql: Sql, issueIds: readonly string[]): Promise<Map<string, Published[]>> => {
  const { rows } = await sql.query<Published & Pick<Statement, 'issueId'>>(
    `SELECT id, issue_id AS "issueId", kind, facts, created_at_ms AS "createdAt", publications FROM outcry.statement WHERE issue_id = ANY($1::text[]) AND state = 'published'`,
    [issueIds],
  )
  return Map.groupBy(rows, ({ issueId }) => issueId)
}

/** A statement; `lock` holds it for the transaction. */
export const getStatement = async (sql: Sql, id: string, { lock = false } = {}): Promise<Statement | null> => {
  const { rows } = await sql.query<Statement>(
    `SELECT ${COLUMNS} FROM outcry.statement WHERE id = $1 ${lock ? 'FOR UPDATE' : ''}`,
    [id],
  )
  return rows[0] ?? null
}

/** Keeps a new statement. False: the issue has as many as it may have. */
export const addStatement = async (sql: Sql, statement: Statement): Promise<boolean> => {
  const { rowCount } = await sql.query(
    `INSERT INTO outcry.statement (id, issue_id, brand, kind, language, state, version, facts, body, written_by,
       approved_by, created_at_ms, updated_at_ms, publications)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
     WHERE (SELECT count(*) FROM outcry.statement WHERE issue_id = $2) < ${MAX_STATEMENTS}`,
    valuesOf(statement),
  )
  return rowCount === 1
}

export const saveStatement = async (sql: Sql, statement: Statement): Promise<void> => {
  await sql.query(
    `UPDATE outcry.statement SET state = $6, version = $7, facts = $8, body = $9, written_by = $10, approved_by = $11,
       updated_at_ms = $13, publications = $14
     WHERE id = $1 AND issue_id = $2 AND brand = $3 AND kind = $4 AND language = $5 AND created_at_ms = $12`,
    valuesOf(statement),
  )
}

const valuesOf = (statement: Statement): (string | number | null)[] => [
  statement.id,
  statement.issueId,
  statement.brand,
  statement.kind,
  statement.language,
  statement.state,
  statement.version,
  jsonText(statement.facts),
  storableText(statement.text),
  storableText(statement.writtenBy),
  statement.approvedBy === null ? null : storableText(statement.approvedBy),
  statement.createdAt,
  statement.updatedAt,
  jsonText(statement.publications),
]
