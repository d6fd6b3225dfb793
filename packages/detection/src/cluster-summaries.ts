import type { ClusterSummary } from '@outcry/contracts'
import type { Cluster, MicroCluster } from './micro-cluster.ts'
import type { MicroClusters } from './micro-clusters.ts'
import type { Placed } from './slot-table.ts'
import type { Post } from './post.ts'
import { exemplarOf } from './exemplars.ts'
import { typicalPosts } from './typical-posts.ts'

const LEAST_MENTIONS = 2
/** Of so many complaints an hour one more is asked for: at a busy brand pairs are chance, and naming them is costly. */
const PER_MENTION = 128
const MAX_EXEMPLARS = 3
const MAX_DESCRIBED = 16
const RELABEL_GROWTH = 2
const LEAST_GROWTH = 3

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
  const { clusters, threshold } = input
  const complaints = new Map<Cluster, Post[]>()
  let complaining = 0
  for (const { post } of input.recent) {
    if (post.complaint < threshold || post.copy) continue
    const cluster = clusters.get(post.cluster)?.cluster
    if (!cluster) continue
    complaining++
    const posts = complaints.get(cluster)
    if (posts) posts.push(post)
    else complaints.set(cluster, [post])
  }
  const past = new Map<Cluster, number>()
  let pastPosts = 0
  for (const { post, share } of input.history) {
    pastPosts += 1 / share
    const cluster = clusters.get(post.cluster)?.cluster
    if (cluster) past.set(cluster, (past.get(cluster) ?? 0) + 1 / share)
  }
  const micros = Map.groupBy(clusters.all(), ({ cluster }) => cluster)
  const least = Math.max(LEAST_MENTIONS, Math.ceil(complaining / PER_MENTION))
  return [...complaints]
    .filter(([, posts]) => posts.length >= least)
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, input.most)
    .map(([cluster, posts]) => {
      const total = totalOf(micros.get(cluster) ?? [])
      const lastHour = new Set(posts.map(({ person }) => person)).size
      const share = ((past.get(cluster) ?? 0) + 0.5) / (pastPosts + 1)
      const expected = Math.round(share * input.recent.length * 100) / 100
      relabel(cluster, total.mentions, posts, input.describe)
      return {
        id: cluster.id,
        brand: input.brand,
        label: cluster.label,
        terms: cluster.terms,
        ...total,
        authors: Math.max(lastHour, Math.min(total.mentions, total.authors)),
        lastHour,
        expected,
        trend: lastHour > expected * 1.5 + 1 ? 'rising' : lastHour < expected / 1.5 - 1 ? 'falling' : 'steady',
        issueId: posts.find(({ issue }) => issue)?.issue ?? null,
        exemplars: shownOf(cluster, posts).map(exemplarOf),
      }
    })
}

const totalOf = (micros: readonly MicroCluster[]) => {
  const total = { mentions: 0, authors: 0, firstAt: Infinity, lastAt: 0 }
  for (const { mentions, people, firstAt, lastAt } of micros) {
    total.mentions += mentions
    total.authors += people
    total.firstAt = Math.min(total.firstAt, firstAt)
    total.lastAt = Math.max(total.lastAt, lastAt)
  }
  return total
}

/** A name is found anew when the cluster doubled, and by a few at least, or when it was parted. */
const relabel = (
  cluster: Cluster,
  mentions: number,
  posts: readonly Post[],
  describe: SummaryInput['describe'],
): void => {
  const { labelled } = cluster
  const grown = labelled === 0 || mentions >= Math.max(labelled * RELABEL_GROWTH, labelled + LEAST_GROWTH)
  if (!grown && mentions * RELABEL_GROWTH > labelled) return
  const read = posts.length > MAX_DESCRIBED ? [posts[0]!, ...posts.slice(1 - MAX_DESCRIBED)] : posts
  const { label, terms } = describe(read)
  const typical = typicalPosts(read, terms, MAX_EXEMPLARS).map(({ key }) => key)
  Object.assign(cluster, { label, terms, labelled: mentions, typical })
}

/** What stood for it when it was named and is still there; where all of that is gone, the newest. */
const shownOf = ({ typical }: Cluster, posts: readonly Post[]): readonly Post[] => {
  const shown = typical.flatMap((key) => posts.find((post) => post.key === key) ?? [])
  return shown.length > 0 ? shown : posts.slice(-1)
}
