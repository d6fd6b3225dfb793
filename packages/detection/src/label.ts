import { readWords, stemmerOf, tokenize } from '@outcry/text'
import type { Post } from './post.ts'
import { dominantLanguage } from './clauses.ts'
import { toldClauses } from './told-clauses.ts'
import { toldPhrases } from './told-phrase.ts'
import { ANY_TYPE } from './type-counters.ts'
import { type Rarity, type Term, type TermProfile, byScore, termProfile } from './term-profile.ts'

const MAX_POSTS_READ = 60
const MAX_TOLD = 24
const MAX_TERMS = 8
const MAX_PIECES = 3
const MAX_WORDS = 5
/** A word group reads better than a word, and is worth this much more for each word it has beyond the first. */
const GROUP_BONUS = 0.6
/** Words that the name of the issue type has already. */
const REPEATED = 0.5
const LEAST_SHARE = 0.12
/** What a piece is still worth to people whom an earlier one speaks for. */
const SPOKEN_FOR = 0.35
const NO_NAME = 'Similar complaints'

export type Described = { label: string; terms: string[] }
export type DescribeContext = {
  brand: string
  rarity: Rarity
  /** The issue type and its name, where there is one. */
  issueType: string | null
  typeLabel: string | undefined
  /** Whether the type's name comes first; else it only stands in where people's words give no name. */
  typeLeads?: boolean
  /** Types that words speak of. */
  typesOf: (stems: readonly string[], lang: string) => readonly string[]
  /** How much words complain by themselves, 0 to 1. */
  complaintOf: (text: string, lang: string) => number
}

/**
 * A short name for what the posts complain of, in the words of those who do and the language of most, and the words that
 * set them apart. The issue type's name comes first where those words speak of it: one word that matched somewhere
 * must not name an issue.
 */
export const describePosts = (posts: readonly Post[], context: DescribeContext): Described => {
  const { brand, rarity, issueType, typesOf, complaintOf, typeLeads = true } = context
  const read = evenly(posts, MAX_POSTS_READ)
  const profile = termProfile(read, rarity, brand)
  const terms = [...profile.words.values()].sort(byScore).slice(0, MAX_TERMS)
  const lang = dominantLanguage(read)
  const clauses = toldClauses(evenly(read, MAX_TOLD), brand)
  const told = toldPhrases(profile, clauses, (text) => complaintOf(text, lang))
  const others = told.flatMap((phrase) => typesOf(tokenize(phrase, lang), lang))
  const strange = issueType !== ANY_TYPE && told.length > 0 && !others.includes(issueType ?? '')
  const typeLabel = strange || !typeLeads ? undefined : context.typeLabel
  const phrases = told.length > 0 ? told : [phraseOf(profile, typeLabel ? tokenize(typeLabel, 'en') : [])]
  const label = typeLabel
    ? namedFirst(typeLabel, phrases, lang)
    : capitalised(phrases.join('; ')) || context.typeLabel || NO_NAME
  return { label, terms: terms.map(({ shown }) => shown) }
}

/** The name and what people say beyond it; where they say the name itself, it is said once. */
const namedFirst = (name: string, phrases: readonly string[], lang: string): string => {
  const stemmer = stemmerOf(lang)
  const stemsOf = (text: string) => readWords(text).map((word) => word.stemText(stemmer))
  const covers = (text: string, part: string) => stemsOf(part).every((stem) => stemsOf(text).includes(stem))
  const beyond = phrases.filter((phrase) => !covers(name, phrase))
  const said = beyond.join('; ')
  if (beyond.some((phrase) => covers(phrase, name))) return capitalised(said)
  return [name, said].filter(Boolean).join(': ')
}

const phraseOf = (profile: TermProfile, named: readonly string[]): string => {
  const least = Math.max(2, profile.people * LEAST_SHARE)
  const own = (stem: string) => !named.includes(stem)
  const open = [...profile.groups.values()].filter(({ people, stems }) => people.size >= least && stems.some(own))
  const used = new Set<string>()
  const reached = new Set<number>()
  const pieces: Term[] = []
  let words = 0
  while (pieces.length < MAX_PIECES) {
    const worth = (term: Term): number => {
      if (words + term.stems.length > MAX_WORDS || term.stems.some((stem) => used.has(stem))) return 0
      const again = [...term.people].filter((person) => reached.has(person)).length / term.people.size
      const bonus = 1 + GROUP_BONUS * (term.stems.length - 1)
      return term.score * (1 - again + again * SPOKEN_FOR) * bonus * (term.stems.every(own) ? 1 : REPEATED)
    }
    const best = open.map((term) => ({ ...term, score: worth(term) })).sort(byScore)[0]
    if (!best || best.score <= 0) break
    pieces.push(best)
    words += best.stems.length
    for (const stem of best.stems) used.add(stem)
    for (const person of best.people) reached.add(person)
  }
  return pieces.map(({ shown }) => shown).join(', ')
}

/** Some of many, spread over the whole time. */
const evenly = (posts: readonly Post[], most: number): readonly Post[] =>
  posts.length <= most ? posts : Array.from({ length: most }, (_, at) => posts[Math.floor((at * posts.length) / most)]!)

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
