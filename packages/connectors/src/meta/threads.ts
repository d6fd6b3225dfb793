import { createGuard, HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import { Type } from 'typebox'
import type { Reject } from '../connector.ts'
import { PlatformError } from '../http/platform-error.ts'
import type { Listing } from '../listing/listing.ts'
import type { Dated, ListingPage } from '../listing/newest-first.ts'

/** `stamp` changes when something is written in the thread. */
export type Thread = { id: string; stamp: string }

export type ThreadsOptions = {
  name: string
  clock: Clock
  threads: (signal: AbortSignal) => Promise<readonly Thread[]>
  /** What was written in a thread, newest first. */
  page: (thread: string, next: string | null, signal: AbortSignal) => Promise<ListingPage>
  /** How long edits and what shows late are looked for. Milliseconds. */
  rewindMs: number
  firstLookBackMs: number
  /** Of one thread. */
  maxPages: number
}

/** `newestAt`: of everything delivered, by the platform's clock, and never ahead of ours. Epoch ms. */
const isPosition = createGuard(Type.Object({ newestAt: Type.Integer({ minimum: 0 }), isFirst: Type.Boolean() }))

/** A thread is looked at again after this time though its stamp is the same. */
const REVISIT_MS = 10 * MINUTE_MS
const LONGEST_WALK_MS = HOUR_MS

/** A walk that may have broken off: it goes on in the first thread that is left. */
type Walk = {
  startedAt: number
  left: Thread[]
  visited: Thread[]
  items: Dated[]
  rejects: Reject[]
  next: string | null
  pages: number
  isCut: boolean
}

/**
 * What people write below the posts of an account: walks back in each recent thread that changed, and delivers at the end
 * of the walk, the oldest first, so that one that breaks off loses nothing.
 */
export const threadsListing = (options: ThreadsOptions): Listing => {
  const { name, clock, threads, page, rewindMs, firstLookBackMs, maxPages } = options
  const firstLookTo = clock.now() - firstLookBackMs
  const visits = new Map<string, { stamp: string; at: number }>()
  let broken: Walk | null = null

  const isDue = ({ id, stamp }: Thread): boolean => {
    const visit = visits.get(id)
    return visit?.stamp !== stamp || visit.at < clock.now() - REVISIT_MS
  }

  const takeUp = async (signal: AbortSignal): Promise<Walk> => {
    if (broken !== null && clock.now() - broken.startedAt <= LONGEST_WALK_MS) return broken
    const startedAt = clock.now()
    const known = await threads(signal)
    const ids = new Set(known.map(({ id }) => id))
    for (const id of visits.keys()) if (!ids.has(id)) visits.delete(id)
    return {
      startedAt,
      left: known.filter(isDue),
      visited: [],
      items: [],
      rejects: [],
      next: null,
      pages: 0,
      isCut: false,
    }
  }

  const walkThread = async (walk: Walk, thread: Thread, boundary: number, signal: AbortSignal): Promise<void> => {
    for (;;) {
      const read = await page(thread.id, walk.next, signal)
      walk.items.push(...read.items)
      walk.rejects.push(...read.rejects)
      walk.next = read.next
      walk.pages += 1
      const last = read.items.at(-1)
      const isReached = read.next === null || (last !== undefined && last.at < boundary)
      walk.isCut ||= !isReached && walk.pages >= maxPages
      if (isReached || walk.pages >= maxPages) break
    }
    walk.left.shift()
    walk.visited.push(thread)
    walk.next = null
    walk.pages = 0
  }

  return {
    name,
    look: async ({ position, deliver, gap, signal }) => {
      const mark = isPosition(position) ? position : { newestAt: firstLookTo + rewindMs, isFirst: true }
      const boundary = mark.newestAt - rewindMs
      if (!isPosition(position)) await deliver({ sightings: [], position: mark })
      const walk = await takeUp(signal)
      broken = walk
      try {
        for (let thread = walk.left[0]; thread !== undefined; thread = walk.left[0])
          await walkThread(walk, thread, boundary, signal)
      } catch (error) {
        // What refuses the request itself refuses its thread or its token of a page.
        if (error instanceof PlatformError && error.status < 500 && error.retryAfterMs === null) broken = null
        throw error
      }
      if (walk.isCut && !mark.isFirst) gap('more was written in a thread since the last look than is read of one')
      const due = walk.items.filter(({ at }) => at >= boundary).toSorted((a, b) => a.at - b.at)
      const newestAt = Math.min(Math.max(mark.newestAt, due.at(-1)?.at ?? 0), clock.now())
      const sightings = due.map(({ sighting }) => sighting)
      await deliver({ sightings, rejects: walk.rejects, position: { newestAt, isFirst: false } })
      broken = null
      for (const { id, stamp } of walk.visited) visits.set(id, { stamp, at: walk.startedAt })
      return { until: walk.startedAt, again: false }
    },
  }
}
