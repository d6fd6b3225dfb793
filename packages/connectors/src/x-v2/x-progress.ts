import { HOUR_MS } from '@outcry/contracts'
import type { Reject, Sighting, SourceContext } from '../connector.ts'
import { DeliveryFailed } from '../delivery-failed.ts'
import { createRevisionMemory } from '../listing/revision-memory.ts'
import { partByAge } from '../part-by-age.ts'
import { createNotedPosts } from './noted-posts.ts'
import { createSpendGuard, dayOf } from './spend-guard.ts'
import type { XConfig } from './x-config.ts'
import { type Hole, isXCursor } from './x-cursor.ts'

const FIRST_LOOK_BACK_MS = HOUR_MS

type State = { heardAt: number | null; newestAt: number; hole: Hole | null }
export type Read = { sightings: readonly Sighting[]; rejects: readonly Reject[] }

export type XProgress = ReturnType<typeof createXProgress>

/**
 * How far X was read: by the stream, in a hole by the search. Deliveries take turns, and what they change is in the
 * cursor they carry. The search begins at the newest post that was read, by the clock of X, so ours may be wrong.
 */
export const createXProgress = (context: SourceContext, config: XConfig) => {
  const { clock } = context
  const before = isXCursor(context.cursor) ? context.cursor : null
  const today = dayOf(clock.now())
  const guard = createSpendGuard({
    cap: config.maxPostsPerMonth,
    recheckPerDay: config.recheckPostsPerDay,
    now: () => clock.now(),
    before: before?.spend,
    paidBefore: (before?.noted ?? []).flatMap(([, newest, , paidOn]) => (paidOn === today ? [newest] : [])),
  })
  const noted = createNotedPosts(clock, before?.noted ?? [])
  const memory = createRevisionMemory()
  const newestAt = before?.newestAt ?? clock.now() - FIRST_LOOK_BACK_MS
  const heardAt = before?.heardAt ?? null
  let state: State = { heardAt, newestAt, hole: before?.hole ?? { sinceMs: newestAt, heardAt, walk: null } }
  let told = 0
  /** When the stream took over, and since when there is none; by our clock. */
  let tookOverAt: number | null = null
  let brokeAt = clock.now()
  let turn: Promise<void> = Promise.resolve()

  const cursor = (change: Partial<State>) => ({ ...state, ...change, spend: guard.spend(), noted: noted.all() })

  const deliverNow = async (read: Read, changeOf: (state: State) => Partial<State>): Promise<void> => {
    const news = memory.news(read)
    const { hole } = state
    const lookedAt = hole === null ? state.heardAt : hole.heardAt
    const { old, fresh } = partByAge(news.sightings, { lookedAt, now: clock.now() })
    if (old.length > 0) await context.emit({ sightings: old, cursor: cursor({}), backfill: true })
    noted.note(news.sightings, dayOf(clock.now()))
    const change = changeOf(state)
    await context.emit({ sightings: fresh, rejects: news.rejects, cursor: cursor(change), backfill: false })
    state = { ...state, ...change }
    memory.delivered(news)
  }

  return {
    guard,
    noted,
    state: (): Readonly<State> => state,
    tookOverAt: (): number | null => tookOverAt,
    brokeAt: (): number => brokeAt,

    /** Delivers in turn; `changeOf` says what the cursor moves to with it. */
    deliver: (read: Read, changeOf: (state: State) => Partial<State>): Promise<void> => {
      const mine = turn.then(() =>
        deliverNow(read, changeOf).catch((cause: unknown) => {
          throw new DeliveryFailed(cause)
        }),
      )
      turn = mine.catch(() => undefined)
      return mine
    },

    streamOpened: (): void => {
      tookOverAt = clock.now()
    },

    streamBroke: (): void => {
      if (tookOverAt !== null) brokeAt = clock.now()
      tookOverAt = null
      state = { ...state, hole: state.hole ?? { sinceMs: state.newestAt, heardAt: state.heardAt, walk: null } }
    },

    /** Up to when everything was delivered; the first hole of all holds nobody up. Epoch ms. */
    sourceTime: (): number => {
      told = Math.max(told, Math.min(state.hole?.heardAt ?? state.heardAt ?? 0, clock.now()))
      return told
    },
  }
}

/** When the newest of posts was written; a time ahead of ours is none. */
export const newestOf = (sightings: readonly Sighting[], before: number, nowMs: number): number =>
  Math.max(before, ...sightings.map(({ mention }) => Math.min(mention.createdAt ?? 0, nowMs)))
