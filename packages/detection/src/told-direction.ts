import { readWords, termsOf } from '@outcry/text'
import { centroidOf } from './centroid.ts'
import type { Post } from './post.ts'
import type { SparseVector } from './sparse-index.ts'
import type { Vectoriser } from './vectoriser.ts'

const WIDTH = 96

/** The direction of what posts say, read from their excerpts. */
export const directionOf = (posts: readonly Post[], vectoriser: Vectoriser): SparseVector =>
  centroidOf(
    posts.map(({ excerpt, lang }) => {
      const { size, features, weights } = vectoriser.vectorise(termsOf(readWords(excerpt), lang), false)
      return { size, features: features.slice(0, size), weights: weights.slice(0, size) }
    }),
    WIDTH,
  )
