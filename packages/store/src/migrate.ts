import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { OutcryError, type Sql, type SqlPool } from '@outcry/contracts'
import type { Logger } from '@outcry/runtime'

type Migration = { number: number; name: string; text: string; checksum: string }

const MIGRATIONS_DIR = fileURLToPath(new URL('migrations', import.meta.url))
const MIGRATION_TABLE = fileURLToPath(new URL('migrations/table.sql', import.meta.url))
const FILE_NAME = /^(\d{4})-[a-z0-9-]+\.sql$/
/** "outcry" in ASCII: the advisory lock of everything that changes the schema. */
const LOCK_KEY = 0x6f_75_74_63_72_79
const OLDEST_SERVER = 140_000
const RECORD_MIGRATION = 'INSERT INTO outcry.migration (number, name, checksum) VALUES ($1, $2, $3)'

const readMigrations = async (directory: string): Promise<Migration[]> => {
  const names = (await readdir(directory)).filter((name) => FILE_NAME.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = (await readFile(`${directory}/${name}`, 'utf8')).replaceAll('\r\n', '\n')
      return { number: Number(name.slice(0, 4)), name, text, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

const refuseOldServer = async (sql: Sql) => {
  const { rows } = await sql.query<{ version: number; shown: string }>(
    "SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS shown",
  )
  if (rows[0]!.version >= OLDEST_SERVER) return
  throw new OutcryError('DATABASE_TOO_OLD', `PostgreSQL ${rows[0]!.shown} is too old`, {
    fix: 'Use PostgreSQL 14 or newer, or leave DATABASE_URL out and let Outcry bring its own.',
  })
}

const lock = async (tx: Sql, logger: Logger) => {
  const { rows } = await tx.query<{ free: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS free', [LOCK_KEY])
  if (rows[0]!.free) return
  logger.info({}, 'waiting for another process to bring the database up to date')
  await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK_KEY])
}

const appliedMigrations = async (tx: Sql): Promise<Map<number, { name: string; checksum: string }>> => {
  const { rows: found } = await tx.query<{ there: boolean }>(
    "SELECT to_regclass('outcry.migration') IS NOT NULL AS there",
  )
  if (!found[0]!.there) {
    await tx.query(await readFile(MIGRATION_TABLE, 'utf8'))
  }
  const { rows } = await tx.query<{ number: number; name: string; checksum: string }>(
    'SELECT number, name, checksum FROM outcry.migration',
  )
  return new Map(rows.map((row) => [row.number, row]))
}

const refuseForeign = (known: readonly Migration[], applied: Map<number, { name: string; checksum: string }>) => {
  const newest = Math.max(0, ...applied.keys())
  const mine = known.at(-1)?.number ?? 0
  if (newest > mine) {
    throw new OutcryError('DATABASE_NEWER', `the database is at version ${newest}, this Outcry knows ${mine}`, {
      fix: 'Run the newer Outcry that was here before, restore the backup from before the upgrade, or give this one its own database.',
      exitCode: 2,
    })
  }
  const changed = known.find(({ number, checksum }) => (applied.get(number)?.checksum ?? checksum) !== checksum)
  if (!changed) return
  throw new OutcryError('DATABASE_DIFFERS', `the database was built by another ${changed.name} than this one`, {
    fix: 'Run the release that built it, or start with an empty database.',
    exitCode: 2,
  })
}

/** Applies the next missing migration in its own transaction; the number applied, or null when there is none left. */
const applyNext = (pool: SqlPool, known: readonly Migration[], logger: Logger): Promise<number | null> =>
  pool.transaction(async (tx) => {
    await lock(tx, logger)
    const applied = await appliedMigrations(tx)
    refuseForeign(known, applied)
    const next = known.find(({ number }) => !applied.has(number))
    if (!next) return null
    await tx.query(next.text)
    await tx.query(RECORD_MIGRATION, [next.number, next.name, next.checksum])
    return next.number
  })

/**
 * Brings the schema up to date, forward only. Safe when several processes start together: each step runs under one
 * advisory lock. Throws `DATABASE_NEWER`, `DATABASE_DIFFERS` or `DATABASE_TOO_OLD`.
 */
export const migrate = async (pool: SqlPool, logger: Logger, directory = MIGRATIONS_DIR): Promise<void> => {
  const known = await readMigrations(directory)
  await refuseOldServer(pool)
  let reached: number | null = null
  for (;;) {
    const number = await applyNext(pool, known, logger)
    if (number === null) break
    reached = number
  }
  if (reached !== null) logger.info({ number: reached }, 'database migrated')
}

/**
 * How far the schema is behind this code, without changing it. Throws `DATABASE_NEWER` or `DATABASE_DIFFERS`; 0 of a
 * database that has none yet.
 */
export const migrationState = async (
  sql: Sql,
  directory = MIGRATIONS_DIR,
): Promise<{ applied: number; known: number }> => {
  const known = await readMigrations(directory)
  await refuseOldServer(sql)
  const { rows } = await sql.query<{ there: boolean }>("SELECT to_regclass('outcry.migration') IS NOT NULL AS there")
  const applied = rows[0]!.there ? await appliedMigrations(sql) : new Map<number, never>()
  refuseForeign(known, applied)
  return { applied: applied.size, known: known.length }
}

/**
 * Builds the schema of exactly these migrations in the caller's transaction, in a database without one. Throws
 * `DATABASE_NEWER` or `DATABASE_DIFFERS` where this code has other ones.
 */
export const buildSchema = async (
  tx: Pick<Sql, 'query'>,
  wanted: readonly { number: number; name: string; checksum: string }[],
  directory: string = MIGRATIONS_DIR,
): Promise<void> => {
  const known = await readMigrations(directory)
  await refuseOldServer(tx)
  refuseForeign(known, new Map(wanted.map((migration) => [migration.number, migration])))
  await tx.query(await readFile(MIGRATION_TABLE, 'utf8'))
  for (const { number, name, checksum, text } of known) {
    if (!wanted.some((migration) => migration.number === number)) continue
    await tx.query(text)
    await tx.query(RECORD_MIGRATION, [number, name, checksum])
  }
}
