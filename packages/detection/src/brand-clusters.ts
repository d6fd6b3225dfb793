import type { ClusterSummary } from '@outcry/contracts'
import { clusterSummaries } from './cluster-summaries.ts'
import { dominantType } from './dominant-type.ts'
import type { Effect } from './effect.ts'
import type { Change, MicroCluster } from './micro-cluster.ts'
import { MicroClusters } from './micro-clusters.ts'
import type { Neighbourhood } from './neighbourhood.ts'
import type { Packed } from './packed.ts'
import type { Post } from './post.ts'
import type { SparseVector } from './sparse-index.ts'

/** Most micro-clusters kept. */
const MAX_CLUSTERS = 600
const SHOWN_CLUSTERS = 200
const MINUTE_MS = 60_000
/** A list of clusters costs as much as many mentions: due by the minute where these came, else every few minutes. */
const LIST_AFTER_MENTIONS = 256
const LIST_AFTER_MS = 5 * MINUTE_MS

export type BrandClustersPorts = {
  brand: string
  name: (...parts: string[]) => string
  describe: (posts: readonly Post[], issueType: string | null) => { label: string; terms: string[] }
  /** What else knew a cluster by the first name knows it by the second from now on. */
  merged: (from: string, into: string) => void
  /** False where nobody reads lists of clusters; decides nothing. */
  lists: boolean
}

/** The clusters of one brand: joining, what it changes for others, and when they are listed. */
export class BrandClusters {
  readonly #ports: BrandClustersPorts
  #clusters: MicroClusters
  /** Mentions taken since the clusters were listed, and when that was. */
  #unlisted = 0
  #listedAt = 0

  constructor(ports: BrandClustersPorts) {
    this.#ports = ports
    this.#clusters = new MicroClusters(MAX_CLUSTERS, ports.name)
  }

  get size(): number {
    return this.#clusters.size
  }

  /** Puts a post into its cluster; what that changed for others is told in `effects`. */
  join(post: Post, vector: SparseVector, near: Neighbourhood, effects: Effect[]): MicroCluster {
    const { id, key, at, person } = post
    const { micro, changes } = this.#clusters.join(vector, { id, key, at, person })
    if (changes.length > 0) this.#tell(changes, near, effects)
    post.cluster = micro.slot
    this.#unlisted++
    return micro
  }

  /** Id of the cluster most of the posts are in, of equals the first. */
  of(posts: readonly Post[]): string {
    const votes = new Map<string, number>()
    for (const { cluster } of posts) {
      const id = this.#clusters.get(cluster)?.cluster.id
      if (id !== undefined) votes.set(id, (votes.get(id) ?? 0) + 1)
    }
    return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
  }

  /** The list of clusters, where it is due. */
  list(at: number, near: Neighbourhood, threshold: number): Effect[] {
    if (this.#unlisted === 0 || !this.#ports.lists) return []
    if (this.#unlisted < LIST_AFTER_MENTIONS && at < this.#listedAt + LIST_AFTER_MS) return []
    this.#unlisted = 0
    this.#listedAt = at
    return [{ type: 'clusters', brand: this.#ports.brand, at, clusters: this.#summaries(at, near, threshold) }]
  }

  pack(): Packed {
    return { clusters: this.#clusters.pack(), unlisted: this.#unlisted, listedAt: this.#listedAt }
  }

  unpack(packed: Packed): void {
    const fields = packed as Record<string, Packed>
    this.#clusters = MicroClusters.unpack(fields.clusters!, MAX_CLUSTERS, this.#ports.name)
    this.#unlisted = fields.unlisted as number
    this.#listedAt = fields.listedAt as number
  }

  #tell(changes: readonly Change[], { recent, history }: Neighbourhood, effects: Effect[]): void {
    const { brand } = this.#ports
    const slots = slotsAfter(changes)
    if (slots.size > 0) {
      for (const list of [recent, history])
        for (const { post } of list) post.cluster = slots.get(post.cluster) ?? post.cluster
    }
    const moved = new Map<number, string[]>()
    for (const change of changes) if (change.type === 'moved') moved.set(change.part.slot, [])
    if (moved.size > 0) for (const { post } of recent) moved.get(post.cluster)?.push(post.id)
    for (const change of changes) {
      if (change.type === 'absorbed')
        effects.push({ type: 'clusterPartMerged', brand, from: change.from.founded, into: change.into.founded })
      else if (change.type === 'merged') {
        this.#ports.merged(change.from, change.into)
        effects.push({ type: 'clusterMerged', brand, from: change.from, into: change.into })
      } else if (change.type === 'moved') {
        const mentionIds = moved.get(change.part.slot)!
        effects.push({ type: 'clusterMoved', brand, part: change.part.founded, into: change.into, mentionIds })
      }
    }
  }

  #summaries(at: number, { recent, history }: Neighbourhood, threshold: number): ClusterSummary[] {
    return clusterSummaries({
      brand: this.#ports.brand,
      at,
      most: SHOWN_CLUSTERS,
      clusters: this.#clusters,
      recent,
      history,
      threshold,
      describe: (posts) => this.#ports.describe(posts, dominantType(posts)),
    })
  }
}

/** Where the posts of slots that were given up are now; -1 where they are forgotten. */
const slotsAfter = (changes: readonly Change[]): Map<number, number> => {
  const slots = new Map<number, number>()
  for (const change of changes) {
    if (change.type === 'absorbed') slots.set(change.from.slot, change.into.slot)
    else if (change.type === 'faded') slots.set(change.from.slot, -1)
  }
  for (const from of slots.keys()) {
    let into = slots.get(from)!
    for (let next = slots.get(into); next !== undefined; next = slots.get(into)) into = next
    slots.set(from, into)
  }
  return slots
}
