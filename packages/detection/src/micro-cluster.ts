import { type Packed, asTyped } from './packed.ts'

/** What people see: micro-clusters that are about the same, under one id for life. */
export type Cluster = {
  id: string
  /** What it was called when it had `labelled` mentions. */
  label: string
  terms: string[]
  labelled: number
  /** Hashes of the posts that stood for it then. */
  typical: number[]
}

/** Mentions that are never parted: additive counts, and the cluster they are in now. */
export type MicroCluster = {
  slot: number
  /** Position of its founding mention in the order of arrival, and that mention's hash. */
  founded: number
  key: number
  mentions: number
  /** Distinct people, at most: a person who wrote twice in a row counts once. */
  people: number
  lastPerson: number
  touched: number
  firstAt: number
  lastAt: number
  /** Mentions when its direction was last taken. */
  placed: number
  cluster: Cluster
  /** The one it was nearest to when it was founded, if that was near; it may be gone. */
  near: MicroCluster | undefined
}

/** What became of the clusters. */
export type Change =
  /** One micro-cluster became part of another. */
  | { type: 'absorbed'; from: MicroCluster; into: MicroCluster }
  /** It was alone in its cluster and is forgotten. */
  | { type: 'faded'; from: MicroCluster }
  /** A cluster ended: all that is in it, but for what `moved` tells afterwards, is now of another. */
  | { type: 'merged'; from: string; into: string }
  /** A part of a cluster is of another from now on. */
  | { type: 'moved'; part: MicroCluster; into: string }

export const newCluster = (id: string): Cluster => ({ id, label: '', terms: [], labelled: 0, typical: [] })

/** Adds all that one counted to another: exact, in either order. */
export const countIn = (into: MicroCluster, from: MicroCluster): void => {
  into.mentions += from.mentions
  into.people += from.people
  into.touched = Math.max(into.touched, from.touched)
  into.firstAt = Math.min(into.firstAt, from.firstAt)
  into.lastAt = Math.max(into.lastAt, from.lastAt)
}

export const packMicroClusters = (all: readonly MicroCluster[]): Packed => {
  const clusters = [...new Set(all.map(({ cluster }) => cluster))]
  const places = new Map(clusters.map((cluster, at) => [cluster, at]))
  const known = new Set(all)
  return {
    clusters: clusters.map((cluster) => ({ ...cluster, typical: Float64Array.from(cluster.typical) })),
    micros: all.map(({ cluster, near, ...fields }) => ({
      ...fields,
      cluster: places.get(cluster)!,
      near: near && known.has(near) ? near.slot : -1,
    })),
  }
}

export const unpackMicroClusters = (packed: Packed): MicroCluster[] => {
  const { micros, clusters: kept } = packed as Record<string, Record<string, Packed>[]>
  const clusters = kept!.map((fields): Cluster => ({
    ...(fields as unknown as Cluster),
    typical: [...asTyped(fields.typical, Float64Array)],
  }))
  const bySlot = new Map<number, MicroCluster>()
  const all = micros!.map(({ cluster, ...fields }): MicroCluster => {
    return {
      ...(fields as unknown as MicroCluster),
      cluster: clusters[cluster as number]!,
      near: undefined,
    }
  })
  for (const micro of all) bySlot.set(micro.slot, micro)
  all.forEach((micro, at) => (micro.near = bySlot.get(micros![at]!.near as number)))
  return all
}
