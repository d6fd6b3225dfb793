import type { ClusterSummary, Mention } from '@outcry/contracts'
import { clusterSummaries } from './cluster-summaries.ts'
import { dominantType } from './dominant-type.ts'
import type { Effect } from './effect.ts'
import { type MicroCluster, MicroClusters } from './micro-clusters.ts'
import type { Neighbourhood } from './neighbourhood.ts'
import type { Packed } from './packed.ts'
import type { Post } from './post.ts'
import type { SparseVector } from './sparse-index.ts'

const MAX_CLUSTERS = 600
const SHOWN_CLUSTERS = 200
const MINUTE_MS = 60_000
/** A list of clusters costs as much as many mentions: due by the minute where these came, else every few minutes. */
const LIST_AFTER_MENTIONS = 128
const LIST_AFTER_MS = 5 * MINUTE_MS

export type BrandClustersPorts = {
  brand: string
  name: (...parts: string[]) => string
  describe: (posts: readonly Post[], issueType: string | null) => { label: string; terms: string[] }
  /** False where nobody reads lists of clusters; decides nothing. */
  lists: boolean
}

/** The clusters of one brand: joining, naming, and when they are listed. */
export class BrandClusters {
  readonly #ports: BrandClustersPorts
  #clusters = new MicroClusters(MAX_CLUSTERS)
  /** Mentions taken since the clusters were listed, and when that was. */
  #unlisted = 0
  #listedAt = 0

  constructor(ports: BrandClustersPorts) {
    this.#ports = ports
  }

  get size(): number {
    return this.#clusters.size
  }

  /** Puts a post into its cluster; what merged is told in `effects`. */
  join(post: Post, vector: SparseVector, id: Mention['id'], near: Neighbourhood, effects: Effect[]): MicroCluster {
    const { brand, name } = this.#ports
    const { cluster, merged } = this.#clusters.join(vector, post.at, post.person, () => name('cluster', id))
    post.cluster = cluster.slot
    this.#unlisted++
    for (const from of merged) {
      for (const { post: other } of near.recent) if (other.cluster === from.slot) other.cluster = cluster.slot
      effects.push({ type: 'clusterMerged', brand, from: from.name, into: cluster.name })
    }
    return cluster
  }

  /** The cluster most of the posts are in. */
  of(posts: readonly Post[]): { slot: number; name: string } {
    const votes = new Map<number, number>()
    for (const { cluster } of posts) votes.set(cluster, (votes.get(cluster) ?? 0) + 1)
    const [slot] = [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0] ?? [-1]
    return { slot, name: this.#clusters.get(slot)?.name ?? '' }
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
    this.#clusters = MicroClusters.unpack(fields.clusters!, MAX_CLUSTERS)
    this.#unlisted = fields.unlisted as number
    this.#listedAt = fields.listedAt as number
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
