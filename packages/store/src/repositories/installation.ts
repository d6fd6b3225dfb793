import { randomBytes } from 'node:crypto'
import type { Sql } from '@outcry/contracts'

const KEY_BYTES = 32

/** A secret of this installation: 32 random bytes, made once under each name, the same for every process. */
export const installationKey = async (sql: Sql, name: string): Promise<Uint8Array> => {
  await sql.query('INSERT INTO outcry.installation (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    name,
    randomBytes(KEY_BYTES),
  ])
  const { rows } = await sql.query<{ value: Buffer }>('SELECT value FROM outcry.installation WHERE name = $1', [name])
  return rows[0]!.value
}

/** The same, asked of the database until it answered once. */
export const installationKeyOnce = (sql: Sql, name: string): (() => Promise<Uint8Array>) => {
  let known: Uint8Array | null = null
  return async () => (known ??= await installationKey(sql, name))
}
