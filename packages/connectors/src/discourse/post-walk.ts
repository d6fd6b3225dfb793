import { MINUTE_MS } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import { countOf, fieldsOf, isoTimeOf } from '../fields.ts'
import type { DiscourseClient } from './discourse-client.ts'

/** Older forums show posts by ranges of so many ids, of which those that are not for everybody are left out. */
const IDS_PER_PAGE = 50
const MAX_PAGES = 60
const LONGEST_WALK_MS = 10 * MINUTE_MS

/** Where a walk ends: at an id, or before a time, epoch ms. */
export type WalkEnd = { id: number } | { since: number }

type Walk = { startedAt: number; posts: unknown[]; next: number | null; pages: number }
export type Walked = Pick<Walk, 'startedAt' | 'posts'> & { lowestId: number; reached: boolean }

/** Reads posts back from the newest, page by page. A walk that breaks off goes on there in the next call. */
export const createPostWalk = (client: DiscourseClient, clock: Clock) => {
  let broken: Walk | null = null

  const takeUp = (): Walk => {
    const walk = broken
    broken = null
    if (walk !== null && clock.now() - walk.startedAt <= LONGEST_WALK_MS) return walk
    return { startedAt: clock.now(), posts: [], next: null, pages: 0 }
  }

  return async (end: WalkEnd, signal: AbortSignal): Promise<Walked> => {
    const walk = takeUp()
    const done = (reached: boolean): Walked => ({ ...walk, lowestId: walk.next ?? 0, reached })
    while (walk.pages < MAX_PAGES) {
      const page = await client.posts(walk.next, signal).catch((error: unknown) => {
        broken = walk
        throw error
      })
      walk.pages += 1
      walk.posts.push(...page)
      const ids = page.map((post) => countOf(fieldsOf(post)?.['id'])).filter((id) => id !== undefined)
      const lowest = Math.min(...ids)
      const isNew = ids.length > 0 && (walk.next === null || lowest < walk.next)
      // Nothing new in a page: everything in its range is hidden, or the forum has no more.
      if (!isNew && ('since' in end || walk.next === null)) return done(true)
      walk.next = isNew ? lowest : Math.max(1, walk.next! - IDS_PER_PAGE)
      if ('since' in end ? page.some((post) => writtenBefore(post, end.since)) : walk.next <= end.id) return done(true)
      if (walk.next === 1) return done(true)
    }
    return done(false)
  }
}

const writtenBefore = (post: unknown, time: number): boolean =>
  (isoTimeOf(fieldsOf(post)?.['created_at']) ?? Number.POSITIVE_INFINITY) < time
