const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The items of a list are found again by their id, wherever they stand now. */
const idOf = (value: unknown): unknown => (isRecord(value) ? value['id'] : undefined)

const keepList = (before: readonly unknown[], now: readonly unknown[]): readonly unknown[] => {
  const known = new Map(before.map((item) => [idOf(item), item]))
  const kept = now.map((item, place) =>
    keepSame(idOf(item) === undefined ? before[place] : known.get(idOf(item)), item),
  )
  return kept.length === before.length && kept.every((item, place) => item === before[place]) ? before : kept
}

/** The new value made of the old objects wherever these say the same: what did not change is the same object. */
export const keepSame = (before: unknown, now: unknown): unknown => {
  if (Object.is(before, now)) return before
  if (Array.isArray(before) && Array.isArray(now)) return keepList(before, now)
  if (!isRecord(before) || !isRecord(now)) return now
  const names = Object.keys(now)
  const kept: Record<string, unknown> = {}
  let same = names.length === Object.keys(before).length
  for (const name of names) {
    kept[name] = keepSame(before[name], now[name])
    same &&= Object.is(kept[name], before[name])
  }
  return same ? before : kept
}
