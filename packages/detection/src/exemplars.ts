import type { Exemplar } from '@outcry/contracts'
import type { Issue } from './issue.ts'
import { MAY_BELONG, type Post } from './post.ts'
import { type Rarity, wordProfile } from './term-profile.ts'

const MAX_EXEMPLARS = 6
/** A post belongs that speaks of the issue at least this much as its most typical post does. */
const LEAST_TYPICAL = 0.3
/** What saying the same as a post already shown costs. */
const SAMENESS = 0.8

export type Chosen = { first: Post | undefined; exemplars: Exemplar[] }

type Weighed = { post: Post; stems: readonly string[]; typical: number }

/**
 * The first post that belongs to the issue and the posts that stand for it: typical in their words, unlike each other,
 * of different people. What neither complains nor speaks of the issue is never shown.
 */
export const chooseExemplars = (issue: Issue, broad: boolean, rarity: Rarity, brand: string): Chosen => {
  const belonging = belongingPosts(issue, broad, rarity, brand)
  const first = belonging.find(({ post }) => post.at >= issue.since) ?? belonging[0]
  if (!first) return { first: issue.first.id ? issue.first : undefined, exemplars: [] }
  const chosen = [first]
  let left = belonging.map((weighed) => ({ weighed, nearest: 0 }))
  while (chosen.length < MAX_EXEMPLARS) {
    const last = chosen.at(-1)!
    left = left.filter(
      ({ weighed: { post } }) => post.person !== last.post.person && post.excerpt !== last.post.excerpt,
    )
    let best: Weighed | undefined
    let most = -Infinity
    for (const one of left) {
      one.nearest = Math.max(one.nearest, sameness(one.weighed.stems, last.stems))
      const value = one.weighed.typical * (1 - SAMENESS * one.nearest)
      if (value < most || (best && value === most && one.weighed.post.at >= best.post.at)) continue
      best = one.weighed
      most = value
    }
    if (!best) break
    chosen.push(best)
  }
  return { first: first.post, exemplars: chosen.map(({ post }) => exemplarOf(post)) }
}

/** In order of time. */
const belongingPosts = (issue: Issue, broad: boolean, rarity: Rarity, brand: string): Weighed[] => {
  const known = issue.evidence.some(({ key }) => key === issue.first.key)
  const posts = (known ? issue.evidence : [issue.first, ...issue.evidence]).filter(
    ({ id, complaint }) => id && complaint >= MAY_BELONG,
  )
  const { words, people, stemsOf } = wordProfile(posts, rarity, brand)
  const raw = stemsOf.map((stems) => {
    const sum = stems.reduce((total, stem) => total + (words.get(stem)?.score ?? 0), 0)
    return sum / Math.max(1, people) / Math.sqrt(3 + stems.length)
  })
  const most = Math.max(1e-9, ...raw)
  return posts
    .map((post, at) => ({ post, stems: stemsOf[at]!, typical: (raw[at]! / most) * (0.5 + post.complaint / 2) }))
    .filter(
      ({ post, typical }) =>
        broad || typical >= LEAST_TYPICAL || (issue.issueType !== null && post.types.includes(issue.issueType)),
    )
    .sort((a, b) => a.post.at - b.post.at || a.post.rank - b.post.rank)
}

/** Jaccard's share of the words. */
const sameness = (a: readonly string[], b: readonly string[]): number => {
  let shared = 0
  for (const stem of a) if (b.includes(stem)) shared++
  return shared / Math.max(1, a.length + b.length - shared)
}

export const exemplarOf = ({ id, at, source, excerpt, url }: Post): Exemplar => ({
  mentionId: id,
  at,
  source,
  excerpt,
  ...(url ? { url } : {}),
})
