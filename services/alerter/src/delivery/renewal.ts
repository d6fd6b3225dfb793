import type { SqlPool, TargetConfig } from '@outcry/contracts'
import type { Renewal, Sender } from '@outcry/notifiers'
import type { Clock, Logger } from '@outcry/runtime'
import { saidLast } from '@outcry/store'
import { createLoop } from '../loop.ts'
import { type NoticeContext, noticeOf } from './notice-of.ts'
import type { TargetWorker } from './target-worker.ts'

const RETRY_MS = 5_000
/** Passes of one renewal: each later one corrects what was delivered anew during the one before. */
const MOST_PASSES = 3

/**
 * Says to one target again and again what is open, and for a while what ended. What it says is what the target took
 * last, by the database, so a restart of either side goes on with it.
 */
export const createRenewal = (
  options: {
    pool: SqlPool
    target: TargetConfig
    sender: Pick<Sender, 'renew'>
    renewal: Renewal
    clock: Clock
    logger: Logger
  } & NoticeContext,
): TargetWorker => {
  const { pool, target, sender, renewal, clock } = options
  const logger = options.logger.child({ target: target.name })
  const everyMs = renewal.everyMs(target)

  const renew = async (): Promise<number> => {
    const said = new Map<string, string>()
    for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
      const last = await saidLast(pool, target.name, {
        ends: 'resolve',
        endedWithinMs: renewal.resolvedForMs,
      })
      const news = last.filter(({ dedupKey, id }) => said.get(dedupKey) !== id)
      if (news.length === 0) break
      const notices = await Promise.all(news.map((delivery) => noticeOf(pool, delivery, options)))
      const error = await sender.renew(notices.filter((notice) => notice !== null))
      if (error !== null) {
        logger.warn({ error, issues: news.length }, 'what is open was not said again, trying again')
        return Math.min(RETRY_MS, everyMs)
      }
      for (const { dedupKey, id } of news) said.set(dedupKey, id)
    }
    return everyMs
  }

  const { start, stop } = createLoop({ name: `renew ${target.name}`, work: renew, clock, logger })
  // A delivery says its own; nothing wakes a renewal.
  return { start, stop, wake: () => undefined }
}
