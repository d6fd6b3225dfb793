import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type BackupManifest, type BackupTable, OutcryError } from '@outcry/contracts'
import { buildSchema } from '../migrate.ts'
import { backupInvalid, readManifest, tablePath } from './manifest.ts'
import { inLongTransaction } from './own-client.ts'

export type RestoreOptions = {
  url: string
  directory: string
  /** Told before each table. */
  onTable: (name: string) => void
}

/**
 * Puts a backup into a database that holds nothing of Outcry, whole or not at all: the schema as it was when the backup
 * was taken, which the next start brings up to date. Throws `BACKUP_INVALID`, `RESTORE_NOT_EMPTY`, `DATABASE_*`.
 */
export const restoreDatabase = async ({ url, directory, onTable }: RestoreOptions): Promise<BackupManifest> => {
  const manifest = await readManifest(directory)
  for (const table of manifest.tables) await checkFile(directory, table)
  await inLongTransaction(url, 'BEGIN', async (client) => {
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0')
    await refuseFilled(client)
    await buildSchema(client, manifest.migrations)
    await client.query("SET LOCAL outcry.audit_change = 'restore'")
    for (const { name } of manifest.tables) await client.query(`TRUNCATE outcry.${name}`)
    for (const { name, columns } of manifest.tables) {
      onTable(name)
      const rows = client.query(copyFrom(`COPY outcry.${name} (${columns.join(', ')}) FROM STDIN`))
      await pipeline(createReadStream(tablePath(directory, name)), createGunzip(), rows)
    }
    await raiseIdentities(client)
  })
  return manifest
}

const checkFile = async (directory: string, { name, sha256 }: BackupTable) => {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(tablePath(directory, name))) hash.update(chunk as Buffer)
  } catch (error) {
    throw backupInvalid(directory, `the file of table ${name} cannot be read`, error)
  }
  if (hash.digest('hex') !== sha256)
    throw backupInvalid(directory, `the file of table ${name} was changed or cut short`)
}

const refuseFilled = async (client: Client) => {
  const { rows } = await client.query<{ there: boolean }>("SELECT to_regnamespace('outcry') IS NOT NULL AS there")
  if (!rows[0]!.there) return
  throw new OutcryError('RESTORE_NOT_EMPTY', 'the database holds data of an Outcry already', {
    fix: 'Restore into an empty database or a new data directory; nothing is ever overwritten.',
    exitCode: 2,
  })
}

/** Numbers that the server gives itself go on behind those that were restored. */
const raiseIdentities = async (client: Client) => {
  const { rows } = await client.query<{ name: string; column: string }>(
    `SELECT class.relname AS name, attribute.attname AS column
     FROM pg_class AS class JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid
     WHERE class.relnamespace = 'outcry'::regnamespace AND class.relkind = 'r' AND attribute.attidentity <> ''`,
  )
  for (const { name, column } of rows)
    await client.query(
      `SELECT setval(pg_get_serial_sequence('outcry.${name}', '${column}'),
         (SELECT coalesce(max(${column}), 0) + 1 FROM outcry.${name}), false)`,
    )
}
