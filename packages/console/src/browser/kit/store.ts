import { useLayoutEffect, useReducer } from 'preact/hooks'

/** One value that several parts of the page show. */
export type Store<T> = { get: () => T; set: (next: T) => void; subscribe: (listener: () => void) => () => void }

export const createStore = <T>(initial: T): Store<T> => {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return
      value = next
      for (const listener of new Set(listeners)) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** The value of the store; the component is drawn again when it changes. */
export const useStore = <T>(store: Store<T>): T => {
  const [, redraw] = useReducer((count: number, _change: undefined) => count + 1, 0)
  const seen = store.get()
  useLayoutEffect(() => {
    if (!Object.is(store.get(), seen)) redraw(undefined)
    return store.subscribe(() => redraw(undefined))
  }, [store])
  return seen
}
