import { emptyPlaybook, type Playbook, type PlaybookVersion, type Sql } from '@outcry/contracts'
import { jsonText, storableText } from './json-text.ts'

const COLUMNS = `issue_type AS "issueType", version, body, written_by AS "by", at_ms AS "at"`

/** A version as stored, maybe by an older release with fewer fields. */
const versionOf = (row: PlaybookVersion): PlaybookVersion =>
  row.body === null ? row : { ...row, body: { ...emptyPlaybook(row.issueType), ...row.body } }

/**
 * The newest version of each type that has any, by type; one without a body is back to the configuration. `atMs`, epoch
 * ms: as of then.
 */
export const newestPlaybooks = async (sql: Sql, atMs: number | null = null): Promise<PlaybookVersion[]> => {
  const { rows } = await sql.query<PlaybookVersion>(
    `SELECT DISTINCT ON (issue_type) ${COLUMNS} FROM outcry.playbook
     WHERE $1::bigint IS NULL OR at_ms <= $1 ORDER BY issue_type, version DESC`,
    [atMs],
  )
  return rows.map(versionOf)
}

/** Playbooks that count, or counted at a time, for `playbookOf`: those in the database, then those of the configuration. */
export const playbooksInForce = async (
  sql: Sql,
  configured: readonly Playbook[],
  atMs: number | null = null,
): Promise<Playbook[]> => [...(await newestPlaybooks(sql, atMs)).flatMap(({ body }) => body ?? []), ...configured]

/** Versions of one type, the newest first, below a version. */
export const playbookVersions = async (
  sql: Sql,
  issueType: string,
  before: number | null,
  limit: number,
): Promise<PlaybookVersion[]> => {
  const { rows } = await sql.query<PlaybookVersion>(
    `SELECT ${COLUMNS} FROM outcry.playbook
     WHERE issue_type = $1 AND ($2::integer IS NULL OR version < $2) ORDER BY version DESC LIMIT $3`,
    [issueType, before, limit],
  )
  return rows.map(versionOf)
}

/**
 * Adds a version after the one that was seen, 0 where there was none. False: somebody else wrote one since, so that two
 * do not overwrite each other.
 */
export const addPlaybookVersion = async (
  tx: Sql,
  { issueType, version, body, by, at }: PlaybookVersion,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `INSERT INTO outcry.playbook (issue_type, version, body, written_by, at_ms)
     SELECT $1, $2, $3, $4, $5
     WHERE $2 = 1 + coalesce((SELECT max(version) FROM outcry.playbook WHERE issue_type = $1), 0)
     ON CONFLICT DO NOTHING`,
    [issueType, version, body === null ? null : jsonText(body), storableText(by), at],
  )
  return rowCount === 1
}
