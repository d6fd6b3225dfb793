type Json = Record<string, unknown>
const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The items of a list are found again by their id, wherever they stand now. */
const idOf = (value: unknown): unknown => (isRecord(value) ? value['id'] : undefined)

const keepList = (before: readonly unknown[], now: unknown[]): readonly unknown[] => {
  let same = now.length === before.length
  let known: Map<unknown, unknown> | null = null
  for (const [place, item] of now.entries()) {
    let old = before[place]
    const id = idOf(item)
    if (id !== undefined && idOf(old) !== id) {
      known ??= new Map(before.map((each) => [idOf(each), each]))
      old = known.get(id)
    }
    now[place] = keepSame(old, item)
    same &&= now[place] === before[place]
  }
  return same ? before : now
}

const keepRecord = (before: Json, now: Json): Json => {
  const names = Object.keys(now)
  let same = names.length === Object.keys(before).length
  for (const name of names) {
    const old = before[name]
    const item = now[name]
    if (Object.is(old, item)) continue
    const kept = keepSame(old, item)
    if (kept !== item) now[name] = kept
    same &&= Object.is(kept, old)
  }
  return same ? before : now
}

/**
 * A new answer in which what says the same as before is the old object; nobody else may hold the new one, which is
 * changed for that.
 */
export const keepSame = (before: unknown, now: unknown): unknown => {
  if (Object.is(before, now)) return before
  if (Array.isArray(before) && Array.isArray(now)) return keepList(before, now)
  return isRecord(before) && isRecord(now) ? keepRecord(before, now) : now
}
