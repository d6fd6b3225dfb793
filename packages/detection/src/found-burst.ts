import type { Post } from './post.ts'
import type { SparseVector } from './sparse-index.ts'

/** A window with more people than expected, and the rule that counted and expected them: these belong together. */
export type Strength = {
  rule: 'scan' | 'counter'
  issueType: string | null
  windowMs: number
  observed: number
  expected: number
  tailProbability: number
  /** The squared relative error of its forecast beyond what counting explains. */
  relativeVariance?: number
  /** A campaign: who was counted posted copies of one text. */
  copied?: boolean
}

/** A burst as the scan or a counter found it, before it is known whether it is a new issue. */
export type FoundBurst = Strength & { members: Post[]; centroid: SparseVector }

/** How strong the window of a burst is, by which rule. */
export const strengthOf = (found: FoundBurst): Strength => {
  const { members: _members, centroid: _centroid, ...strength } = found
  return strength
}
