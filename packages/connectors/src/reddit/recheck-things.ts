import { createGuard, HOUR_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { Sighting, SourceContext } from '../connector.ts'
import type { Listing } from '../listing/listing.ts'
import { readItems } from '../parse-items.ts'
import type { RedditClient } from './reddit-client.ts'
import { thingToSightings } from './thing-to-sighting.ts'

/** Most that one request may ask for. */
const ASKED_AT_ONCE = 100
const MOST_KEPT = 1_000
const RECHECKED_FOR_MS = 48 * HOUR_MS

/** Fullnames that were read lately and when each was written, epoch ms; the one asked for longest ago first. */
const isPosition = createGuard(
  Type.Object({ things: Type.Array(Type.Tuple([Type.String(), Type.Integer({ minimum: 0 })])) }),
)

/**
 * Asks again for what was read in the last two days, at most the newest 1,000: Reddit tells of edits and deletions in no
 * other way, and its terms ask to delete what is deleted there.
 */
export const createRecheck = (client: RedditClient, { source, hashAuthor, clock }: SourceContext) => {
  const noted = new Map<string, number>()
  let restored = false

  const restore = (position: unknown): void => {
    if (restored) return
    restored = true
    if (isPosition(position)) for (const [name, at] of position.things) if (!noted.has(name)) noted.set(name, at)
  }

  const forgetOld = (): void => {
    for (const [name, at] of noted) if (at < clock.now() - RECHECKED_FOR_MS) noted.delete(name)
    const newest = [...noted].toSorted((a, b) => b[1] - a[1])
    for (const [name] of newest.slice(MOST_KEPT)) noted.delete(name)
  }

  const note = (sightings: readonly Sighting[]): void => {
    for (const { mention } of sightings) {
      const name = fullnameOf(mention.id)
      if (mention.op !== 'delete' && !noted.has(name)) noted.set(name, mention.eventTime)
    }
  }

  const listing: Listing = {
    name: 'edits and deletions',
    look: async ({ position, deliver, signal }) => {
      restore(position)
      forgetOld()
      const startedAt = clock.now()
      const names = [...noted.keys()].slice(0, ASKED_AT_ONCE)
      // Asked also for nothing: the answer tells whether the platform can be seen.
      const { things } = await client.listing('/api/info', { id: names.join(',') }, signal)
      const context = { source, hashAuthor, observedAt: clock.now() }
      const found = readItems(things, { read: thingToSightings, what: 'post or comment of Reddit' }, context)
      for (const name of names) {
        const at = noted.get(name)!
        noted.delete(name)
        noted.set(name, at)
      }
      for (const { mention } of found.sightings) if (mention.op === 'delete') noted.delete(fullnameOf(mention.id))
      await deliver({ ...found, position: { things: [...noted] } })
      return { until: startedAt, again: false }
    },
  }

  return {
    listing,
    /** The listing, with what it delivers to be asked for again. */
    following: ({ name, look }: Listing): Listing => ({
      name,
      look: (asked) =>
        look({
          ...asked,
          deliver: async (found) => {
            await asked.deliver(found)
            note(found.sightings)
          },
        }),
    }),
  }
}

const fullnameOf = (id: string): string => id.replace(/^reddit:(t[13]):/, '$1_')
