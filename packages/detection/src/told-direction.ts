import { readWords, termsOf } from '@outcry/text'
import { CENTROID_WIDTH, centroidOf } from './centroid.ts'
import type { Post } from './post.ts'
import type { SparseVector } from './sparse-index.ts'
import type { Vectoriser } from './vectoriser.ts'

/** The direction of what posts say, read from their excerpts. */
export const directionOf = (posts: readonly Post[], vectoriser: Vectoriser): SparseVector =>
  centroidOf(
    posts.map(({ excerpt, lang }) => {
      const { size, features, weights } = vectoriser.vectorise(termsOf(readWords(excerpt), lang), false)
      return { size, features: features.slice(0, size), weights: weights.slice(0, size) }
    }),
    CENTROID_WIDTH,
  )
