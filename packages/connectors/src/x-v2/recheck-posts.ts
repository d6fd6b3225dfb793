import type { SourceContext } from '../connector.ts'
import { fieldsOf, itemsOf } from '../fields.ts'
import { deletionToSighting, postIdOf, stableIdOf } from './post-to-sighting.ts'
import { missingIn, readAnswer } from './read-answer.ts'
import { dayOf } from './spend-guard.ts'
import { billedIn, type XClient } from './x-client.ts'
import type { XProgress } from './x-progress.ts'

/** Most that one lookup may ask for. */
const ASKED_AT_ONCE = 100

/**
 * Asks again for what was read lately: an edit has an id of its own, a deletion is told by nothing, and the terms of X
 * ask to delete what is deleted there. What was billed today already costs nothing; of the rest as many a day as
 * configured.
 */
export const createPostRecheck = (client: XClient, progress: XProgress, context: SourceContext) => {
  const { clock, source, hashAuthor } = context
  const { guard, noted } = progress

  const ask = async (ids: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> => {
    const answer = await client.lookup([...ids.keys()], signal)
    guard.count(billedIn(answer))
    const read = { source, hashAuthor, observedAt: clock.now() }
    const { data, includes } = answer
    const found = data === undefined ? { sightings: [], rejects: [] } : readAnswer({ data, includes }, read)
    const gone = missingIn(answer).flatMap((id) => {
      const stableId = ids.get(id)
      return stableId === undefined ? [] : [deletionToSighting(stableId, read)]
    })
    await progress.deliver({ sightings: [...found.sightings, ...gone], rejects: found.rejects }, () => ({}))
    const day = dayOf(clock.now())
    for (const value of itemsOf(data)) {
      const post = fieldsOf(value) ?? {}
      const id = postIdOf(post['id'])
      if (id === undefined) continue
      noted.saw(stableIdOf(post, id), postIdOf(itemsOf(post['edit_history_tweet_ids']).at(-1)) ?? id, day)
    }
  }

  return {
    look: async (signal: AbortSignal): Promise<void> => {
      if (guard.isSpent()) return
      const due = noted.due()
      const free = due.filter(({ newestId }) => guard.isPaid(newestId))
      const billed = due
        .filter(({ newestId }) => !guard.isPaid(newestId))
        .slice(0, Math.min(guard.recheckLeft(), guard.left()))
      guard.countRecheck(billed.length)
      const asked = [...billed, ...free]
      for (let at = 0; at < asked.length && !guard.isSpent(); at += ASKED_AT_ONCE) {
        const chunk = asked.slice(at, at + ASKED_AT_ONCE)
        await ask(new Map(chunk.map(({ newestId, stableId }) => [newestId, stableId])), signal)
      }
    },
  }
}
