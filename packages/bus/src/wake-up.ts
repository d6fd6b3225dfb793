import type { Clock } from '@outcry/runtime'

/** Lets a loop sleep until something happens or a time has passed. A wake before the wait is not lost. */
export type WakeUp = { wake(): void; wait(ms: number, signal: AbortSignal): Promise<void> }

/** `wait` returns early, without throwing, when the signal aborts. */
export const createWakeUp = (clock: Clock): WakeUp => {
  let pending = false
  let interrupt: AbortController | null = null
  return {
    wake: () => {
      pending = true
      interrupt?.abort()
    },
    wait: async (ms, signal) => {
      if (!pending && !signal.aborted) {
        interrupt = new AbortController()
        await clock.sleep(ms, AbortSignal.any([signal, interrupt.signal])).catch(() => undefined)
        interrupt = null
      }
      pending = false
    },
  }
}
