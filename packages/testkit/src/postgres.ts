import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import type { SqlPool } from '@outcry/contracts'
import { sharedServer } from './postgres/server.ts'
import { ensureTemplate } from './postgres/template.ts'
import { createTestPool } from './postgres/test-pool.ts'

export type TestDatabase = {
  url: string
  pool: SqlPool
  /** Closes the pool and removes the database, with whoever is still connected. */
  drop(): Promise<void>
}

/**
 * A database of its own on the shared test server, with Outcry's whole schema; `empty: true` has none. About 50 ms
 * each, so a test file makes one in `beforeAll` and drops it in `afterAll`.
 */
export const createTestDatabase = async (options: { empty?: boolean } = {}): Promise<TestDatabase> => {
  const urlOf = await sharedServer()
  const name = `test_${Date.now()}_${randomBytes(6).toString('hex')}`
  const asAdmin = async <T>(work: (admin: Client) => Promise<T>): Promise<T> => {
    const admin = new Client({ connectionString: urlOf('postgres') })
    await admin.connect()
    try {
      return await work(admin)
    } finally {
      await admin.end()
    }
  }
  await asAdmin(async (admin) => {
    const template = options.empty ? 'template1' : await ensureTemplate(admin, urlOf)
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
  })
  const pool = createTestPool(urlOf(name))
  return {
    url: urlOf(name),
    pool,
    drop: async () => {
      await pool.close()
      await asAdmin((admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
    },
  }
}
