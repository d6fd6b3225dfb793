import { createHash } from 'node:crypto'
import { type SqlPool, watchedBrand } from '@outcry/contracts'
import { isActive } from '@outcry/engine'
import { NEAR_BEFORE_MS, nearEvents } from '@outcry/response'
import type { KnownEventPort, KnownEventWish } from '@outcry/rest'
import { deleteKnownEvent, getKnownEvent, knownEventsAround, listKnownEvents, saveKnownEvent } from '@outcry/store'
import { pageOf } from './reads/page-of.ts'
import { recordAct } from './record-act.ts'

/** Events shown beside one issue, of those before its onset and of those after. */
const MAX_NEAR = 25

/** Events in the database, where every alerter reads the planned ones. */
export const createKnownEvents = (options: {
  pool: SqlPool
  brands: readonly string[]
  issueTypes: readonly string[]
  newId: () => string
  now: () => number
}): KnownEventPort => {
  const { pool, brands, issueTypes, newId, now } = options
  return {
    brands: () => brands,
    issueTypes: () => issueTypes,
    list: async ({ since, ...filter }, { after, limit }) => {
      const place = after && { atMs: Math.trunc(after.at), id: after.id }
      const rows = await listKnownEvents(pool, { ...filter, sinceMs: since }, place, limit + 1)
      return pageOf(rows, limit, ({ at, id }) => ({ at, id }))
    },
    get: (id) => getKnownEvent(pool, id),
    told: async (wish) => (wish.externalId === null ? null : getKnownEvent(pool, `ev_${idOf(wish)}`)),
    near: async (issue) => {
      const { brand, openedAt, updatedAt, issueType, evidence } = issue
      const onset = Math.min(evidence.since, openedAt)
      const end = isActive(issue) ? now() : updatedAt
      const span = { fromMs: onset - NEAR_BEFORE_MS, onsetMs: onset, toMs: end }
      const events = await knownEventsAround(pool, { brand: watchedBrand(brand), issueType }, span, MAX_NEAR)
      return nearEvents(events, { onset, end, issueType })
    },
    tell: (wish, act) =>
      pool.transaction(async (tx) => {
        const atMs = now()
        const id = wish.externalId === null ? newId() : idOf(wish)
        const saved = await saveKnownEvent(tx, { ...wish, id: `ev_${id}`, postedBy: act.actor, createdAt: atMs })
        if (saved !== null) await recordAct(tx, act, atMs, { subject: saved.event.id, status: saved.added ? 201 : 200 })
        return saved
      }),
    remove: (id, act) =>
      pool.transaction(async (tx) => {
        if (!(await deleteKnownEvent(tx, id))) return false
        await recordAct(tx, act, now())
        return true
      }),
  }
}

/** One id for all posts of the same event, so that those of several jobs at once make one. */
const idOf = ({ externalId, brands }: Pick<KnownEventWish, 'externalId' | 'brands'>): string =>
  createHash('sha256')
    .update(JSON.stringify([externalId, brands]))
    .digest('hex')
    .slice(0, 32)
