import { createGuard, DAY_MS } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

/** More than these of one day are counted each time they are read. */
const MAX_IDS = 200_000
const WARN_AT = 0.8

/** `month` as 2026-11, `day` as 2026-11-29, both UTC. `rechecked`: posts of earlier days asked for again on `day`. */
export const Spend = Type.Object({
  month: Type.String(),
  posts: Type.Integer({ minimum: 0 }),
  day: Type.String(),
  rechecked: Type.Integer({ minimum: 0 }),
})
export type Spend = Static<typeof Spend>
const isSpend = createGuard(Spend)

/**
 * Counts posts read against the cap of a calendar month, UTC. X bills a post once in a UTC day, however often it is
 * read on it (docs.x.com/x-api/fundamentals/post-cap).
 */
export const createSpendGuard = (options: {
  cap: number
  recheckPerDay: number
  now: () => number
  before: unknown
  /** Ids that were read on the day of `before`. */
  paidBefore: readonly string[]
}) => {
  const { cap, recheckPerDay, now, before, paidBefore } = options
  let spend = isSpend(before) ? before : freshAt(now())
  let paid = new Set(paidBefore)

  const turn = (): void => {
    const { month, day } = freshAt(now())
    if (day === spend.day) return
    paid = new Set()
    // A clock that goes back opens no month again.
    spend = { month, posts: month > spend.month ? 0 : spend.posts, day, rechecked: 0 }
  }

  return {
    /** Counts what an answer held, each id once a day. */
    count: (ids: Iterable<string>): void => {
      turn()
      let posts = 0
      for (const id of ids) {
        if (paid.has(id)) continue
        posts += 1
        if (paid.size < MAX_IDS) paid.add(id)
      }
      spend = { ...spend, posts: spend.posts + posts }
    },
    isSpent: (): boolean => {
      turn()
      return spend.posts >= cap
    },
    /** How many may still be read this month. Posts. */
    left: (): number => {
      turn()
      return Math.max(0, cap - spend.posts)
    },
    isNearCap: (): boolean => {
      turn()
      return spend.posts >= cap * WARN_AT
    },
    /** Whether reading it again today costs nothing. */
    isPaid: (id: string): boolean => {
      turn()
      return paid.has(id)
    },
    recheckLeft: (): number => {
      turn()
      return Math.max(0, recheckPerDay - spend.rechecked)
    },
    countRecheck: (posts: number): void => {
      spend = { ...spend, rechecked: spend.rechecked + posts }
    },
    /** When the next month begins. Epoch ms. */
    renewsAt: (): number => {
      const date = new Date(now())
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
    },
    cap,
    spend: (): Spend => spend,
  }
}

/** The UTC day of a time, as 2026-11-29. */
export const dayOf = (ms: number): string => new Date(Math.floor(ms / DAY_MS) * DAY_MS).toISOString().slice(0, 10)

const freshAt = (ms: number): Spend => ({ month: dayOf(ms).slice(0, 7), posts: 0, day: dayOf(ms), rechecked: 0 })
