import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { silentLogger } from '@outcry/runtime'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { migrate } from './migrate.ts'

const databases: TestDatabase[] = []
const fresh = async (options?: { empty: boolean }) => {
  const database = await createTestDatabase(options)
  databases.push(database)
  return database
}
afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop()
})

const directories: string[] = []
afterAll(async () => {
  for (const directory of directories) await rm(directory, { recursive: true })
})

const migrationsWith = async (extra: Record<string, string>) => {
  const directory = await mkdtemp(join(tmpdir(), 'outcry-migrations-'))
  directories.push(directory)
  await cp(new URL('migrations', import.meta.url), directory, { recursive: true })
  for (const [name, text] of Object.entries(extra)) await writeFile(join(directory, name), text)
  return directory
}

describe('migrate', () => {
  it('builds the schema in an empty database and does nothing the second time', async () => {
    const { pool } = await fresh({ empty: true })
    await migrate(pool, silentLogger)
    await migrate(pool, silentLogger)
    const { rows } = await pool.query('SELECT number, name FROM outcry.migration ORDER BY number')
    const names = (await readdir(new URL('migrations', import.meta.url))).filter((name) => /^\d/.test(name)).sort()
    expect(rows).toEqual(names.map((name) => ({ number: Number(name.slice(0, 4)), name })))
  })

  it('finds nothing to do in a database made from the test template', async () => {
    const { pool } = await fresh()
    const before = await pool.query('SELECT * FROM outcry.migration')
    await migrate(pool, silentLogger)
    expect(await pool.query('SELECT * FROM outcry.migration')).toEqual(before)
  })

  it('applies what is missing, in order', async () => {
    const { pool } = await fresh()
    const directory = await migrationsWith({
      '8001-second.sql': 'CREATE TABLE outcry.second (id int)',
      '8002-third.sql': 'ALTER TABLE outcry.second ADD COLUMN name text',
    })
    await migrate(pool, silentLogger, directory)
    expect((await pool.query('SELECT id, name FROM outcry.second')).rows).toEqual([])
  })

  it('leaves no half of a migration that fails', async () => {
    const { pool } = await fresh()
    const directory = await migrationsWith({ '8001-bad.sql': 'CREATE TABLE outcry.half (id int); SELECT nonsense' })
    await expect(migrate(pool, silentLogger, directory)).rejects.toThrow('nonsense')
    expect((await pool.query("SELECT to_regclass('outcry.half') AS half")).rows).toEqual([{ half: null }])
  })

  it('refuses a database that a newer Outcry has migrated', async () => {
    const { pool } = await fresh()
    await pool.query("INSERT INTO outcry.migration VALUES (9000, '9000-future.sql', 'x')")
    await expect(migrate(pool, silentLogger)).rejects.toMatchObject({ code: 'DATABASE_NEWER' })
  })

  it('refuses a database that was built by a changed file', async () => {
    const { pool } = await fresh()
    await pool.query("UPDATE outcry.migration SET checksum = 'other' WHERE number = 1")
    await expect(migrate(pool, silentLogger)).rejects.toMatchObject({ code: 'DATABASE_DIFFERS' })
  })
})
