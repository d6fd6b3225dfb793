import { RECORD_VERSION, type SqlPool } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import { noteSourceEvent } from '@outcry/store'
import type { Delivered, Intake } from './intake.ts'
import { createPromptClock } from './prompt-clock.ts'

/** Tells brands the time of a source when something came in at the door, and people when that was. */
export type DoorClock = { delivered(what: Pick<Delivered, 'brands' | 'newestEventTime'>): void }

/**
 * Whoever holds the source beats for it, and does not see what comes in here. A source that its holder calls lagging or
 * blind is not called live because something came in: its other mentions may be missing.
 */
export const createDoorClock = (options: {
  source: string
  intake: Pick<Intake, 'tell'>
  pool: SqlPool
  clock: Clock
}): DoorClock => {
  const { source, intake, pool, clock } = options
  let newest = 0
  const tell = async (brands: ReadonlySet<string>): Promise<void> => {
    const held = await noteSourceEvent(pool, source, newest)
    if (held !== null && held !== 'live') return
    const now = clock.now()
    const beat = { v: RECORD_VERSION, kind: 'heartbeat', source, state: 'live', sourceTime: now, sentAt: now } as const
    await intake.tell(brands, (told) => ({ ...beat, brands: told }))
  }
  const prompt = createPromptClock({ clock, tell })
  return {
    delivered: ({ brands, newestEventTime }) => {
      newest = Math.max(newest, newestEventTime ?? 0)
      prompt.delivered(brands)
      prompt.move()
    },
  }
}
