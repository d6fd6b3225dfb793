import { features } from '@outcry/text'
import type { Post } from './post.ts'

const MAX_POSTS_READ = 60
const MAX_TERMS = 8
const LEAST_RARITY = 1.5

/** How rare a term is among all posts: ln((posts + 2) / (posts with it + 1)). */
export type Rarity = (termId: number) => number

/** The words that most people of these posts share and few others use, and a short name made of them. */
export const describePosts = (posts: readonly Post[], rarity: Rarity): { phrase: string; terms: string[] } => {
  const words = new Map<string, { shown: string; count: number; rarity: number }>()
  const phrases = new Map<string, { count: number; rarity: number; size: number }>()
  const read = posts.slice(-MAX_POSTS_READ)
  for (const post of read) {
    const text = features(post.excerpt, post.lang)
    const rarities = Array.from(text.wordIds, rarity)
    const seen = new Set<string>()
    text.stems.forEach((stem, at) => {
      if (!seen.has(stem) && text.words[at]!.length > 1) {
        seen.add(stem)
        const word = words.get(stem)
        if (word) word.count++
        else words.set(stem, { shown: text.words[at]!, count: 1, rarity: rarities[at]! })
      }
      for (const size of [2, 3, 4]) {
        if (at + size > text.stems.length) continue
        if (rarities[at]! < LEAST_RARITY || rarities[at + size - 1]! < LEAST_RARITY) continue
        const phrase = text.words.slice(at, at + size).join(' ')
        if (seen.has(phrase)) continue
        seen.add(phrase)
        const known = phrases.get(phrase)
        const total = rarities.slice(at, at + size).reduce((sum, value) => sum + value, 0)
        if (known) known.count++
        else phrases.set(phrase, { count: 1, rarity: total, size })
      }
    })
  }
  const least = Math.max(2, read.length / 5)
  const terms = [...words.values()]
    .filter((word) => word.count >= Math.min(least, read.length) && word.rarity >= LEAST_RARITY)
    .sort((a, b) => b.count * b.rarity - a.count * a.rarity || (a.shown < b.shown ? -1 : 1))
    .slice(0, MAX_TERMS)
    .map((word) => word.shown)
  const phrase = [...phrases]
    .filter(([, { count }]) => count >= least)
    .sort(([a, x], [b, y]) => y.count * Math.sqrt(y.rarity) - x.count * Math.sqrt(x.rarity) || (a < b ? -1 : 1))[0]?.[0]
  return { phrase: phrase ?? terms.slice(0, 3).join(' '), terms }
}
