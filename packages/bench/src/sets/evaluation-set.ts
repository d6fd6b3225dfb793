import type { EmbeddingProvider } from '@outcry/contracts'
import type { Figure } from './figure.ts'

export type RunOptions = {
  /** Where the data sets lie. */
  dataFolder: string
  /** How many streams a made set makes; its own number where absent. */
  streams?: number | undefined
  /** Compares posts by their meaning too; absent where text alone decides. */
  embedding?: EmbeddingProvider | undefined
}

/** Where a set was measured with the sentence model too, its figures stand under its name and this. */
export const BY_MEANING = ', by meaning too'

/** Something to measure on. */
export type EvaluationSet = {
  name: string
  /** Where it comes from, with the commit. */
  source: string
  licence: string
  /** What it needs of the data folder; none where it makes its own texts. */
  needs: readonly string[]
  /** Its figures with a sentence model are of interest too. */
  byMeaning?: boolean
  run(options: RunOptions): Promise<Figure[]>
  /** How far each figure would move if the set were drawn anew: its standard deviation. Absent: no noise is known. */
  spread?(options: RunOptions): Promise<Map<string, number>>
  /** Made anew with every seed, so that its spread is noise; fixed texts are the same before and after a change. */
  drawnAnew?: boolean
}
