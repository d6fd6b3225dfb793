import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'

const MIGRATIONS = fileURLToPath(new URL('../../../store/src/migrations', import.meta.url))
const LOCK_KEY = 7_465_737_400
/** Databases of test runs that were killed go after an hour. */
const FORGOTTEN_MS = 3_600_000

type File = { name: string; text: string }

const migrationFiles = (): File[] =>
  existsSync(MIGRATIONS)
    ? readdirSync(MIGRATIONS)
        .filter((name) => name.endsWith('.sql'))
        .sort()
        .map((name) => ({ name, text: readFileSync(`${MIGRATIONS}/${name}`, 'utf8').replaceAll('\r\n', '\n') }))
    : []

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const build = async (url: string, files: readonly File[]) => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(files.find(({ name }) => name === 'table.sql')?.text ?? '')
    for (const { name, text } of files.filter(({ name }) => /^\d/.test(name))) {
      await client.query(text)
      const row = [Number(name.slice(0, 4)), name, sha256(text)]
      await client.query('INSERT INTO outcry.migration (number, name, checksum) VALUES ($1, $2, $3)', row)
    }
  } finally {
    await client.end()
  }
}

const dropForgotten = async (admin: Client) => {
  const { rows } = await admin.query<{ datname: string }>("SELECT datname FROM pg_database WHERE datname LIKE 'test_%'")
  for (const { datname } of rows) {
    const madeAt = Number(datname.split('_')[1])
    if (Date.now() - madeAt > FORGOTTEN_MS) await admin.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`)
  }
}

/** The name of a database with the whole schema in it, made once for each state of the migrations. */
export const ensureTemplate = async (admin: Client, urlOf: (database: string) => string): Promise<string> => {
  const files = migrationFiles()
  const name = `template_${sha256(JSON.stringify(files)).slice(0, 16)}`
  await admin.query('SELECT pg_advisory_lock($1)', [LOCK_KEY])
  try {
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [name])
    if (rowCount) return name
    await dropForgotten(admin)
    await admin.query(`DROP DATABASE IF EXISTS ${name}`)
    await admin.query(`CREATE DATABASE ${name}`)
    await build(urlOf(name), files)
    await admin.query(`ALTER DATABASE ${name} IS_TEMPLATE true`)
    return name
  } finally {
    await admin.query('SELECT pg_advisory_unlock($1)', [LOCK_KEY])
  }
}
