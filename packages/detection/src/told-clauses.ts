import { readWords, stemmerOf } from '@outcry/text'
import { joinsTwo } from './edge-words.ts'
import { brandNames, clausesOf, dominantLanguage } from './clauses.ts'
import { isStopWord } from './label-stop-words.ts'
import type { Post } from './post.ts'

/** One clause as it stands; a word is a filler if it says nothing by itself, elided if it leans on the next ("l’avion"). */
export type ToldClause = readonly { word: string; stem: string; shown: string; filler: boolean; elided: boolean }[]

const WRITTEN = /[\p{L}\p{M}\p{N}]+(?:['’ʼ][\p{L}\p{M}]+)?/gu
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Khmr}\p{sc=Laoo}\p{sc=Mymr}]/u
const LONGEST_ABBREVIATION = 5
/** Languages whose short words lose their vowel before another, the words, and what they lean on. */
const ELIDING = new Set(['fr', 'it'])
const ELISION = /^(?:[cdjlmnst]|qu|lorsqu|jusqu|quelqu|dell|all|nell|sull|dall|quell)$/u
const LEANS_ON = /^[aeiouyh]/u

/** What the posts in the language of most say, clause by clause, parted at an "and" and where the brand is named. */
export const toldClauses = (posts: readonly Post[], brand: string): ToldClause[] => {
  const lang = dominantLanguage(posts)
  const own = posts.filter((post) => post.lang === lang && !UNSPACED.test(post.excerpt))
  const spelling = spellingOf(own)
  const isBrand = brandNames(brand)
  const stemmer = stemmerOf(lang)
  return own.flatMap(({ excerpt }) =>
    clausesOf(excerpt).flatMap((clause) => {
      const parts: ToldClause[number][][] = [[]]
      const all = readWords(clause)
      for (const [at, word] of all.entries()) {
        if (isBrand(word.folded) || joinsTwo(word.folded)) parts.push([])
        else {
          const filler = isStopWord(word.folded, lang)
          const elided = ELIDING.has(lang) && ELISION.test(word.folded) && LEANS_ON.test(all[at + 1]?.folded ?? '')
          const stem = word.stemText(stemmer)
          parts.at(-1)!.push({ word: word.folded, stem, shown: spelling(word.text), filler, elided })
        }
      }
      return parts
    }),
  )
}

/** How a word is mostly written where no sentence begins; shouting is not repeated. */
const spellingOf = (posts: readonly Post[]): ((word: string) => string) => {
  const forms = new Map<string, Map<string, number>>()
  for (const { excerpt } of posts) {
    for (const clause of clausesOf(excerpt)) {
      ;(clause.match(WRITTEN) ?? []).forEach((form, at) => {
        const [word, more] = readWords(form)
        if (!word || more || (at === 0 && form !== form.toLowerCase())) return
        const known = forms.get(word.text) ?? new Map<string, number>()
        known.set(form, (known.get(form) ?? 0) + 1)
        forms.set(word.text, known)
      })
    }
  }
  return (word) => {
    const [form] = [...(forms.get(word) ?? [])].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? 1 : -1))[0] ?? [word]
    return form.length > LONGEST_ABBREVIATION && form === form.toUpperCase() ? form.toLowerCase() : form
  }
}
