import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import type { SourceContext } from '../connector.ts'
import { PlatformError } from '../http/platform-error.ts'
import { readAnswer } from './read-answer.ts'
import { billedIn, type SearchPage, type XClient } from './x-client.ts'
import type { XConfig } from './x-config.ts'
import type { Hole } from './x-cursor.ts'
import { newestOf, type XProgress } from './x-progress.ts'

/** The search knows a post half a minute after it was written. */
const INDEX_LAG_MS = 45 * SECOND_MS
/** A broken stream is mostly back at once. */
const PATIENCE_MS = 20 * SECOND_MS
/** Posts come out of order by some seconds; what is read again on a day is not billed again. */
const REWIND_MS = MINUTE_MS
/** The search goes back seven days. */
const LOOK_BACK_MS = 7 * DAY_MS - MINUTE_MS
const MAX_QUERY_CHARS = 512

type Walk = NonNullable<Hole['walk']>

/** Rules joined to as few searches as their length allows. */
export const searchesOf = (rules: readonly string[]): string[] => {
  const searches: string[][] = []
  const joined = (each: readonly string[]): string =>
    each.length === 1 ? each[0]! : each.map((rule) => `(${rule})`).join(' OR ')
  for (const rule of new Set(rules.map((each) => each.trim()))) {
    const last = searches.at(-1)
    if (last !== undefined && joined([...last, rule]).length <= MAX_QUERY_CHARS) last.push(rule)
    else searches.push([rule])
  }
  return searches.map(joined)
}

/**
 * Reads by recent search what the stream did not bring: what was written before it took over, and everything while there
 * is none. A walk goes from the newest back; its place is in the cursor, so that a restart goes on there.
 */
export const createHoleFiller = (client: XClient, config: XConfig, progress: XProgress, context: SourceContext) => {
  const { clock } = context
  const searches = searchesOf(config.rules)
  const refusals = new Map<number, string>()
  let lastWalkAt = -Infinity

  const isDue = (): boolean => {
    const now = clock.now()
    const tookOverAt = progress.tookOverAt()
    if (tookOverAt !== null) return now - tookOverAt >= INDEX_LAG_MS
    return now - progress.brokeAt() >= PATIENCE_MS && now - lastWalkAt >= config.everyMs
  }

  const begin = ({ sinceMs, heardAt }: Hole): Walk => {
    const now = clock.now()
    const earliest = now - LOOK_BACK_MS
    if (heardAt !== null && heardAt < earliest) context.gap('the search goes back no further than seven days')
    return { startedAt: now, fromMs: Math.max(sinceMs - REWIND_MS, earliest), newestAt: sinceMs, query: 0, next: null }
  }

  /** The hole as it is after a walk: filled where the stream had taken over before it began. */
  const after = ({ startedAt, newestAt }: Walk): Hole | null => {
    const tookOverAt = progress.tookOverAt()
    if (tookOverAt !== null && startedAt - tookOverAt >= INDEX_LAG_MS) return null
    return { sinceMs: newestAt, heardAt: startedAt - INDEX_LAG_MS, walk: null }
  }

  const readPage = async (walk: Walk, signal: AbortSignal): Promise<Walk> => {
    const { query, fromMs, next } = walk
    const asked = { query: searches[query]!, fromMs, next, most: progress.guard.left() }
    const page = await client.search(asked, signal).catch((error: unknown): SearchPage | null => {
      if (!(error instanceof PlatformError) || error.status !== 400) throw error
      // A token of a page that does not hold any more: the walk begins again. Else X does not take the search.
      if (next !== null) return null
      if (!refusals.has(query)) context.gap('the search does not take a rule of the stream')
      refusals.set(query, error.message)
      return { answer: {}, next: null }
    })
    if (page === null) return begin(progress.state().hole!)
    if (page.answer['meta'] !== undefined) refusals.delete(query)
    progress.guard.count(billedIn(page.answer))
    const { source, hashAuthor } = context
    const observedAt = clock.now()
    const { sightings, rejects } =
      page.answer['data'] === undefined
        ? { sightings: [], rejects: [] }
        : readAnswer(page.answer, { source, hashAuthor, observedAt })
    const moved: Walk = {
      ...walk,
      newestAt: newestOf(sightings, walk.newestAt, observedAt),
      query: page.next === null ? query + 1 : query,
      next: page.next,
    }
    const isDone = moved.query >= searches.length
    await progress.deliver({ sightings, rejects }, ({ hole, newestAt }) => ({
      hole: isDone ? after(moved) : hole === null ? null : { ...hole, walk: moved },
      newestAt: newestOf(sightings, newestAt, observedAt),
    }))
    return moved
  }

  return {
    /** Searches where that is due; what the cap does not allow waits. */
    look: async (signal: AbortSignal): Promise<void> => {
      const { hole } = progress.state()
      if (hole === null || !isDue()) return
      const before = hole.walk
      const holds = before !== null && before.query < searches.length && clock.now() - before.startedAt <= HOUR_MS
      let walk = holds ? before : begin(hole)
      while (walk.query < searches.length) {
        if (progress.guard.isSpent()) return
        walk = await readPage(walk, signal)
      }
      lastWalkAt = clock.now()
    },
    /** What X says of rules that it does not search for. */
    refusals: (): readonly string[] => [...refusals.values()],
  }
}
