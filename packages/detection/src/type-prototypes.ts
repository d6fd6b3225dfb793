import { tokenize } from '@outcry/text'

/** Cosine of stems from which a text speaks of what an example speaks of. */
const LIKE = 0.6
const LEAST_SHARED = 2
/** Stems this short are mostly particles: they count for less. */
const SHORT_CHARS = 3
const SHORT_WEIGHT = 0.25

type Prototype = { type: string; squares: number }

/**
 * Finds the issue types whose example sentences a text resembles: the cosine of their distinct stems, whatever the order
 * and what stands between.
 */
export const createPrototypeMatcher = (
  examples: readonly { type: string; text: string }[],
  lang: string,
): ((stems: readonly string[]) => string[]) => {
  const byStem = new Map<string, number[]>()
  const prototypes: Prototype[] = examples.map(({ type, text }, number) => {
    const stems = new Set(tokenize(text, lang))
    for (const stem of stems) byStem.set(stem, [...(byStem.get(stem) ?? []), number])
    return { type, squares: squaresOf(stems) }
  })
  return (stems) => {
    if (prototypes.length === 0) return []
    const distinct = new Set(stems)
    const shared = new Map<number, { stems: number; squares: number }>()
    for (const stem of distinct) {
      for (const number of byStem.get(stem) ?? []) {
        const known = shared.get(number) ?? { stems: 0, squares: 0 }
        shared.set(number, { stems: known.stems + 1, squares: known.squares + weightOf(stem) ** 2 })
      }
    }
    const own = squaresOf(distinct)
    const found = new Set<string>()
    for (const [number, common] of shared) {
      const { type, squares } = prototypes[number]!
      if (common.stems >= LEAST_SHARED && common.squares >= LIKE * Math.sqrt(own * squares)) found.add(type)
    }
    return [...found]
  }
}

const weightOf = (stem: string): number => (stem.length <= SHORT_CHARS ? SHORT_WEIGHT : 1)

const squaresOf = (stems: ReadonlySet<string>): number => {
  let squares = 0
  for (const stem of stems) squares += weightOf(stem) ** 2
  return squares
}
