import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inDataDir, prepareDataDir } from './prepare-data-dir.ts'
import { writeSecretFile } from './write-secret-file.ts'

const TOKEN_BYTES = 32

/** The admin token of the data directory, made on first use: 43 characters in `admin-token`, mode 0600. */
export const ensureAdminToken = (dataDir: string): { token: string; path: string; created: boolean } => {
  prepareDataDir(dataDir)
  const path = join(dataDir, 'admin-token')
  const created = writeSecretFile(dataDir, path, `${randomBytes(TOKEN_BYTES).toString('base64url')}\n`)
  return { token: inDataDir(dataDir, () => readFileSync(path, 'utf8').trim()), path, created }
}
