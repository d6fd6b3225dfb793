import { type CountingView, MINUTE_MS, OutcryError } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'

const LOOK_EVERY_MS = 5_000
/** Longer than a rebalance, a rebuild of state from snapshots, and a slow transaction take. */
export const STALLED_EXIT_MS = 5 * MINUTE_MS

/**
 * Watches what this process should take in. A partition that it holds, or any where it holds none, may stand still for
 * a while, which `stalled` tells; for `STALLED_EXIT_MS` with bus and database there, and only a new process helps.
 */
export const createStallGuard = (options: {
  counting: CountingView
  owned: () => readonly number[]
  clock: Clock
  fail: (error: OutcryError) => void
}) => {
  const { counting, clock, fail } = options
  const stopping = new AbortController()

  const own = () => {
    const owned = options.owned()
    return counting
      .faults()
      .filter(({ partition }) => partition !== null && (owned.length === 0 || owned.includes(partition)))
  }

  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await clock.sleep(LOOK_EVERY_MS, stopping.signal).catch(() => undefined)
      const lasting = own().find(({ lastedMs }) => lastedMs >= STALLED_EXIT_MS)
      if (stopping.signal.aborted || lasting === undefined) continue
      fail(
        new OutcryError('DETECTOR_STALLED', `${lasting.name}: ${lasting.reason}`, {
          fix: 'Start the process again; where it stands still anew, read its log of the minutes before.',
        }),
      )
      return
    }
  }

  return {
    start: () => void watch(),
    stop: () => stopping.abort(),
    /** Why this process does not do its work, for readiness; null while it does. */
    reason: (): string | null => {
      const [first] = own()
      return first === undefined ? null : `${first.name}: ${first.reason}`
    },
  }
}
