import { productsWith } from './centroid.ts'
import { WAVE_GAP_MS, isQuiet } from './continued-issue.ts'
import type { Issue } from './issue.ts'
import type { Post } from './post.ts'
import type { SparseVector } from './sparse-index.ts'

/** Cosine from which a later post joins an open issue. */
const JOIN_ISSUE = 0.3

/** The open issue a post belongs to, and how near it is: near a narrow one, else of a broad one's type. */
export const matchingIssue = (
  issues: readonly Issue[],
  vector: SparseVector,
  post: Post,
  now: number,
  calmMs: number,
): { issue: Issue; near: number } | undefined => {
  const open = issues.filter(
    (issue) => issue.state === 'open' && issue.lastBurstAt > now - calmMs && !isQuiet(issue, now),
  )
  if (open.length === 0) return undefined
  const products = productsWith(
    vector,
    open.map(({ centroid }) => centroid),
  )
  let best: { issue: Issue; near: number } | undefined
  open.forEach((issue, at) => {
    const near = products[at]!
    if (near >= JOIN_ISSUE && (!best || near > best.near)) best = { issue, near }
  })
  if (best) return best
  const typed = open.find(
    ({ rule, issueType, lastBurstAt }) =>
      rule === 'counter' && lastBurstAt > now - WAVE_GAP_MS && issueType !== null && post.types.includes(issueType),
  )
  return typed && { issue: typed, near: 0 }
}
