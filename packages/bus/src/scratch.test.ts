/* eslint-disable */
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe } from 'vitest'
import type { SqlPool } from '@outcry/contracts'
import { silentLogger, systemClock } from '@outcry/runtime'
import { busCompliance, COMPLIANCE_MAX_RECORD_BYTES } from './bus-compliance.ts'
import { createPostgresBus } from './postgres/postgres-bus.ts'
const require = createRequire('/work/main/packages/store/src/index.ts')
const pg = require('pg')
export const url = 'postgres://postgres@127.0.0.1:55433/'
export const makePool = (name: string): SqlPool & { end(): Promise<void> } => {
  const p = new pg.Pool({ connectionString: url + name, max: 10 })
  p.on('error', () => {})
  return {
    query: (t: string, v?: any) => p.query(t, v),
    transaction: async (work: any) => {
      const c = await p.connect()
      try {
        await c.query('BEGIN')
        const r = await work(c)
        await c.query('COMMIT')
        return r
      } catch (e) {
        await c.query('ROLLBACK')
        throw e
      } finally {
        c.release()
      }
    },
    listen: async (ch: string, cb: any) => {
      const c = new pg.Client({ connectionString: url + name })
      await c.connect()
      await c.query('LISTEN ' + ch)
      c.on('notification', (n: any) => cb(n.payload))
      c.on('error', () => {})
      return () => c.end()
    },
    end: () => p.end(),
  }
}
let pool: any
const db = 'd' + process.pid
beforeAll(async () => {
  const a = makePool('postgres')
  await a.query('CREATE DATABASE ' + db)
  await a.end()
  pool = makePool(db)
  await pool.query('CREATE SCHEMA IF NOT EXISTS outcry')
  await pool.query(readFileSync('/work/main/packages/store/src/migrations/0001-initial.sql', 'utf8'))
})
afterAll(async () => {
  await pool.end()
})
describe('postgres bus', () => {
  busCompliance({
    connect: () =>
      createPostgresBus({
        pool,
        clock: systemClock,
        logger: { ...silentLogger, warn: (f: any, m: any) => console.log(m, f) },
        maxRecordBytes: COMPLIANCE_MAX_RECORD_BYTES,
        pollMs: 500,
      }),
    forget: async (topic, partition, below) => {
      await pool.query('DELETE FROM outcry.bus_record WHERE topic=$1 AND partition=$2 AND position<$3', [
        topic,
        partition,
        below,
      ])
      await pool.query('UPDATE outcry.bus_partition SET first_position=$3 WHERE topic=$1 AND partition=$2', [
        topic,
        partition,
        below,
      ])
    },
  })
})
