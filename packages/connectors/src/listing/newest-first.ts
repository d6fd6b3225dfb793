import { createGuard, MINUTE_MS } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import { Type } from 'typebox'
import type { Reject, Sighting } from '../connector.ts'
import { PlatformError } from '../http/platform-error.ts'
import type { Listing } from './listing.ts'

/** `at`: the time by which the platform orders the listing (written, or changed), epoch ms. */
export type Dated = { sighting: Sighting; at: number }

/** A page as the platform gave it, newest first. `next`: asks for the page after it, null at the end. */
export type ListingPage = {
  items: readonly Dated[]
  rejects: readonly Reject[]
  next: string | null
  /** The platform shows no more of the listing, though there is more. */
  cutOff?: boolean
}

export type NewestFirstOptions = {
  name: string
  clock: Clock
  page: (next: string | null, signal: AbortSignal) => Promise<ListingPage>
  /** How much older than the newest seen an item may be when it first shows. Milliseconds. */
  rewindMs: number
  /** How far the first look goes back from the start of the source. Milliseconds. */
  firstLookBackMs: number
  maxPages: number
  /** For how long `next` asks for the same page; a walk that broke off before begins again. Milliseconds. */
  nextHoldsMs?: number
}

/**
 * `newestAt`: of everything delivered, by the platform's clock, and never ahead of ours. Epoch ms. `isFirst`: nothing was
 * delivered yet; it is where the first look goes back to.
 */
const Position = Type.Object({ newestAt: Type.Integer({ minimum: 0 }), isFirst: Type.Boolean() })
const isPosition = createGuard(Position)

/** A walk that may have broken off: it goes on at `next`. */
type Walk = { startedAt: number; items: Dated[]; rejects: Reject[]; next: string | null; pages: number }

/** Tokens of pages do not hold for ever. */
const NEXT_HOLDS_MS = 10 * MINUTE_MS

/**
 * Reads a listing that shows the newest first: walks back, page by page, until a page ends before the mark less
 * `rewindMs`, and delivers only then, the oldest first, so that a walk that breaks off loses nothing; the next look goes
 * on where it broke off. Where the platform shows no more or `maxPages` are read before the newest seen is reached, that
 * is a gap.
 */
export const newestFirst = (options: NewestFirstOptions): Listing => {
  const { name, clock, page, rewindMs, firstLookBackMs, maxPages, nextHoldsMs = NEXT_HOLDS_MS } = options
  const firstLookTo = clock.now() - firstLookBackMs
  let broken: Walk | null = null

  const takeUp = (): Walk => {
    const walk = broken
    broken = null
    if (walk !== null && clock.now() - walk.startedAt <= nextHoldsMs) return walk
    return { startedAt: clock.now(), items: [], rejects: [], next: null, pages: 0 }
  }

  /** Whether the walk came to everything since `boundary`. */
  const walkTo = async (walk: Walk, boundary: number, signal: AbortSignal): Promise<boolean> => {
    while (walk.pages < maxPages) {
      const read = await page(walk.next, signal)
      walk.items.push(...read.items)
      walk.rejects.push(...read.rejects)
      walk.next = read.next
      walk.pages += 1
      const last = read.items.at(-1)
      if (last !== undefined && last.at < boundary) return true
      if (read.next === null) return read.cutOff !== true
    }
    return false
  }

  return {
    name,
    look: async ({ position, deliver, gap, signal }) => {
      const mark = isPosition(position) ? position : { newestAt: firstLookTo + rewindMs, isFirst: true }
      const boundary = mark.newestAt - rewindMs
      // A first look that breaks off goes back as far when it is begun again, however much later.
      if (!isPosition(position)) await deliver({ sightings: [], position: mark })
      const walk = takeUp()
      const reached = await walkTo(walk, boundary, signal).catch((error: unknown) => {
        // What refuses the request itself refuses its token of a page.
        if (!(error instanceof PlatformError && error.status < 500 && error.retryAfterMs === null)) broken = walk
        throw error
      })
      const meetsBefore = reached || walk.items.some(({ at }) => at <= mark.newestAt)
      if (!meetsBefore && !mark.isFirst) gap('more was written since the last look than the platform shows')
      const due = walk.items.filter(({ at }) => at >= boundary).toSorted((a, b) => a.at - b.at)
      const newestAt = Math.min(Math.max(mark.newestAt, due.at(-1)?.at ?? 0), clock.now())
      // A listing that shows nothing at first may only be late to show itself.
      const isFirst = mark.isFirst && walk.items.length === 0
      const sightings = due.map(({ sighting }) => sighting)
      await deliver({ sightings, rejects: walk.rejects, position: { newestAt, isFirst } })
      return { until: walk.startedAt, again: false, isEmpty: isFirst }
    },
  }
}
