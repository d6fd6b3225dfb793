type Sleeper = { at: number; wake: () => void }

/** A clock that only moves when told to. Same shape as the `Clock` of the runtime. */
export type FakeClock = {
  now(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Moves time on, waking sleepers in the order of their times, and lets what they started run in between. */
  advance(ms: number): Promise<void>
  /** How many are asleep: a test may wait for this before it moves time. */
  sleepers(): number
}

/** Lets every pending promise callback run. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

export const fakeClock = (startMs = 1_700_000_000_000): FakeClock => {
  let nowMs = startMs
  let sleeping: Sleeper[] = []

  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      if (ms <= 0) return resolve()
      const abort = () => {
        sleeping = sleeping.filter((each) => each !== sleeper)
        reject(signal?.reason)
      }
      const wake = () => {
        signal?.removeEventListener('abort', abort)
        resolve()
      }
      const sleeper = { at: nowMs + ms, wake }
      sleeping.push(sleeper)
      signal?.addEventListener('abort', abort, { once: true })
    })

  const advance = async (ms: number) => {
    const until = nowMs + ms
    await settle()
    for (;;) {
      const next = sleeping.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      sleeping = sleeping.filter((each) => each !== next)
      nowMs = Math.max(nowMs, next.at)
      next.wake()
      await settle()
    }
    nowMs = until
  }

  return { now: () => nowMs, sleep, advance, sleepers: () => sleeping.length }
}
