import { compareSnowflakes, snowflakeAt } from './snowflake.ts'

/** Channels remembered one by one; others count from when all was last seen. */
const MAX_CHANNELS = 500
/** Events of several channels come out of order by up to this. */
const REWIND_MS = 60_000

/** The newest message delivered of each channel. */
export const createChannelMarks = (known: readonly (readonly [string, string])[]) => {
  const marks = new Map(known)

  return {
    /** After which id a channel is to be read, if everything before `sinceMs`, epoch ms, was delivered. */
    after: (channelId: string, sinceMs: number): string => marks.get(channelId) ?? snowflakeAt(sinceMs - REWIND_MS),

    /** Notes messages that are being delivered. The channels longest without one are forgotten first. */
    advance: (messages: Iterable<{ channelId: string; id: string }>): void => {
      for (const { channelId, id } of messages) {
        const before = marks.get(channelId)
        const newest = before !== undefined && compareSnowflakes(before, id) > 0 ? before : id
        marks.delete(channelId)
        marks.set(channelId, newest)
      }
      for (const channelId of marks.keys()) {
        if (marks.size <= MAX_CHANNELS) break
        marks.delete(channelId)
      }
    },

    all: (): [string, string][] => [...marks],
  }
}
