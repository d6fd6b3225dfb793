import type { Mute, SqlPool } from '@outcry/contracts'
import type { MutePort } from '@outcry/rest'
import { addMute, appendTimeline, endMute, getMute, listMutes } from '@outcry/store'
import { recordAct } from './record-act.ts'

/** Mutes in the database, where every alerter reads them; one of an issue is in its timeline. */
export const createMutes = (options: {
  pool: SqlPool
  brands: readonly string[]
  issueTypes: readonly string[]
  newId: () => string
  now: () => number
}): MutePort => {
  const { pool, brands, issueTypes, newId, now } = options
  const record = async (tx: Pick<SqlPool, 'query'>, mute: Mute, kind: string, actor: string) => {
    const { issueId, brand, reason, until } = mute
    if (issueId === null) return
    const body = { reason, until, muteId: mute.id }
    await appendTimeline(tx, [{ id: `tl-${newId()}`, issueId, brand, atMs: now(), kind, actor, body }])
  }
  return {
    brands: () => brands,
    issueTypes: () => issueTypes,
    list: (scope) => listMutes(pool, scope, now()),
    get: (id) => getMute(pool, id),
    add: (wish, act) =>
      pool.transaction(async (tx) => {
        const mute: Mute = { ...wish, id: `mt_${newId()}`, createdAt: now() }
        if (!(await addMute(tx, mute))) return null
        await record(tx, mute, 'muted', act.actor)
        await recordAct(tx, act, now(), { subject: mute.id })
        return mute
      }),
    end: (id, act) =>
      pool.transaction(async (tx) => {
        const mute = (await endMute(tx, id, now())) ? await getMute(tx, id) : null
        if (mute === null) return null
        await record(tx, mute, 'mute-ended', act.actor)
        await recordAct(tx, act, now())
        return mute
      }),
  }
}
