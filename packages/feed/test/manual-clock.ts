import type { Clock } from '@outcry/runtime'

/** A clock that moves only when told. */
export const manualClock = (start = 0) => {
  let now = start
  let sleepers: { at: number; resolve: () => void }[] = []
  const clock: Clock = {
    now: () => now,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      await new Promise<void>((resolve, reject) => {
        const sleeper = { at: now + ms, resolve }
        sleepers.push(sleeper)
        signal?.addEventListener('abort', () => {
          sleepers = sleepers.filter((other) => other !== sleeper)
          reject(signal.reason as Error)
        })
      })
    },
  }
  const advance = (ms: number) => {
    now += ms
    const due = sleepers.filter(({ at }) => at <= now)
    sleepers = sleepers.filter(({ at }) => at > now)
    for (const { resolve } of due) resolve()
  }
  return { clock, advance }
}
