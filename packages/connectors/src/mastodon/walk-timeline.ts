import { MINUTE_MS } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import type { Reject } from '../connector.ts'
import { PAGE, type InstanceClient } from './instance-client.ts'
import type { PostMemory } from './post-memory.ts'
import { compareIds, idOfTime, newerId, rewoundId, tellsTime } from './status-ids.ts'
import { isUnder, type Status } from './status-to-sighting.ts'

/** How far a first look goes back. */
const FIRST_LOOK_BACK_MS = 15 * MINUTE_MS
/** Ids follow the time of writing, and what other servers wrote arrives late: every walk begins so much before its mark. */
const REWIND_MS = MINUTE_MS
/** A deep walk also finds what took long, what was edited and what is gone. */
const DEEP_REWIND_MS = 30 * MINUTE_MS
const DEEP_EVERY_MS = 10 * MINUTE_MS
/** A page of fewer ends a walk: what is left comes at the next look. */
const SHORT_PAGE = PAGE / 2
const MAX_PAGES = 50
/** Posts that are gone are asked for one by one; the rest waits for the next deep walk. */
const MAX_ASKED = 10

/** What a walk found, to be delivered with the mark it allows. */
export type Found = {
  statuses: Status[]
  deletions: string[]
  rejects: Reject[]
  /** The newest id up to which everything was found. */
  newest: string | null
}

export type TimelineOptions = {
  client: InstanceClient
  memory: PostMemory
  tag: string
  clock: Clock
  /** The newest id delivered, and when the timeline was last walked to its end, epoch ms. */
  mark: () => { newest: string | null; lookedAt: number | null }
  deliver: (found: Found) => Promise<void>
  gap: (reason: string) => void
}

/** A walk that may have broken off: it goes on at `from`. */
type Walk = { deep: boolean; start: string; from: string; firstSeen: string | null; shown: Set<string> }

/**
 * Walks one hashtag's timeline forward from a little before the mark, page by page (`min_id`), and delivers each page
 * before it goes on, so that nothing between mark and now is passed over however long the way is. A walk that broke off
 * goes on where it was. Gives false where more waits.
 */
export const createTimelineWalker = (options: TimelineOptions): ((signal: AbortSignal) => Promise<boolean>) => {
  const { client, memory, tag, clock, mark, deliver } = options
  let walk: Walk | null = null
  let deepAt = -Infinity

  const begin = async (signal: AbortSignal): Promise<Walk | null> => {
    const { newest } = mark()
    const deep = clock.now() - deepAt >= DEEP_EVERY_MS
    const start = newest === null ? await firstMark(signal) : rewoundId(newest, deep ? DEEP_REWIND_MS : REWIND_MS)
    return start === null ? null : { deep, start, from: start, firstSeen: null, shown: new Set() }
  }

  /** Where the walk of a timeline without a mark begins; null where there is nothing to walk. */
  const firstMark = async (signal: AbortSignal): Promise<string | null> => {
    const { statuses, rejects } = await client.tagTimeline(tag, null, signal)
    const latest = newestOf(statuses)
    if (latest !== null && tellsTime(latest)) {
      const back = rewoundId(latest, FIRST_LOOK_BACK_MS)
      const { lookedAt } = mark()
      // A timeline that was empty at the last look: everything since then is news.
      const since = lookedAt === null ? back : idOfTime(Math.max(0, lookedAt - FIRST_LOOK_BACK_MS))
      return compareIds(since, back) < 0 ? since : back
    }
    if (latest !== null || rejects.length > 0) await deliver({ statuses, deletions: [], rejects, newest: latest })
    return null
  }

  /** One page; true where it was the last. */
  const step = async (at: Walk, signal: AbortSignal): Promise<boolean> => {
    const page = await client.tagTimeline(tag, at.from, signal)
    const inOrder = page.statuses.toSorted((a, b) => compareIds(a.id, b.id))
    const oldest = inOrder[0]?.id
    // A server that knows no `min_id` shows its newest page again and again: what lies before it is lost.
    if (at.firstSeen !== null && oldest !== undefined && compareIds(oldest, at.from) < 0) {
      if (compareIds(at.firstSeen, at.start) > 0) options.gap('the instance does not page forward')
      return true
    }
    at.firstSeen ??= oldest ?? at.start
    const statuses = inOrder.filter(({ id }) => compareIds(id, at.from) > 0)
    const { newest } = mark()
    const last = newestOf(statuses)
    const reached = last === null ? newest : newerId(newest, last)
    const news = statuses.filter(memory.isNews)
    if (news.length > 0 || page.rejects.length > 0 || reached !== newest)
      await deliver({ statuses: news, deletions: [], rejects: page.rejects, newest: reached })
    for (const status of statuses) {
      at.shown.add(status.id)
      memory.saw(status, tag)
    }
    if (last !== null) at.from = last
    return last === null || page.items < SHORT_PAGE
  }

  /** A post that its hashtag no longer shows was deleted, hidden with its author, or edited. */
  const askForMissing = async (at: Walk, signal: AbortSignal): Promise<void> => {
    for (const id of memory.missing(tag, at.start, at.shown).slice(0, MAX_ASKED)) {
      const status = await client.status(id, signal)
      const statuses = status !== null && memory.isNews(status) ? [status] : []
      await deliver({ statuses, deletions: status === null ? [id] : [], rejects: [], newest: mark().newest })
      if (status === null) memory.deleted(id)
      else {
        memory.saw(status, null)
        if (!isUnder(status, tag)) memory.untagged(id, tag)
      }
    }
  }

  return async (signal) => {
    walk ??= await begin(signal)
    if (walk === null) return true
    for (let pages = 0; !(await step(walk, signal)); pages += 1) if (pages === MAX_PAGES) return false
    if (walk.deep) {
      await askForMissing(walk, signal)
      deepAt = clock.now()
    }
    walk = null
    return true
  }
}

const newestOf = (statuses: readonly Status[]): string | null =>
  statuses.reduce<string | null>((newest, { id }) => newerId(newest, id), null)
