/** What waits to be taken, in order, at most `limit` of it. */
export const createEventQueue = <T>(limit: number) => {
  const items: T[] = []
  const takers: PromiseWithResolvers<IteratorResult<T, undefined>>[] = []
  let roomy: PromiseWithResolvers<void> | null = null
  let over: { error: Error | null } | null = null

  const last = (): Promise<IteratorResult<T, undefined>> => {
    const error = over?.error ?? null
    // Thrown once; whoever asks again learns that there is nothing more.
    over = { error: null }
    return error === null ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error)
  }

  return {
    /** How many wait to be taken. */
    get size() {
      return items.length
    },
    /** Whether somebody waits for the next one. */
    get awaited() {
      return takers.length > 0
    },
    /** Adds one; false where there is no room, and it was not added. */
    push(item: T): boolean {
      const taker = takers.shift()
      if (taker) taker.resolve({ done: false, value: item })
      else if (items.length >= limit) return false
      else items.push(item)
      return true
    },
    /** The next one, when there is one; what was there before the end comes before it. */
    async take(): Promise<IteratorResult<T, undefined>> {
      const item = items.shift()
      if (items.length <= limit / 2) roomy?.resolve()
      if (item !== undefined) return { done: false, value: item }
      if (over) return last()
      const taker = Promise.withResolvers<IteratorResult<T, undefined>>()
      takers.push(taker)
      return taker.promise
    },
    /** Resolves once at most half of it is used. */
    async room(): Promise<void> {
      if (items.length <= limit / 2) return
      roomy = Promise.withResolvers()
      await roomy.promise
    },
    /** Nothing more comes. What waits can still be taken, then the error, if any. */
    end(error: Error | null): void {
      if (over) return
      over = { error }
      roomy?.resolve()
      for (const taker of takers.splice(0)) taker.resolve(last())
    },
  }
}
