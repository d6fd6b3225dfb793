import { ApiFault, readAnew } from './api.ts'
import { keepSame } from './keep-same.ts'
import { createStore, type Store } from './store.ts'

/** What is known of one path of the API: the last answer, whether it is old because of a fault, and when it was read. */
export type Reading<T> = { data: T | null; fault: ApiFault | null; readAt: number | null }

type Entry = {
  path: string
  store: Store<Reading<unknown>>
  tag: string | null
  users: number
  /** When it was asked for last, ms since the page was opened. */
  askedAt: number
  /** The request under way. */
  reading: Promise<void> | null
  /** Somebody asked again while it was under way. */
  again: boolean
}
const NOTHING: Reading<unknown> = { data: null, fault: null, readAt: null }
/** Nobody is signed in, it is not for who looks, or there is no such thing: what was read before is not shown on. */
const NOT_THEIRS: ReadonlySet<number> = new Set([401, 403, 404])
/** Unused readings are kept to be shown at once when somebody comes back to them. */
const MOST_UNUSED = 30

const entries = new Map<string, Entry>()
/** Why something on the page could not be read last; null while everything can. */
export const unread = createStore<ApiFault | null>(null)

const tellFaults = (): void => {
  const used = [...entries.values()].filter(({ users }) => users > 0)
  unread.set(used.map(({ store }) => store.get().fault).find((fault) => fault !== null) ?? null)
}

const entryOf = (path: string): Entry => {
  const known = entries.get(path)
  if (known) return known
  const made = { path, store: createStore(NOTHING), tag: null, users: 0, askedAt: 0, reading: null, again: false }
  entries.set(path, made)
  return made
}

/** Whose readings these are: what was asked for somebody else is not shown. */
let reader = 0

const readOnce = async (entry: Entry): Promise<void> => {
  const { store, path } = entry
  const asker = reader
  entry.askedAt = performance.now()
  try {
    const news = await readAnew(path, entry.tag)
    if (asker !== reader) return
    if (news) entry.tag = news.tag
    const { data, fault } = store.get()
    if (news || fault) store.set({ data: news ? keepSame(data, news.data) : data, fault: null, readAt: Date.now() })
  } catch (error) {
    if (asker !== reader) return
    const fault = error instanceof ApiFault ? error : new ApiFault(0, String(error))
    const isTheirs = !NOT_THEIRS.has(fault.status)
    if (!isTheirs) entry.tag = null
    store.set({ ...(isTheirs ? store.get() : NOTHING), fault })
  }
  tellFaults()
}
const read = async (entry: Entry): Promise<void> => {
  if (entry.reading) {
    entry.again = true
    return entry.reading
  }
  const all = async () => {
    do {
      entry.again = false
      await readOnce(entry)
    } while (entry.again)
    entry.reading = null
  }
  entry.reading = all()
  return entry.reading
}

const forgetUnused = (): void => {
  const unused = [...entries.values()].filter(({ users, reading }) => users === 0 && reading === null)
  for (const { path } of unused.slice(0, Math.max(0, unused.length - MOST_UNUSED))) entries.delete(path)
}

/** Reads what is on the page again, or those paths of it; one request a path at a time. */
export const refresh = async (isWanted: (path: string, askedAt: number) => boolean = () => true): Promise<void> => {
  const used = [...entries.values()].filter(({ users, path, askedAt }) => users > 0 && isWanted(path, askedAt))
  await Promise.all(used.map(read))
}
/** What was read of a path that is used; null where it is not, or could not be read last. */
export const known = (path: string): unknown => {
  const entry = entries.get(path)
  const reading = entry?.store.get()
  return entry && entry.users > 0 && reading?.fault === null ? reading.data : null
}

/** Puts what is known from elsewhere into what was read; the next reading sets it right where it is not. */
export const amend = <T>(isWanted: (path: string) => boolean, change: (data: T) => T): void => {
  for (const { path, users, store } of entries.values()) {
    const reading = store.get()
    if (users === 0 || reading.data === null || !isWanted(path)) continue
    const data = keepSame(reading.data, change(reading.data as T))
    if (data !== reading.data) store.set({ ...reading, data })
  }
}
/** Forgets everything: somebody else signs in. */
export const forgetReadings = (): void => {
  reader += 1
  for (const entry of entries.values()) {
    entry.tag = null
    entry.store.set(NOTHING)
  }
}

export const readingOf = (path: string): Store<Reading<unknown>> => entryOf(path).store
/** Keeps a path read while it is used. */
export const useOf = (path: string): (() => void) => {
  const entry = entryOf(path)
  entry.users += 1
  if (entry.reading === null) void read(entry)
  return () => {
    entry.users -= 1
    // Kept in the order of last use.
    entries.delete(path)
    entries.set(path, entry)
    forgetUnused()
  }
}
