import { bigramId, readWords, stemmerOf } from '@outcry/text'
import { brandNames, clausesOf, dominantLanguage } from './clauses.ts'
import { isStopWord } from './label-stop-words.ts'
import type { Post } from './post.ts'

/** How rare a term is among all posts: ln((posts + 2) / (posts with it + 1)). */
export type Rarity = (termId: number) => number

/** Words or word groups of some posts: how they are mostly written, who used them, and how much they set them apart. */
export type Term = { shown: string; stems: readonly string[]; people: ReadonlySet<number>; score: number }

export type WordProfile = {
  /** People and posts read. */
  people: number
  /** Single words of every language by stem. */
  words: ReadonlyMap<string, Term>
  /** Stems of the words that carry meaning, for each post given. */
  stemsOf: readonly (readonly string[])[]
}

export type TermProfile = WordProfile & {
  /** In the language most posts are in: words, and groups of up to three that stand together, by their stems. */
  groups: ReadonlyMap<string, Term>
}

const MAX_GROUP = 3
/** Times more usual in these posts than among all: what everybody says always says nothing. */
const LEAST_LIFT = 2
const MAX_LOG_LIFT = 4
/** More different words than some hundred excerpts can hold. */
const MAX_STEMS = 2 ** 17

/** `number` is that of the stem among all that were read, from 1. */
type Word = { shown: string; stem: string; id: number; number: number }
type ReadPost = { post: Post; runs: readonly (readonly Word[])[] }
type Counted = { shown: Map<string, number>; stems: string[]; people: Set<number>; rarity: number }

/** The words that posts speak in, against what is usual; names of the brand are left out. */
export const wordProfile = (posts: readonly Post[], rarity: Rarity, brand: string): WordProfile =>
  wordsOf(readPosts(posts, brand), rarity)

/** The same, and groups of words. */
export const termProfile = (posts: readonly Post[], rarity: Rarity, brand: string): TermProfile => {
  const read = readPosts(posts, brand)
  const profile = wordsOf(read, rarity)
  const lang = dominantLanguage(posts)
  const own = read.filter(({ post }) => post.lang === lang)
  const shared = new SharedKeys()
  for (const { post, runs } of own)
    for (const run of runs) eachGroup(run, (_at, _size, key) => shared.add(key, post.person))
  const groups = new Map<number, Counted>()
  for (const { post, runs } of own)
    for (const run of runs)
      eachGroup(run, (at, size, key) => {
        if (!shared.has(key)) return
        const group = run.slice(at, at + size)
        count(groups, key, group, post.person, () => rarityOf(group, rarity))
      })
  return { ...profile, groups: scored(groups, profile.people) }
}

/** Best first; equals in the order of the alphabet. */
export const byScore = (a: Term, b: Term): number => b.score - a.score || (a.shown < b.shown ? -1 : 1)

const wordsOf = (read: readonly ReadPost[], rarity: Rarity): WordProfile => {
  const shared = new SharedKeys()
  for (const { post, runs } of read)
    for (const run of runs) for (const { number } of run) shared.add(number, post.person)
  const words = new Map<number, Counted>()
  const stemsOf = read.map(({ post, runs }) => {
    const stems = new Set<string>()
    for (const run of runs)
      for (const word of run) {
        stems.add(word.stem)
        if (shared.has(word.number)) count(words, word.number, [word], post.person, () => rarity(word.id))
      }
    return [...stems]
  })
  const people = new Set(read.map(({ post }) => post.person)).size
  return { people, words: scored(words, people), stemsOf }
}

/** What at least two people say: nearly everything else is said once, and need not be counted. */
class SharedKeys {
  readonly #people = new Map<number, number>()

  add(key: number, person: number): void {
    const known = this.#people.get(key)
    if (known === undefined) this.#people.set(key, person)
    else if (known !== person) this.#people.set(key, Infinity)
  }

  has(key: number): boolean {
    return this.#people.get(key) === Infinity
  }
}

/** Words that stand together, up to three of different stems; the key is the same for the same stems. */
const eachGroup = (run: readonly Word[], visit: (at: number, size: number, key: number) => void): void => {
  for (let at = 0; at < run.length; at++) {
    const first = run[at]!.number
    const second = run[at + 1]?.number
    const third = run[at + 2]?.number
    visit(at, 1, first)
    if (second === undefined) continue
    const pair = first * MAX_STEMS + second
    if (second !== first) visit(at, 2, pair)
    if (third === undefined || second === first || third === first || third === second) continue
    visit(at, MAX_GROUP, pair * MAX_STEMS + third)
  }
}

/** A word's own; of a group that of its rarest pair. */
const rarityOf = (group: readonly Word[], rarity: Rarity): number =>
  group.length === 1
    ? rarity(group[0]!.id)
    : Math.max(...group.slice(1).map((next, before) => rarity(bigramId(group[before]!.id, next.id))))

const count = (
  into: Map<number, Counted>,
  key: number,
  group: readonly Word[],
  person: number,
  rarity: () => number,
): void => {
  const shown = joined(group)
  let known = into.get(key)
  if (!known) {
    known = { shown: new Map(), stems: group.map(({ stem }) => stem), people: new Set(), rarity: rarity() }
    into.set(key, known)
  }
  known.people.add(person)
  known.shown.set(shown, (known.shown.get(shown) ?? 0) + 1)
}

/** People times ln(share among them / share among all): nearly the log likelihood ratio of Dunning 1993. */
const scored = (counted: ReadonlyMap<number, Counted>, people: number): Map<string, Term> => {
  const terms = new Map<string, Term>()
  for (const { shown, stems, people: users, rarity } of counted.values()) {
    const logLift = Math.log(users.size / people) + rarity
    if (users.size < 2 || logLift < Math.log(LEAST_LIFT)) continue
    const [mostly] = [...shown].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]!
    const score = users.size * Math.min(MAX_LOG_LIFT, logLift)
    terms.set(stems.join(' '), { shown: mostly, stems, people: users, score })
  }
  return terms
}

const readPosts = (posts: readonly Post[], brand: string): ReadPost[] => {
  const isBrand = brandNames(brand)
  const numbers = new Map<string, number>()
  return posts.map((post) => ({ post, runs: runsOf(post, isBrand, numbers) }))
}

/** Words that stand together in one clause with no empty word between them. */
const runsOf = (post: Post, isBrand: (word: string) => boolean, numbers: Map<string, number>): Word[][] => {
  const runs: Word[][] = []
  const stemmer = stemmerOf(post.lang)
  for (const clause of clausesOf(post.excerpt)) {
    let run: Word[] = []
    for (const word of readWords(clause)) {
      if (!isStopWord(word.folded, post.lang) && !isBrand(word.folded)) {
        if (run.length === 0) runs.push(run)
        const stem = word.stemText(stemmer)
        let number = numbers.get(stem)
        if (number === undefined) numbers.set(stem, (number = numbers.size + 1))
        run.push({ shown: word.text, stem, id: word.stemId(stemmer), number })
      } else {
        run = []
      }
    }
  }
  return runs
}

/** Pairs of characters, as scripts without spaces give them, share one with the next. */
const joined = (group: readonly Word[]): string => {
  let text = ''
  for (const { shown } of group) {
    const overlaps = text !== '' && /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]{2}$/u.test(shown)
    if (overlaps && text.endsWith(shown[0]!)) text += shown.slice(1)
    else text += text === '' ? shown : ` ${shown}`
  }
  return text
}
