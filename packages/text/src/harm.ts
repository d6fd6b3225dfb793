import type { Harm } from '@outcry/contracts'
import { fold } from './fold.ts'
import { HARM_PHRASES } from './harm-phrases.ts'
import { PhraseTrie } from './phrase-trie.ts'
import { words } from './words.ts'

/** Gravest first: what a text names is graded by the worst of it. */
const HARMS = ['safety', 'privacy', 'money', 'access'] as const

const trie = new PhraseTrie<number>()
HARMS.forEach((harm, rank) => {
  for (const phrase of HARM_PHRASES[harm].split(',')) trie.add(words(phrase).map(fold), rank)
})

/** The gravest harm that folded words name in plain phrases; "none" where they name none. */
export function harmOf(folded: readonly string[]): Harm {
  const named = new Set<number>()
  const tokenAt = (index: number) => folded[index]
  const report = (rank: number) => named.add(rank)
  for (let start = 0; start < folded.length; start++) trie.matchAt(start, tokenAt, report)
  return named.size === 0 ? 'none' : HARMS[Math.min(...named)]!
}
