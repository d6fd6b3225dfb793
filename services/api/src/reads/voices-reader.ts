import type { Exemplar, Mention, SqlPool } from '@outcry/contracts'
import { stanceOf } from '@outcry/engine'
import { knownFacts } from '@outcry/response'
import type { VoicesReader } from '@outcry/rest'
import { firstMentions } from '@outcry/store'

/** The first posts that are looked through for those to show. */
const LOOKED_AT = 300
const SHOWN = 3
const EXCERPT_CHARS = 280

/** How people tell of an issue: counts as the detector has them, posts as they are stored now. */
export const createVoicesReader = (pool: SqlPool): VoicesReader => ({
  of: async ({ id, evidence }) => {
    const first: Record<'first-hand' | 'hearsay', Exemplar[]> = { 'first-hand': [], hearsay: [] }
    for (const mention of await firstMentions(pool, id, LOOKED_AT)) {
      const { told } = stanceOf(mention.text)
      if (told !== 'neither' && first[told].length < SHOWN) first[told].push(exemplarOf(mention))
      if (first['first-hand'].length === SHOWN && first.hearsay.length === SHOWN) break
    }
    return {
      firstHand: { posts: evidence.firstHand ?? 0, first: first['first-hand'] },
      hearsay: { posts: evidence.hearsay ?? 0, first: first.hearsay },
      isRumour: knownFacts(evidence, '').isRumour,
    }
  },
})

const exemplarOf = ({ id, eventTime, source, text, url }: Mention): Exemplar => ({
  mentionId: id,
  at: eventTime,
  source,
  excerpt: text.slice(0, EXCERPT_CHARS).toWellFormed(),
  ...(url === undefined ? {} : { url }),
})
