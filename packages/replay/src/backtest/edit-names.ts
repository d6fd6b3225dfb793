import type { Mention } from '@outcry/contracts'
import type { BrandMention } from './time-order.ts'

/** "~" sorts behind every letter and digit, as it does in the names that live edits get. */
const NUMBER_DIGITS = 6

/**
 * Names each edit of a mention by its number, as ingest names it by all that came before: of one moment's revisions the
 * last that is given is the one that stays, and a text that comes back is no copy of what was.
 */
export const createEditNames = () => {
  const known = new Map<string, { rev: string; edits: number }>()

  return ({ brand, mention }: BrandMention): BrandMention => {
    if (mention.op === 'delete') return { brand, mention }
    const key = `${brand}\n${mention.id}`
    const last = known.get(key)
    if (last === undefined) {
      known.set(key, { rev: mention.rev, edits: 0 })
      return { brand, mention }
    }
    if (last.rev !== mention.rev) {
      last.rev = mention.rev
      last.edits += 1
    }
    return { brand, mention: last.edits === 0 ? mention : named(mention, last.edits) }
  }
}

const named = (mention: Mention, edits: number): Mention => ({
  ...mention,
  op: 'update',
  rev: `~${String(edits).padStart(NUMBER_DIGITS, '0')}`,
})
