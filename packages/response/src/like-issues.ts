import type { Evidence } from '@outcry/contracts'
import type { TypeReading } from './propose-type.ts'

/** An issue whose type a person said, in the words that stand in it. */
export type ToldIssue = Named & {
  issueId: string
  /** What a person said; null: none of the types. */
  told: string | null
}

/** The words of an issue, and the type it was counted as. */
type Named = Pick<Evidence, 'label' | 'terms' | 'issueType'>
type Words = Pick<TypeReading, 'labelOf' | 'languageOf' | 'stemsOf'>

/** Cosine of stems from which two issues are about the same, in hundredths. */
const LIKE = 50
const LEAST_SHARED = 2
/** Stems this short are mostly particles: they count for less, and alone make nothing alike. */
const SHORT_CHARS = 3
const SHORT_WEIGHT = 0.25

/**
 * The type that people gave to the issues most like this one, by the cosine of the stems of label and terms; null where
 * none is like it. The type with the most likeness counts; of equals, that of the most alike. In any order the same.
 */
export const likeIssues = (
  evidence: Named & Pick<Evidence, 'exemplars'>,
  told: readonly ToldIssue[],
  words: Words,
): { told: string | null; issues: number; likeness: number } | null => {
  const said = [evidence.label, ...evidence.exemplars.map(({ excerpt }) => excerpt)]
  const lang = words.languageOf(said.join(' '))
  const own = stemsOf(evidence, words, lang)
  const types = new Map<string | null, { issues: number; sum: number; most: number }>()
  for (const one of told) {
    const likeness = Math.round(100 * cosine(own, stemsOf(one, words, lang)))
    if (likeness < LIKE) continue
    const type = types.get(one.told) ?? { issues: 0, sum: 0, most: 0 }
    types.set(one.told, {
      issues: type.issues + 1,
      sum: type.sum + likeness,
      most: Math.max(type.most, likeness),
    })
  }
  const [best] = [...types].sort(
    ([one, a], [other, b]) => b.sum - a.sum || b.most - a.most || ((one ?? '') < (other ?? '') ? -1 : 1),
  )
  if (best === undefined) return null
  const [type, { issues, most }] = best
  return { told: type, issues, likeness: most / 100 }
}

/** A label may begin with the name of the type that was counted, which says nothing of what people wrote. */
const stemsOf = ({ label, terms, issueType }: Named, words: Words, lang: string): ReadonlySet<string> => {
  const name = issueType === null ? '' : words.labelOf(issueType)
  const said = name !== '' && label.startsWith(name) ? label.slice(name.length) : label
  return new Set(words.stemsOf([said, ...terms].join(' '), lang))
}

const cosine = (one: ReadonlySet<string>, other: ReadonlySet<string>): number => {
  const shared = [...one].filter((stem) => other.has(stem))
  if (shared.filter((stem) => stem.length > SHORT_CHARS).length < LEAST_SHARED) return 0
  return squares(shared) / Math.sqrt(squares(one) * squares(other))
}

const squares = (stems: Iterable<string>): number => {
  let sum = 0
  for (const stem of stems) sum += (stem.length <= SHORT_CHARS ? SHORT_WEIGHT : 1) ** 2
  return sum
}
