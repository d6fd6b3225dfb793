import type { SqlPool } from '@outcry/contracts'
import type { PeoplePort } from '@outcry/rest'
import { forgetPerson } from '@outcry/store'
import { recordAct } from './record-act.ts'

export const createPeople = (pool: SqlPool, now: () => number): PeoplePort => ({
  forget: (name, act) =>
    pool.transaction(async (tx) => {
      const rows = await forgetPerson(tx, name)
      await recordAct(tx, act, now())
      return rows
    }),
})
