import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type BackupManifest, type BackupTable, OutcryError } from '@outcry/contracts'
import { manifestPath, tablePath } from './manifest.ts'
import { inLongTransaction } from './own-client.ts'

/** What belongs to processes that run, and means nothing to those that come later. */
const PASSING = ['bus_lease', 'bus_member', 'ingest_member', 'migration']

export type BackupOptions = {
  url: string
  /** Must not exist yet. */
  directory: string
  /** Told before each table. */
  onTable: (name: string) => void
}

/**
 * Writes all of Outcry's tables as of one moment into a new directory, while everything goes on: COPY's text format,
 * compressed, which any PostgreSQL from 14 on reads again. The directory is there whole or not at all. Throws
 * `OUTPUT_UNWRITABLE`, `DATABASE_*`.
 */
export const backupDatabase = async ({ url, directory, onTable }: BackupOptions): Promise<BackupManifest> => {
  const draft = `${directory}.${process.pid}.tmp`
  await refuseExisting(directory)
  try {
    await onDisk(directory, () => mkdir(draft, { recursive: true, mode: 0o700 }))
    const manifest = await inLongTransaction(url, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', (client) =>
      copyAll(client, draft, directory, onTable),
    )
    await onDisk(directory, async () => {
      await writeFile(manifestPath(draft), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
      await rename(draft, directory)
    })
    return manifest
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

const copyAll = async (client: Client, draft: string, directory: string, onTable: (name: string) => void) => {
  await client.query('SET LOCAL idle_in_transaction_session_timeout = 0')
  const { rows: head } = await client.query<{ server: string; there: boolean; takenAt: Date }>(
    `SELECT current_setting('server_version') AS server, now() AS "takenAt",
       to_regclass('outcry.migration') IS NOT NULL AS there`,
  )
  const { server, there, takenAt } = head[0]!
  if (!there)
    throw new OutcryError('DATABASE_EMPTY', 'the database holds nothing of Outcry', {
      fix: 'Name the database that Outcry uses with DATABASE_URL, or the data directory with OUTCRY_DATA_DIR.',
    })
  const { rows: migrations } = await client.query<BackupManifest['migrations'][number]>(
    'SELECT number, name, checksum FROM outcry.migration ORDER BY number',
  )
  const tables: BackupTable[] = []
  for (const { name, columns } of await tablesOf(client)) {
    onTable(name)
    tables.push({ name, columns, ...(await copyTable(client, name, columns, draft, directory)) })
  }
  return { version: 1 as const, takenAt: takenAt.toISOString(), server, migrations, tables }
}

const tablesOf = async (client: Client): Promise<{ name: string; columns: string[] }[]> => {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `SELECT class.relname AS name, array_agg(attribute.attname::text ORDER BY attribute.attnum) AS columns
     FROM pg_class AS class JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid
     WHERE class.relnamespace = 'outcry'::regnamespace AND class.relkind = 'r' AND NOT class.relname = ANY($1)
       AND attribute.attnum > 0 AND NOT attribute.attisdropped AND attribute.attgenerated = ''
     GROUP BY class.relname ORDER BY class.relname`,
    [PASSING],
  )
  return rows
}

const copyTable = async (client: Client, name: string, columns: string[], draft: string, directory: string) => {
  const rows = client.query(copyTo(`COPY outcry.${name} (${columns.join(', ')}) TO STDOUT`))
  const hash = createHash('sha256')
  const gzip = createGzip({ level: 3 })
  const file = createWriteStream(tablePath(draft, name), { mode: 0o600, flush: true })
  await pipeline(
    rows,
    gzip,
    async function* hashed(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        yield chunk
      }
    },
    file,
  ).catch((error: unknown) => {
    throw file.errored === error ? unwritable(directory, error) : error
  })
  return { rows: rows.rowCount ?? 0, sha256: hash.digest('hex') }
}

const refuseExisting = async (directory: string) => {
  const found = await stat(directory).catch(() => null)
  if (found === null) return
  throw new OutcryError('OUTPUT_UNWRITABLE', `${directory} exists already`, {
    fix: 'Name a directory that does not exist yet: a backup never overwrites another.',
    exitCode: 2,
  })
}

const onDisk = <T>(directory: string, work: () => Promise<T>): Promise<T> =>
  work().catch((error: unknown) => {
    throw unwritable(directory, error)
  })

const unwritable = (directory: string, cause: unknown) =>
  new OutcryError(
    'OUTPUT_UNWRITABLE',
    `${directory} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
    { fix: 'Choose a place that this user may write to and that has space.', exitCode: 2, cause },
  )
