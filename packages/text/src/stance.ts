import { fold } from './fold.ts'
import { PhraseTrie } from './phrase-trie.ts'
import { CALLS, FIRST_HAND, HEARSAY, LAUGHS, OFFERS } from './stance-phrases.ts'
import { readWords } from './word-book.ts'
import type { Word } from './word.ts'
import { words } from './words.ts'

/** How a post is told: from own experience, from hearsay, or neither; whether it sells something; whether it laughs. */
export type Stance = { told: 'first-hand' | 'hearsay' | 'neither'; promotion: boolean; joke: boolean }

type Kind = 'firstHand' | 'hearsay' | 'call' | 'offer' | 'laugh'

const LISTS: readonly (readonly [Kind, string])[] = [
  ['firstHand', FIRST_HAND],
  ['hearsay', HEARSAY],
  ['call', CALLS],
  ['offer', OFFERS],
  ['laugh', LAUGHS],
]
const trie = new PhraseTrie<Kind>()
for (const [kind, list] of LISTS) for (const phrase of list.split(',')) trie.add(words(phrase).map(fold), kind)

const LAUGHING = /[\u{1f602}\u{1f923}\u{1f480}]|ه{4,}/u
const HASHTAG = /(?:^|\s)#[\p{L}\p{N}_]/gu
const MANY_HASHTAGS = 2

/**
 * Reads how a post is told, by plain phrases in eight languages. What somebody heard counts as hearsay also where it
 * is told in the first person ("I heard that …"). A link and hashtags around an offer, or a call to buy or to take part,
 * make a promotion.
 *
 * @param found the words of the text, where they were read already
 */
export function stanceOf(text: string, found: readonly Word[] = readWords(text)): Stance {
  const counts: Record<Kind, number> = { firstHand: 0, hearsay: 0, call: 0, offer: 0, laugh: 0 }
  const tokenAt = (index: number) => found[index]?.folded
  const report = (kind: Kind) => {
    counts[kind]++
  }
  for (let start = 0; start < found.length; start++) trie.matchAt(start, tokenAt, report)
  const link = text.includes('http') || text.includes('www.') || text.includes('pic.twitter')
  const tagged = text.includes('#') && (text.match(HASHTAG)?.length ?? 0) >= MANY_HASHTAGS
  const told =
    counts.hearsay > 0 && counts.hearsay >= counts.firstHand
      ? 'hearsay'
      : counts.firstHand > 0
        ? 'first-hand'
        : 'neither'
  return {
    told,
    promotion: counts.call > 0 || (link && tagged) || (counts.offer > 0 && (link || tagged)),
    joke: counts.laugh > 0 || LAUGHING.test(text),
  }
}
