import { randomBytes } from 'node:crypto'
import type { Sql } from '@outcry/contracts'

/** A key of 32 random bytes that this installation made once. */
export const installationKey = async (sql: Sql, name: string): Promise<Buffer> => {
  await sql.query('INSERT INTO outcry.installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING', [
    name,
    randomBytes(32),
  ])
  const { rows } = await sql.query<{ value: Buffer }>('SELECT value FROM outcry.installation WHERE name = $1', [name])
  return rows[0]!.value
}
