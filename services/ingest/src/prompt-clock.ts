import type { Clock } from '@outcry/runtime'

/** Shortest time between two. */
export const PROMPT_EVERY_MS = 500

/** Tells brands the time of a source when something of them was delivered, and not only at the source's next beat. */
export type PromptClock = {
  /** These brands are to be told. */
  delivered(brands: Iterable<string>): void
  /** Tells them now, where the last time is long enough ago; else with what comes next, or at the next beat. */
  move(): void
  /** Waits for what is being told. */
  settled(): Promise<void>
}

/**
 * A mention is decided on when its brand's clock has passed the hold, and a beat every few seconds would add as much to
 * each alert. While mentions come, the clock goes with them: never more than twice a second, nor in more records than
 * there were mentions.
 */
export const createPromptClock = (options: {
  clock: Clock
  tell: (brands: ReadonlySet<string>) => Promise<void>
}): PromptClock => {
  const { clock, tell } = options
  const due = new Set<string>()
  let toldAt = -Infinity
  let telling: Promise<void> | null = null
  return {
    delivered: (brands) => {
      for (const brand of brands) due.add(brand)
    },
    move: () => {
      if (due.size === 0 || telling !== null || Math.abs(clock.now() - toldAt) < PROMPT_EVERY_MS) return
      const brands = new Set(due)
      due.clear()
      toldAt = clock.now()
      // What fails is told by the next beat.
      telling = tell(brands)
        .catch(() => undefined)
        .finally(() => (telling = null))
    },
    settled: async () => void (await telling),
  }
}
