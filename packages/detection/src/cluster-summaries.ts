import type { ClusterSummary } from '@outcry/contracts'
import type { MicroClusters } from './micro-clusters.ts'
import type { Placed } from './slot-table.ts'
import type { Post } from './post.ts'

const LEAST_MENTIONS = 2
const MAX_EXEMPLARS = 3
const MAX_DESCRIBED = 16
const RELABEL_GROWTH = 1.5

type SummaryInput = {
  brand: string
  at: number
  most: number
  clusters: MicroClusters
  recent: readonly Placed[]
  history: readonly Placed[]
  threshold: number
  describe: (posts: readonly Post[]) => { label: string; terms: string[] }
}

/** The clusters in which somebody complained in the last hour, largest first. */
export const clusterSummaries = (input: SummaryInput): ClusterSummary[] => {
  const bySlot = new Map<number, Post[]>()
  for (const { post } of input.recent) {
    if (post.complaint < input.threshold || post.copy) continue
    const posts = bySlot.get(post.cluster)
    if (posts) posts.push(post)
    else bySlot.set(post.cluster, [post])
  }
  const past = new Map<number, number>()
  let pastPosts = 0
  for (const { post, share } of input.history) {
    pastPosts += 1 / share
    past.set(post.cluster, (past.get(post.cluster) ?? 0) + 1 / share)
  }
  return [...bySlot]
    .filter(([, posts]) => posts.length >= LEAST_MENTIONS)
    .sort((a, b) => b[1].length - a[1].length || a[0] - b[0])
    .slice(0, input.most)
    .flatMap(([slot, posts]) => {
      const cluster = input.clusters.get(slot)
      if (!cluster) return []
      const lastHour = new Set(posts.map(({ person }) => person)).size
      const share = ((past.get(slot) ?? 0) + 0.5) / (pastPosts + 1)
      const expected = Math.round(share * input.recent.length * 100) / 100
      if (cluster.mentions >= cluster.labelled * RELABEL_GROWTH) {
        const { label, terms } = input.describe(posts.slice(-MAX_DESCRIBED))
        cluster.label = label
        cluster.terms = terms
        cluster.labelled = cluster.mentions
      }
      const summary: ClusterSummary = {
        id: cluster.name,
        brand: input.brand,
        label: cluster.label,
        terms: cluster.terms,
        mentions: cluster.mentions,
        authors: Math.max(lastHour, Math.min(cluster.mentions, cluster.people)),
        lastHour,
        expected,
        trend: lastHour > expected * 1.5 + 1 ? 'rising' : lastHour < expected / 1.5 - 1 ? 'falling' : 'steady',
        firstAt: cluster.firstAt,
        lastAt: cluster.lastAt,
        issueId: posts.find(({ issue }) => issue)?.issue ?? null,
        exemplars: posts
          .slice(-MAX_EXEMPLARS)
          .map(({ id, at, source, excerpt, url }) => ({ mentionId: id, at, source, excerpt, ...(url ? { url } : {}) })),
      }
      return [summary]
    })
}
