import { createGuard, DAY_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { Sighting, SourceContext } from '../connector.ts'
import { countOf, fieldsOf } from '../fields.ts'
import type { Listing } from '../listing/listing.ts'
import { makeSighting } from '../make-sighting.ts'
import { readItems } from '../parse-items.ts'
import { itemReader, postMentionId } from './post-to-sighting.ts'
import { MOST_PER_PAGE, type StackExchangeClient } from './stack-exchange-client.ts'

const RECHECKED_FOR_MS = 7 * DAY_MS

/** Ids of posts that were read lately and when each was written, epoch ms. */
const isPosition = createGuard(
  Type.Object({ posts: Type.Array(Type.Tuple([Type.Integer({ minimum: 0 }), Type.Integer({ minimum: 0 })])) }),
)

/**
 * Asks again for the newest 100 posts of a week: a comment makes no question active, and what is deleted is told by
 * nothing but its absence.
 */
export const createRecheck = (client: StackExchangeClient, site: string, context: SourceContext) => {
  const { clock, source, hashAuthor } = context
  const reader = { read: itemReader(site), what: 'post of Stack Exchange' }
  const prefix = postMentionId(site, '')
  const noted = new Map<number, number>()
  let restored = false

  const note = (sightings: readonly Sighting[]): void => {
    for (const { mention } of sightings)
      if (mention.id.startsWith(prefix)) noted.set(Number(mention.id.slice(prefix.length)), mention.eventTime)
  }

  const keepNewest = (): void => {
    const newest = [...noted].filter(([, at]) => at >= clock.now() - RECHECKED_FOR_MS).toSorted((a, b) => b[1] - a[1])
    noted.clear()
    for (const [id, at] of newest.slice(0, MOST_PER_PAGE)) noted.set(id, at)
  }

  const listing: Listing = {
    name: 'comments and deletions',
    look: async ({ position, deliver, signal }) => {
      if (!restored && isPosition(position))
        for (const [id, at] of position.posts) if (!noted.has(id)) noted.set(id, at)
      restored = true
      keepNewest()
      const startedAt = clock.now()
      const asked = [...noted.keys()]
      // Asked also for nothing: the answer tells whether the platform can be seen.
      const { items } = await client.posts(asked.length === 0 ? [0] : asked, signal)
      const read = { source, hashAuthor, observedAt: clock.now() }
      const found = readItems(items, reader, read)
      const shown = new Set(items.map((item) => countOf(fieldsOf(item)?.['post_id'])))
      const gone = asked.filter((id) => !shown.has(id))
      const tombstones = gone.map((id) =>
        makeSighting({ id: postMentionId(site, id), kind: 'post', text: '', isDeleted: true }, read),
      )
      for (const id of gone) noted.delete(id)
      await deliver({
        sightings: [...found.sightings, ...tombstones],
        rejects: found.rejects,
        position: { posts: [...noted] },
      })
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
