/** Ids of Mastodon are numbers that begin with the time in milliseconds; other servers have sortable text. */
const TIME_SHIFT = 16n
const HAS_TIME = /^\d{15,20}$/

/** Order of ids of one server: by number where both are, else by text. Older first. */
export const compareIds = (a: string, b: string): number => {
  const byNumber = /^\d+$/.test(a) && /^\d+$/.test(b)
  if (byNumber && a.length !== b.length) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}

export const newerId = (a: string | null, b: string): string => (a === null || compareIds(a, b) < 0 ? b : a)

/** The id of a moment, epoch ms, on servers whose ids tell time. */
export const idOfTime = (timeMs: number): string => String(BigInt(timeMs) << TIME_SHIFT)

/** Whether the server's ids tell time. */
export const tellsTime = (id: string): boolean => HAS_TIME.test(id)

/**
 * An id of `ms` before, in the server's own time, so that no clock has to agree. The id itself where it tells no time:
 * there is no going back on such a server.
 */
export const rewoundId = (id: string, ms: number): string => {
  if (!tellsTime(id)) return id
  const earlier = BigInt(id) - (BigInt(ms) << TIME_SHIFT)
  return String(earlier > 0n ? earlier : 0n)
}
