import type { SqlPool, TargetConfig } from '@outcry/contracts'
import type { Sender } from '@outcry/notifiers'
import type { Clock, Logger, Metrics } from '@outcry/runtime'
import { claimDeliveries, type ClaimedDelivery, nextDeliveryInMs, renewClaims } from '@outcry/store'
import { createLoop, type Loop } from '../loop.ts'
import { deliver, type Delivered } from './deliver.ts'
import type { NoticeContext } from './notice-of.ts'

/** Messages of one target on their way at once; each is about another issue. */
const AT_ONCE = 16
const POLL_MS = 5_000
/** One that is due and not claimed is in another worker's hands, or waits for an earlier one that is. */
const SHORTEST_REST_MS = 100
const LONGEST_WAIT_MS = 5_000
/** A killed process's messages go out again this much later. Claims are renewed while an answer is waited for. */
const LEASE_MS = 6_000
const RENEW_EVERY_MS = 2_000

export type TargetWorker = Pick<Loop, 'start' | 'wake' | 'stop'>

/** Sends the deliveries of one target as its rate, its wishes and its breaker allow. Any number may run beside. */
export const createTargetWorker = (
  options: {
    pool: SqlPool
    target: TargetConfig
    sender: Sender
    clock: Clock
    logger: Logger
    metrics: Pick<Metrics, 'deliveries' | 'deliverySeconds'>
  } & NoticeContext,
): TargetWorker => {
  const { pool, target, sender, clock, metrics } = options
  const logger = options.logger.child({ target: target.name })

  const count = (claim: ClaimedDelivery, result: Delivered) => {
    const outcome = result.type === 'expired' ? 'dead' : result.type
    metrics.deliveries.inc({ target: target.name, outcome })
    const fields = { delivery: claim.id, attempts: claim.attempt }
    switch (result.type) {
      case 'delivered':
        metrics.deliverySeconds.observe({ target: target.name }, Math.max(0, clock.now() - claim.createdAtMs) / 1_000)
        return
      case 'silent':
        return
      case 'retry':
        logger.warn(
          { ...fields, status: result.status, error: result.error, afterMs: result.afterMs },
          'delivery failed, trying again',
        )
        return
      case 'dead':
        logger.error({ ...fields, status: result.status, error: result.error }, 'delivery given up')
        return
      case 'expired':
        logger.error(fields, 'delivery given up, its alert has expired')
    }
  }

  const keepClaims = async (claims: readonly ClaimedDelivery[], answered: AbortSignal): Promise<void> => {
    while (!answered.aborted) {
      await clock.sleep(RENEW_EVERY_MS, answered).catch(() => undefined)
      if (answered.aborted) return
      await renewClaims(pool, claims, LEASE_MS).catch((error: unknown) => logger.debug({ error }, 'claims not renewed'))
    }
  }

  const round = async (): Promise<number> => {
    const waitMs = sender.waitMs()
    if (waitMs > 0) return Math.min(waitMs, LONGEST_WAIT_MS)
    // While the breaker is open one message probes the target; the rest stays where it is.
    const claims = await claimDeliveries(pool, target.name, sender.open() ? 1 : AT_ONCE, LEASE_MS)
    if (claims.length === 0)
      return Math.max(SHORTEST_REST_MS, Math.min(POLL_MS, (await nextDeliveryInMs(pool, target.name)) ?? POLL_MS))
    const answered = new AbortController()
    const keeping = keepClaims(claims, answered.signal)
    const results = await Promise.allSettled(claims.map(async (claim) => count(claim, await deliver(options, claim))))
    answered.abort()
    await keeping
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
    return 0
  }

  const loop = createLoop({ name: `deliver ${target.name}`, work: round, clock, logger })
  return {
    start: loop.start,
    wake: loop.wake,
    stop: async () => {
      await loop.stop()
      await sender.close()
    },
  }
}
