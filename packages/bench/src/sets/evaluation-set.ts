import type { EmbeddingProvider } from '@outcry/contracts'
import type { Figure } from './figure.ts'

export type RunOptions = {
  /** Where the data sets lie. */
  dataFolder: string
  /** How many fresh injected streams to make. */
  freshStreams: number
  /** Compares posts by their meaning too; absent where text alone decides. */
  embedding?: EmbeddingProvider | undefined
}

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
}
