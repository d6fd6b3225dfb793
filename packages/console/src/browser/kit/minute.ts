import { createStore, useStore } from './store.ts'

const minute = createStore(Math.floor(Date.now() / 60_000))
setInterval(() => minute.set(Math.floor(Date.now() / 60_000)), 5_000)

/** Draws the component again with each minute, for what is told by its age. */
export const useMinute = (): number => useStore(minute)
