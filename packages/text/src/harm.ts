import type { Harm } from '@outcry/contracts'
import { fold } from './fold.ts'
import { HARM_PHRASES } from './harm-phrases.ts'
import { PhraseTrie } from './phrase-trie.ts'
import type { Word } from './word.ts'
import { words } from './words.ts'

/** Gravest first: what a text names is graded by the worst of it. */
const HARMS: readonly Exclude<Harm, 'none'>[] = ['safety', 'privacy', 'money', 'access']

const trie = new PhraseTrie<number>()
HARMS.forEach((harm, rank) => {
  for (const phrase of HARM_PHRASES[harm].split(',')) trie.add(words(phrase).map(fold), rank)
})

/** Whether a phrase of harm begins with the folded word. */
export function harmOpens(folded: string): boolean {
  return trie.opens(folded)
}

/** The gravest harm that words name in plain phrases; "none" where they name none. */
export function harmOf(found: readonly Word[]): Harm {
  const first = found.findIndex((word) => word.opensHarm)
  if (first < 0) return 'none'
  let gravest = HARMS.length
  const tokenAt = (index: number) => found[index]?.folded
  const report = (rank: number) => {
    gravest = Math.min(gravest, rank)
  }
  for (let start = first; start < found.length; start++)
    if (found[start]!.opensHarm) trie.matchAt(start, tokenAt, report)
  return HARMS[gravest] ?? 'none'
}
