import type { Post } from './post.ts'
import type { SparseVector } from './sparse-index.ts'

/** A burst as the scan or a counter found it, before it is known whether it is a new issue. */
export type FoundBurst = {
  rule: 'scan' | 'counter'
  issueType: string | null
  windowMs: number
  observed: number
  expected: number
  tailProbability: number
  /** The squared relative error of its forecast beyond what counting explains. */
  relativeVariance?: number
  members: Post[]
  centroid: SparseVector
  /** A campaign: members are copies of one text. */
  copied?: boolean
}
