import { DAY_MS, HOUR_MS, type SqlPool } from '@outcry/contracts'
import type { Clock, Logger } from '@outcry/runtime'
import { earlierTime, listOldMentions } from '@outcry/store'
import type { Erase } from './erase.ts'

/** Between two sweeps, with room for one that fails. */
const SWEEP_MS = 2 * HOUR_MS
const STEP = 500

/**
 * How long after its last reading a copy is erased, so that it is gone everywhere, from the bus too, when its term ends;
 * half of the term where it is too short for that.
 */
export const keptForMs = (days: number, erasureHours: number): number =>
  Math.max(days * DAY_MS - erasureHours * HOUR_MS - SWEEP_MS, (days * DAY_MS) / 2)

/**
 * Erases what the terms of its platform let nobody keep any longer, by the way of deletions upstream, hourly until
 * `signal` aborts. `terms` are days by connector; `indexDays` is how long the index keeps what was not read again.
 * Several processes may do it at once: what one has deleted is in no other's list.
 */
export const keepTerms = async (
  options: {
    terms: ReadonlyMap<string, number>
    indexDays: number
    erasureHours: number
    pool: SqlPool
    clock: Clock
    logger: Logger
    erase: Erase
  },
  signal: AbortSignal,
): Promise<void> => {
  const { terms, indexDays, erasureHours, pool, clock, logger, erase } = options
  /** What the index lets go before this holds nothing more of the connector. Epoch ms. */
  const doneBefore = new Map<string, number>()

  const eraseOld = async (connector: string, days: number): Promise<void> => {
    const readBeforeMs = (await earlierTime(pool, clock.now())) - keptForMs(days, erasureHours)
    const expires = { fromMs: doneBefore.get(connector) ?? 0, beforeMs: readBeforeMs + indexDays * DAY_MS }
    for (let ids: string[] = []; ;) {
      signal.throwIfAborted()
      ids = await listOldMentions(pool, { connector, expires, limit: STEP })
      if (ids.length > 0) await erase({ target: { mentionIds: ids }, actor: `terms of ${connector}` })
      if (ids.length < STEP) break
    }
    doneBefore.set(connector, expires.beforeMs)
  }

  while (!signal.aborted) {
    for (const [connector, days] of terms)
      await eraseOld(connector, days).catch((error: unknown) => {
        if (!signal.aborted)
          logger.warn({ error, connector }, 'copies whose term ends could not be erased, trying again in an hour')
      })
    await clock.sleep(HOUR_MS, signal).catch(() => undefined)
  }
}
