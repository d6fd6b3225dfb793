/** One connection of a stream. */
export type Connection<T> = {
  /** What has arrived, at least one item and at most `max`; null when the platform ended it. Rejects with what broke it. */
  take(max: number): Promise<T[] | null>
  /** Items that have arrived and wait. */
  waiting(): number
  close(): void
}
