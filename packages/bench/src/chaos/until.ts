import { setTimeout as pause } from 'node:timers/promises'

const LOOK_EVERY_MS = 50

/** Waits until the condition holds and gives what it found; throws where that takes too long. */
export const until = async <T>(
  what: string,
  timeoutMs: number,
  look: () => Promise<T | null | false> | T | null | false,
): Promise<T> => {
  const giveUpAt = performance.now() + timeoutMs
  for (;;) {
    const found = await look()
    if (found !== null && found !== false) return found
    if (performance.now() > giveUpAt) throw new Error(`${what}: not within ${Math.round(timeoutMs / 1_000)} s`)
    await pause(LOOK_EVERY_MS)
  }
}
