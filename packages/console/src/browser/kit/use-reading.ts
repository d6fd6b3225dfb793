import { useLayoutEffect } from 'preact/hooks'
import { readingOf, useOf, type Reading } from './readings.ts'
import { createStore, useStore } from './store.ts'

const NONE = createStore<Reading<unknown>>({ data: null, fault: null, readAt: null })

/**
 * The answer of a path of the API, kept fresh while the component is shown: read at once, on news of the feed, and from
 * time to time; not while updates are paused. After a fault the last answer stays, with the fault beside it, unless
 * it says that there is nothing for who looks. Components that read the same path share one request. Null reads nothing.
 */
export const useReading = <T>(path: string | null): Reading<T> => {
  // Not after the next frame: what is read leads to what is read next.
  useLayoutEffect(() => (path === null ? undefined : useOf(path)), [path])
  return useStore(path === null ? NONE : readingOf(path)) as Reading<T>
}
