import type { IndexRow, IndexView } from './route.ts'

type KeyOf = (id: string) => Uint8Array

/** A key is asked for several times while a mention is routed. */
export const memoized = (keyOf: KeyOf): KeyOf => {
  const known = new Map<string, Uint8Array>()
  return (id) => {
    const key = known.get(id) ?? keyOf(id)
    known.set(id, key)
    return key
  }
}

/** Rows as they were stored, changed in memory while a batch is routed. */
export const createIndexView = (
  stored: readonly IndexRow[],
  keyOf: KeyOf,
  authorKeyOf: KeyOf,
): IndexView & { changed(): IndexRow[] } => {
  const hex = (key: Uint8Array) => Buffer.from(key).toString('hex')
  const rows = new Map(stored.map((row) => [hex(row.mentionKey), row]))
  const changed = new Map<string, IndexRow>()
  return {
    get: (mentionId) => rows.get(hex(keyOf(mentionId))),
    ofAuthor: (authorId) => {
      const authorKey = hex(authorKeyOf(authorId))
      return [...rows.values()].filter((row) => row.authorKey !== null && hex(row.authorKey) === authorKey)
    },
    set: (row) => {
      const key = hex(row.mentionKey)
      rows.set(key, row)
      changed.set(key, row)
    },
    keyOf,
    authorKeyOf,
    changed: () => [...changed.values()],
  }
}
