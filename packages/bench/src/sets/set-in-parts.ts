import { resampledSpread } from '../scores/resampled-spread.ts'
import type { EvaluationSet, RunOptions } from './evaluation-set.ts'
import type { Figure } from './figure.ts'

export type PartsOf<T> = Pick<EvaluationSet, 'name' | 'source' | 'licence' | 'needs' | 'byMeaning'> & {
  /** What is measured piece by piece: streams, series, topics or texts. */
  parts: (options: RunOptions) => Promise<readonly T[]>
  /** Figures of the parts taken together. */
  figures: (parts: readonly T[]) => Figure[]
  /** Other parts of the same kind to measure the spread on, where more can be made. */
  more?: (options: RunOptions) => Promise<readonly T[]>
}

/** A set of independent parts, whose figures would differ a little with other parts: that spread is measured. */
export const setInParts = <T>({ parts, figures, more = parts, ...set }: PartsOf<T>): EvaluationSet => ({
  ...set,
  drawnAnew: more !== parts,
  run: async (options) => figures(await parts(options)),
  spread: async (options) => {
    const own = await parts(options)
    const spread = resampledSpread(more === parts ? own : await more(options), own.length, figures)
    // Only figures of the set itself: draws may count their own windows or topics.
    return new Map(figures(own).map(({ key }) => [key, spread.get(key) ?? 0]))
  },
})
