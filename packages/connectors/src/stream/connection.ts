/** One connection of a stream. */
export type Connection<T> = {
  /** What has arrived, at least one item and at most `max`; null when the platform ended it. Rejects with what broke it. */
  take(max: number): Promise<T[] | null>
  /** Whether reading is paused because the reader is slow. */
  isPaused(): boolean
  close(): void
}
