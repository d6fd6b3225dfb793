import type { Clock, Logger } from '@outcry/runtime'

const FIRST_BACKOFF_MS = 500
const LONGEST_BACKOFF_MS = 15_000

/** Work that is done again and again: when woken, and after the time that it asked for. */
export type Loop = {
  start: () => void
  /** Does the work soon; one more round when it is at work now. */
  wake: () => void
  /** Lets the round in hand finish. Safe at any time, and twice. */
  stop: () => Promise<void>
  /** Since when rounds fail, epoch ms; null while they succeed. */
  failingSince: () => number | null
}

/**
 * `work` returns how long it may rest. When it throws, the round is tried again, later and later up to 15 s: whatever
 * it does is in a transaction or repeatable under the same id.
 */
export const createLoop = (options: {
  name: string
  work: (signal: AbortSignal) => Promise<number>
  clock: Clock
  logger: Logger
}): Loop => {
  const { name, work, clock, logger } = options
  const stopping = new AbortController()
  let rest = new AbortController()
  let woken = false
  let running: Promise<void> | null = null
  let failing: number | null = null

  const restFor = async (ms: number) => {
    if (woken || stopping.signal.aborted) return
    rest = new AbortController()
    await clock.sleep(ms, rest.signal).catch(() => undefined)
  }

  const run = async () => {
    let backoffMs = FIRST_BACKOFF_MS
    while (!stopping.signal.aborted) {
      woken = false
      try {
        const restMs = await work(stopping.signal)
        failing = null
        backoffMs = FIRST_BACKOFF_MS
        await restFor(restMs)
      } catch (error) {
        if (stopping.signal.aborted) return
        failing ??= clock.now()
        logger.warn({ loop: name, error }, 'round failed, trying again')
        woken = false
        await restFor(backoffMs)
        backoffMs = Math.min(backoffMs * 2, LONGEST_BACKOFF_MS)
      }
    }
  }

  return {
    start: () => {
      if (!stopping.signal.aborted) running ??= run()
    },
    wake: () => {
      woken = true
      if (failing === null) rest.abort()
    },
    stop: async () => {
      stopping.abort()
      rest.abort()
      await running
    },
    failingSince: () => failing,
  }
}
