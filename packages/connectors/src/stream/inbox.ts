/** Stops and lets go the sender of an inbox. */
export type Valve = { pause(): void; resume(): void }

/**
 * A bounded queue between a socket that pushes and a reader that takes. At `limit` items the valve closes, at half it
 * opens again: a slow reader slows the sender down, and memory stays bounded.
 */
export const createInbox = <T>(limit: number, valve: Valve) => {
  let items: T[] = []
  let paused = false
  let end: { error: unknown } | 'open' | 'ended' = 'open'
  let wake: (() => void) | null = null
  const notify = () => {
    wake?.()
    wake = null
  }

  return {
    push: (item: T): void => {
      if (end !== 'open') return
      items.push(item)
      if (!paused && items.length >= limit) {
        paused = true
        valve.pause()
      }
      notify()
    },
    end: (): void => {
      if (end === 'open') end = 'ended'
      notify()
    },
    fail: (error: unknown): void => {
      if (end === 'open') end = { error }
      notify()
    },
    /** Whether the sender was stopped: its silence is our doing. */
    isPaused: (): boolean => paused,
    size: (): number => items.length,
    /** Everything that waits, at least one item and at most `max`; null at the end. Rejects with what broke it. */
    take: async (max: number): Promise<T[] | null> => {
      while (items.length === 0) {
        if (end === 'ended') return null
        if (end !== 'open') throw end.error
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      const taken = items.slice(0, max)
      items = items.slice(max)
      if (paused && items.length <= limit / 2) {
        paused = false
        valve.resume()
      }
      return taken
    },
  }
}
