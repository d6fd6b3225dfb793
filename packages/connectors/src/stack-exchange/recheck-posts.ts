import { DAY_MS } from '@outcry/contracts'
import type { SourceContext } from '../connector.ts'
import { countOf, fieldsOf } from '../fields.ts'
import { createRecheck } from '../listing/recheck.ts'
import { makeSighting } from '../make-sighting.ts'
import { readItems } from '../parse-items.ts'
import { itemReader, postMentionId } from './post-to-sighting.ts'
import { MOST_PER_PAGE, type StackExchangeClient } from './stack-exchange-client.ts'

/** No post has this id. */
const NO_POST = '0'

/**
 * Asks again for the newest 100 posts of a week: a comment makes no question active, and what is deleted is told by
 * nothing but its absence.
 */
export const recheckPosts = (client: StackExchangeClient, site: string, context: SourceContext) => {
  const { clock, source, hashAuthor } = context
  const prefix = postMentionId(site, '')
  return createRecheck({
    clock,
    keyOf: (mentionId) => (mentionId.startsWith(prefix) ? mentionId.slice(prefix.length) : undefined),
    ask: async (keys, signal) => {
      const { items } = await client.posts(keys.length === 0 ? [NO_POST] : keys, signal)
      const read = { source, hashAuthor, observedAt: clock.now() }
      const { sightings, rejects } = readItems(items, { read: itemReader(site), what: 'post of Stack Exchange' }, read)
      const shown = new Set(items.map((item) => String(countOf(fieldsOf(item)?.['post_id']))))
      const tombstones = keys
        .filter((key) => !shown.has(key))
        .map((key) => makeSighting({ id: prefix + key, kind: 'post', text: '', isDeleted: true }, read))
      return { sightings: [...sightings, ...tombstones], rejects }
    },
    askedAtOnce: MOST_PER_PAGE,
    mostKept: MOST_PER_PAGE,
    forMs: 7 * DAY_MS,
  })
}
