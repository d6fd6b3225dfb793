import { MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import type { Source, SourceContext, SourceReport } from '../connector.ts'
import { DeliveryFailed } from '../delivery-failed.ts'
import { runPoller } from '../http/run-poller.ts'
import { partByAge } from '../part-by-age.ts'
import { createSourceParts } from '../parts/source-parts.ts'
import type { Found, Listing, Looked } from './listing.ts'
import { createListingMarks } from './listing-marks.ts'
import { createRevisionMemory } from './revision-memory.ts'

const MAX_BATCH = 500

export type ListingSourceOptions = {
  listings: readonly Listing[]
  everyMs: number
  blindAfterMs: number
}

/**
 * Polls listings, each in its own rhythm of `everyMs`, and keeps their marks in one cursor. A mark moves only with what
 * is delivered before it. What is seen again is not sent again. What is old where a listing catches up is backfill. A
 * listing that fails or refuses is told as unseen while others are read.
 */
export const createListingSource = (context: SourceContext, options: ListingSourceOptions): Source => {
  const { listings, everyMs, blindAfterMs } = options
  const { clock } = context
  const names = listings.map(({ name }) => name)
  const parts = createSourceParts(context, names)
  const marks = createListingMarks(context.cursor, names)
  const memory = createRevisionMemory()

  const deliver = async (name: string, { position, ...found }: Found): Promise<void> => {
    const { lookedAt } = marks.get(name)
    const news = memory.news(found)
    const { old, fresh } = partByAge(news.sightings, { lookedAt, now: clock.now(), everyMs })
    const batches = [
      ...chunks(old).map((sightings) => ({ sightings, backfill: true })),
      ...chunks(fresh).map((sightings) => ({ sightings, backfill: false })),
    ]
    const last = batches.pop() ?? { sightings: [], backfill: false }
    try {
      for (const batch of batches) await parts.emit(() => ({ ...batch, cursor: marks.cursor(name, {}) }))
      await parts.emit(() => ({ ...last, rejects: news.rejects, cursor: marks.cursor(name, { position }) }))
    } catch (cause) {
      throw new DeliveryFailed(cause)
    }
    marks.set(name, { position })
    memory.delivered(news)
  }

  const partOf = ({ name, look }: Listing) => {
    const partContext = parts.contextOf(name)
    let until = marks.get(name).lookedAt ?? 0

    const reportOf = ({ again, unseen }: Looked): SourceReport => {
      const behindMs = clock.now() - until
      const isLagging = again && behindMs > 2 * everyMs + MINUTE_MS
      return {
        state: isLagging ? 'lagging' : 'live',
        reason: isLagging ? `catching up, ${Math.round(behindMs / SECOND_MS)} s behind` : 'polling',
        sourceTime: until,
        ...(unseen === undefined ? {} : { unseen }),
      }
    }

    const poll = async (signal: AbortSignal) => {
      const looked = await look({
        position: marks.get(name).position,
        deliver: (found) => deliver(name, found),
        gap: (reason) => partContext.gap(reason),
        signal,
      })
      until = Math.max(until, Math.min(looked.until, clock.now()))
      if (!looked.again && looked.isEmpty !== true) marks.set(name, { lookedAt: until })
      return { report: reportOf(looked), again: looked.again }
    }

    return {
      name,
      run: (signal: AbortSignal): Promise<void> =>
        runPoller({ context: partContext, poll, everyMs, blindAfterMs, sourceTime: () => until }, signal),
    }
  }

  return { run: (signal) => parts.run(listings.map(partOf), signal) }
}

const chunks = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / MAX_BATCH) }, (_, at) =>
    items.slice(at * MAX_BATCH, (at + 1) * MAX_BATCH),
  )
