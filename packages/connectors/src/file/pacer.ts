import type { Clock } from '@outcry/runtime'

/** Longest sleep between two signs of life. */
const SLICE_MS = 5_000

/** Holds a replay back to `speed` times the pace at which its mentions were written; "asFast" never waits. */
export const createPacer = (speed: 'asFast' | number, clock: Clock) => {
  let origin: { wall: number; event: number } | null = null
  const eventNow = (factor: number) => origin!.event + (clock.now() - origin!.wall) * factor

  return {
    isEarly: (eventTime: number): boolean => {
      if (speed === 'asFast') return false
      origin ??= { wall: clock.now(), event: eventTime }
      return eventTime > eventNow(speed)
    },
    /** Sleeps until the event's turn, telling the replay's own time now and then. */
    until: async (eventTime: number, signal: AbortSignal, tick: (eventNow: number) => Promise<void>): Promise<void> => {
      if (speed === 'asFast') return
      for (let left = eventTime - eventNow(speed); left > 0; left = eventTime - eventNow(speed)) {
        await clock.sleep(Math.min(Math.ceil(left / speed), SLICE_MS), signal)
        await tick(Math.trunc(Math.min(eventNow(speed), eventTime)))
      }
    },
  }
}
