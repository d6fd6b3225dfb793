import { createGuard, DAY_MS, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { Sighting, SourceContext } from '../connector.ts'
import { countOf, fieldsOf } from '../fields.ts'
import type { Listing } from '../listing/listing.ts'
import { readItems } from '../parse-items.ts'
import { itemReader } from './post-to-sighting.ts'
import type { StackExchangeClient } from './stack-exchange-client.ts'

/** Caches and the search's index are behind by up to this. */
const REWIND_S = 180
/** What is older is no news when its question becomes active again. */
const HISTORY_MS = 7 * DAY_MS
/** Pages beyond are not given to those without a key. */
const MAX_PAGES = 25

/** `activeS`: everything that was active before this epoch second was delivered, but for what the index held back. */
const isPosition = createGuard(Type.Object({ activeS: Type.Integer({ minimum: 0 }) }))

export type ActiveQuestionsOptions = {
  name: string
  site: string
  query: Readonly<Record<string, string>>
  client: StackExchangeClient
  context: SourceContext
  firstLookBackMs: number
}

/**
 * Questions of one search in the order of their last activity (asked, edited, answered), with what is below them. A
 * question that becomes active meanwhile moves to the end and would shift the pages: so each page is asked for as the
 * first since the one before.
 */
export const activeQuestions = (options: ActiveQuestionsOptions): Listing => {
  const { name, site, query, client, context } = options
  const { clock, source, hashAuthor } = context
  const reader = { read: itemReader(site), what: 'question of Stack Exchange' }
  const firstS = Math.floor((clock.now() - options.firstLookBackMs) / SECOND_MS) + REWIND_S

  return {
    name,
    look: async ({ position, deliver, gap, signal }) => {
      const startedAt = clock.now()
      let activeS = isPosition(position) ? position.activeS : firstS
      // A first look that breaks off goes back as far when it is begun again, however much later.
      if (!isPosition(position)) await deliver({ sightings: [], position: { activeS } })
      let fromS = activeS - REWIND_S
      const oldest = Math.min(startedAt - HISTORY_MS, fromS * SECOND_MS)
      let page = 1
      for (;;) {
        const { items, hasMore } = await client.questions({ ...query, min: String(fromS), page: String(page) }, signal)
        const found = readItems(items, reader, { source, hashAuthor, observedAt: clock.now() })
        const lastS = Math.max(fromS, ...items.map((item) => countOf(fieldsOf(item)?.['last_activity_date']) ?? 0))
        activeS = Math.max(activeS, Math.min(lastS, Math.floor(clock.now() / SECOND_MS)))
        const sightings = found.sightings.filter((sighting) => isSince(sighting, oldest))
        await deliver({ sightings, rejects: found.rejects, position: { activeS } })
        if (!hasMore || items.length === 0) return { until: startedAt, again: false }
        page = lastS > fromS ? 1 : page + 1
        fromS = lastS
        if (page > MAX_PAGES) {
          gap('more questions were active in one second than the site shows')
          fromS += 1
          page = 1
        }
      }
    },
  }
}

/** Written since, or edited: that is what the revision of an edited post tells. */
const isSince = ({ mention: { createdAt, rev } }: Sighting, oldest: number): boolean =>
  (createdAt ?? oldest) >= oldest || Number(rev) >= oldest
