import { isoTime, type Mention, OutcryError } from '@outcry/contracts'

/** A mention of one brand, as the engine takes it. */
export type BrandMention = { brand: string; mention: Mention }

/** Inputs up to this size may be in any order: they are sorted in memory. */
export const SORTED_IN_MEMORY = 300_000

/**
 * The same mentions in order of event time. Up to `SORTED_IN_MEMORY` they may come in any order; a longer input must
 * be in order for each brand but for what `reorderMs` covers. Throws `INPUT_UNSORTED`.
 */
export async function* inTimeOrder(
  mentions: AsyncIterable<BrandMention>,
  reorderMs: number,
  sortedInMemory: number = SORTED_IN_MEMORY,
): AsyncGenerator<BrandMention> {
  const newest = new Map<string, number>()
  let held: BrandMention[] | null = []
  for await (const each of mentions) {
    if (held !== null) {
      held.push(each)
      if (held.length < sortedInMemory) continue
      for (const early of held) yield checked(early, newest, reorderMs)
      held = null
    } else yield checked(each, newest, reorderMs)
  }
  if (held === null) return
  // A stable sort: what happened at the same millisecond stays in the order of the input.
  held.sort((a, b) => a.mention.eventTime - b.mention.eventTime)
  yield* held
}

const checked = (each: BrandMention, newest: Map<string, number>, reorderMs: number): BrandMention => {
  const { brand, mention } = each
  const latest = newest.get(brand) ?? 0
  if (mention.eventTime < latest - reorderMs)
    throw new OutcryError(
      'INPUT_UNSORTED',
      `Mention ${mention.id} of ${brand} is dated ${isoTime(mention.eventTime)}, after one of ${isoTime(latest)}.`,
      {
        fix: `Sort the input by createdAt: over ${SORTED_IN_MEMORY} mentions are read without being held in memory.`,
        exitCode: 2,
      },
    )
  newest.set(brand, Math.max(latest, mention.eventTime))
  return each
}
