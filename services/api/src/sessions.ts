import type { SqlPool } from '@outcry/contracts'
import type { SessionPort } from '@outcry/rest'
import { dropSession, findSession, saveSession, takeSessionCode } from '@outcry/store'

/** Sessions in the database, where every API process finds them. */
export const createSessions = (pool: SqlPool): SessionPort => ({
  save: (row, limit) => saveSession(pool, row, limit),
  find: (keyHash, nowMs) => findSession(pool, keyHash, nowMs),
  takeCode: (keyHash, nowMs) => takeSessionCode(pool, keyHash, nowMs),
  drop: (keyHash) => dropSession(pool, keyHash),
})
