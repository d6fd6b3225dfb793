import { OutcryError, type SqlPool, type Sql } from '@outcry/contracts'

/** Formats beside the schema that are written where other releases read them, each with its newest version. */
export type Formats = Readonly<Record<'record' | 'snapshot', number>>

/** The newest version of a format that is or was written here; 0 before the first. */
export const formatVersion = async (sql: Sql, name: keyof Formats): Promise<number> => {
  const { rows } = await sql.query<{ version: number }>('SELECT version FROM outcry.format WHERE name = $1', [name])
  return rows[0]?.version ?? 0
}

/**
 * Says which formats this release writes, so that an earlier one refuses to start from now on. Throws `FORMAT_NEWER`,
 * having changed nothing, where a later one wrote here.
 */
export const raiseFormats = (pool: SqlPool, mine: Formats): Promise<void> =>
  pool.transaction(async (tx) => {
    for (const [name, version] of Object.entries(mine)) {
      const { rows } = await tx.query<{ version: number }>(
        `INSERT INTO outcry.format AS format (name, version) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET version = greatest(format.version, excluded.version),
           raised_at = CASE WHEN format.version < excluded.version THEN now() ELSE format.raised_at END
         RETURNING version`,
        [name, version],
      )
      const found = rows[0]!.version
      if (found > version) throw newerFormat(name, found, version)
    }
  })

const newerFormat = (name: string, found: number, known: number) =>
  new OutcryError('FORMAT_NEWER', `a later Outcry wrote ${name} version ${found} here, this one reads up to ${known}`, {
    fix: 'Run the later release again, or restore the backup from before the upgrade.',
    exitCode: 2,
  })
