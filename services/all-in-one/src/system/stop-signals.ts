import { constants } from 'node:os'
import type { Clock } from '@outcry/runtime'

/** A key press reaches the process more than once: from the terminal, from npm, from the bootstrap. */
const SAME_PRESS_MS = 400

/**
 * Calls `onFirst` at the first SIGINT, SIGTERM or SIGHUP, or when the process that started this one died, and `onAgain`
 * with the exit code of the signal when it is asked a second time. Returns what lets go of the signals.
 */
export const onStopSignals = (
  clock: Clock,
  { onFirst, onAgain }: { onFirst: (why: string) => void; onAgain: (exitCode: number) => void },
): (() => void) => {
  let firstAt: number | null = null
  const take = (signal: NodeJS.Signals) => {
    const now = clock.now()
    if (firstAt === null) {
      firstAt = now
      onFirst(signal)
    } else if (now - firstAt > SAME_PRESS_MS) onAgain(128 + constants.signals[signal])
  }
  const orphaned = () => {
    if (firstAt !== null) return
    firstAt = clock.now()
    onFirst('the starting process ended')
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, take)
  process.on('disconnect', orphaned)
  // The channel alone must not keep the process alive.
  process.channel?.unref()
  return () => {
    for (const signal of signals) process.off(signal, take)
    process.off('disconnect', orphaned)
    // As it was: whoever else lives on it must not find it let go.
    process.channel?.ref()
  }
}
