/** Ids of Discord count milliseconds since 2015 in their upper bits (discord.com/developers/docs/reference#snowflakes). */
const EPOCH_MS = 1_420_070_400_000n
const TIME_SHIFT = 22n

/** Epoch ms at which the id was made. */
export const timeOfSnowflake = (id: string): number => Number((BigInt(id) >> TIME_SHIFT) + EPOCH_MS)

/** The smallest id of a time, epoch ms. */
export const snowflakeAt = (ms: number): string => {
  const since = BigInt(Math.floor(ms)) - EPOCH_MS
  return String(since > 0n ? since << TIME_SHIFT : 0n)
}

/** Orders ids by age, the older first. They are too large for numbers. */
export const compareSnowflakes = (a: string, b: string): number =>
  a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length
