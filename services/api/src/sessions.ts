import type { SqlPool } from '@outcry/contracts'
import type { SessionPort } from '@outcry/rest'
import { dropSession, findSession, listSessions, saveSession, takeSessionCode } from '@outcry/store'
import { recordAct } from './record-act.ts'

/** Sessions in the database, where every API process finds them. */
export const createSessions = (pool: SqlPool, now: () => number): SessionPort => ({
  save: (row, limit, act) =>
    pool.transaction(async (tx) => {
      await saveSession(tx, row, limit)
      if (act !== null) await recordAct(tx, act, now())
    }),
  find: (keyHash, nowMs) => findSession(pool, keyHash, nowMs),
  list: (nowMs) => listSessions(pool, nowMs),
  takeCode: (keyHash, nowMs) => takeSessionCode(pool, keyHash, nowMs),
  drop: (keyHash, act) =>
    pool.transaction(async (tx) => {
      await dropSession(tx, keyHash)
      await recordAct(tx, act, now())
    }),
})
