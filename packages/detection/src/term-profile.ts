import { bigramId, normalise, readWords, stemmerOf } from '@outcry/text'
import { isStopWord } from './label-stop-words.ts'
import type { Post } from './post.ts'

/** How rare a term is among all posts: ln((posts + 2) / (posts with it + 1)). */
export type Rarity = (termId: number) => number

/** Words or word groups of some posts: how they are mostly written, who used them, and how much they set them apart. */
export type Term = { shown: string; stems: readonly string[]; people: ReadonlySet<number>; score: number }

export type TermProfile = {
  /** People and posts read. */
  people: number
  lang: string
  /** Single words of every language by stem. */
  words: ReadonlyMap<string, Term>
  /** In the language most posts are in: words, and groups of up to three that stand together, by their stems. */
  groups: ReadonlyMap<string, Term>
  /** Stems of the words that carry meaning, for each post given. */
  stemsOf: readonly (readonly string[])[]
}

const MAX_GROUP = 3
/** Times more usual in these posts than among all: what everybody says always says nothing. */
const LEAST_LIFT = 2
const MAX_LOG_LIFT = 4
const NAMES_AND_LINKS = /(?:https?:|www\.)\S+|\S*@\S+/giu
const CLAUSE_ENDS = /[.,;:!?()[\]{}"“”„«»…|/#\n؟،।]+/u

type Word = { shown: string; stem: string; id: number }
type Counted = { shown: Map<string, number>; stems: string[]; people: Set<number>; rarity: number }

/** What the posts speak of, against what is usual; names of the brand are left out. */
export const termProfile = (posts: readonly Post[], rarity: Rarity, brand: string): TermProfile => {
  const lang = dominantLanguage(posts)
  const isBrand = brandNames(brand)
  const words = new Map<string, Counted>()
  const groups = new Map<string, Counted>()
  const stemsOf = posts.map((post) => {
    const stems = new Set<string>()
    for (const run of runsOf(post, isBrand)) {
      run.forEach((word, at) => {
        stems.add(word.stem)
        count(words, [word], post.person, rarity(word.id))
        if (post.lang !== lang) return
        count(groups, [word], post.person, rarity(word.id))
        for (let size = 2; size <= MAX_GROUP && at + size <= run.length; size++) {
          const group = run.slice(at, at + size)
          if (new Set(group.map(({ stem }) => stem)).size < size) continue
          const rarest = group.slice(1).map((next, before) => rarity(bigramId(group[before]!.id, next.id)))
          count(groups, group, post.person, Math.max(...rarest))
        }
      })
    }
    return [...stems]
  })
  const people = new Set(posts.map(({ person }) => person)).size
  return { people, lang, words: scored(words, people), groups: scored(groups, people), stemsOf }
}

/** Best first; equals in the order of the alphabet. */
export const byScore = (a: Term, b: Term): number => b.score - a.score || (a.shown < b.shown ? -1 : 1)

const count = (into: Map<string, Counted>, group: readonly Word[], person: number, rarity: number): void => {
  const key = group.map(({ stem }) => stem).join(' ')
  const shown = joined(group)
  let known = into.get(key)
  if (!known) {
    known = { shown: new Map(), stems: group.map(({ stem }) => stem), people: new Set(), rarity }
    into.set(key, known)
  }
  known.people.add(person)
  known.shown.set(shown, (known.shown.get(shown) ?? 0) + 1)
}

/** People times ln(share among them / share among all): nearly the log likelihood ratio of Dunning 1993. */
const scored = (counted: ReadonlyMap<string, Counted>, people: number): Map<string, Term> => {
  const terms = new Map<string, Term>()
  for (const [key, { shown, stems, people: users, rarity }] of counted) {
    const logLift = Math.log(users.size / people) + rarity
    if (users.size < 2 || logLift < Math.log(LEAST_LIFT)) continue
    const [mostly] = [...shown].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]!
    terms.set(key, { shown: mostly, stems, people: users, score: users.size * Math.min(MAX_LOG_LIFT, logLift) })
  }
  return terms
}

/** Words that stand together in one clause with no empty word between them. */
const runsOf = (post: Post, isBrand: (word: string) => boolean): Word[][] => {
  const runs: Word[][] = []
  const stemmer = stemmerOf(post.lang)
  for (const clause of post.excerpt.replace(NAMES_AND_LINKS, ' . ').split(CLAUSE_ENDS)) {
    if (!clause.trim()) continue
    let run: Word[] = []
    for (const word of readWords(clause)) {
      if (!isStopWord(word.text, post.lang) && !isBrand(word.text)) {
        if (run.length === 0) runs.push(run)
        run.push({ shown: word.text, stem: word.stemText(stemmer), id: word.stemId(stemmer) })
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

/** The parts of the brand's id, and words that begin or end with it. */
const brandNames = (brand: string): ((word: string) => boolean) => {
  const parts = normalise(brand.split('#')[0]!)
    .split('-')
    .filter((part) => part.length > 1)
  const whole = parts.join('')
  return (word) => {
    const plain = normalise(word)
    return parts.includes(plain) || (whole.length > 3 && (plain.startsWith(whole) || plain.endsWith(whole)))
  }
}

const dominantLanguage = (posts: readonly Post[]): string => {
  const counts = new Map<string, number>()
  for (const { lang } of posts) counts.set(lang, (counts.get(lang) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? 'und'
}
