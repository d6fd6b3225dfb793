import type { ApiFault } from './api.ts'
import { atMostEvery } from './at-most-every.ts'
import { followFeed, type AlertNews } from './feed.ts'
import { tell } from './news.ts'
import { readHeard } from './read-heard.ts'
import { refresh, unread } from './readings.ts'
import { createStore } from './store.ts'

const REFRESH_MS = 15_000
const BURST_MS = 1_000

/**
 * Whether the page is live: paused by the reader, with how much waits, whether the feed is there, and when everything was
 * read last, epoch ms.
 */
export type Updates = { paused: boolean; waiting: number; connected: boolean; readAt: number | null }
export const updates = createStore<Updates>({ paused: false, waiting: 0, connected: false, readAt: null })

/** Nobody signed in, or no such thing, is an answer too. */
export const isReadable = (fault: ApiFault | null): boolean => fault === null || [401, 404].includes(fault.status)

/** What was asked for before, ms since the page was opened, may be old: news may have been missed. */
let oldBefore = 0
const readOld = async (): Promise<void> => {
  const before = oldBefore
  if (before === 0) return
  await refresh((_, askedAt) => askedAt < before)
  if (isReadable(unread.get())) updates.set({ ...updates.get(), readAt: Date.now() })
}
const readSoon = atMostEvery(BURST_MS, () => void readOld())
/** All of it may be old now; what was asked for a moment later is not, so that a page that opens is not asked for twice. */
const readUnlessPaused = (): void => {
  if (updates.get().paused) return
  oldBefore = performance.now()
  readSoon()
}
const readAll = async (): Promise<void> => {
  oldBefore = performance.now()
  await readOld()
}

/** The issues of which there was news that has not been read. */
let heard = new Set<string>()
const readNews = atMostEvery(BURST_MS, () => {
  void readHeard(heard)
  heard = new Set()
})
const onNews = ({ brand, issueId, kind, label, severity }: AlertNews): void => {
  const now = updates.get()
  if (now.paused) return updates.set({ ...now, waiting: now.waiting + 1 })
  tell(`${severity} ${kind}: ${label}, ${brand}`)
  heard.add(issueId)
  readNews()
}

export const pause = (paused: boolean): void => {
  updates.set({ ...updates.get(), paused, waiting: 0 })
  if (!paused) void readAll()
}

let following = false
/** Until the session ends; reading then asks to sign in, and begins anew. */
const listen = async (): Promise<void> => {
  if (following) return
  following = true
  await followFeed({
    alert: onNews,
    reload: readUnlessPaused,
    connected: (connected) => updates.set({ ...updates.get(), connected }),
  }).catch(() => undefined)
  following = false
  void readAll()
}

let begun = false
/** Keeps the page fresh: by the feed, every 15 seconds, and when the network comes back. */
export const beginUpdates = (): void => {
  void listen()
  if (begun) return
  begun = true
  // The page is being read: what may be old in it waits its turn.
  readSoon()
  setInterval(readUnlessPaused, REFRESH_MS)
  window.addEventListener('online', readUnlessPaused)
}
