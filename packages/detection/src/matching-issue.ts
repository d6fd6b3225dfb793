import { productsWith } from './centroid.ts'
import { WAVE_GAP_MS, heirOf, isQuiet } from './continued-issue.ts'
import type { Issue } from './issue.ts'
import type { Post } from './post.ts'
import { refuses } from './refusal.ts'
import type { SparseVector } from './sparse-index.ts'

/** Cosine from which a later post joins an open issue. */
const JOIN_ISSUE = 0.3

/**
 * The open issue a post belongs to, and how near it is: near a narrow one, else of a broad one's type. One that was
 * merged speaks for the one that goes on; one that a person took its text out of does not take it again.
 */
export const matchingIssue = (
  issues: readonly Issue[],
  vector: SparseVector,
  post: Post,
  now: number,
  calmMs: number,
): { issue: Issue; near: number } | undefined => {
  const open = issues.flatMap((issue) => {
    const takes = heirOf(issue, issues)
    return takes !== undefined && isTaking(takes, now, calmMs) && !refuses(takes, post) ? [{ issue, takes }] : []
  })
  if (open.length === 0) return undefined
  const products = productsWith(
    vector,
    open.map(({ issue }) => issue.centroid),
  )
  let best: { issue: Issue; near: number } | undefined
  open.forEach(({ takes }, at) => {
    const near = products[at]!
    if (near >= JOIN_ISSUE && (!best || near > best.near)) best = { issue: takes, near }
  })
  if (best) return best
  const typed = open.find(
    ({ issue: { rule, issueType }, takes }) =>
      rule === 'counter' &&
      takes.lastBurstAt > now - WAVE_GAP_MS &&
      issueType !== null &&
      post.types.includes(issueType),
  )
  return typed && { issue: typed.takes, near: 0 }
}

const isTaking = (issue: Issue, now: number, calmMs: number): boolean =>
  issue.state === 'open' && issue.lastBurstAt > now - calmMs && !isQuiet(issue, now)
