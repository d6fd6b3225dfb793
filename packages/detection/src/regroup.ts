import { type Heir, inheritIds } from './inherit-ids.ts'
import { type Change, type Cluster, type MicroCluster, newCluster } from './micro-cluster.ts'

/**
 * Puts micro-clusters into the clusters that `groups` says: for each the first of its group. A cluster's id stays with its
 * larger part; what is parted from it gets an id by `name`, from its oldest micro-cluster.
 */
export const regroup = (
  all: readonly MicroCluster[],
  groups: Int32Array,
  name: (first: MicroCluster) => string,
): Change[] => {
  const members = [...Map.groupBy(all, (_, at) => groups[at]!).values()]
  const heirs = members.map(heirOf)
  const ids = inheritIds(heirs)
  const before = new Map(all.map(({ cluster }) => [cluster.id, cluster]))
  const next = members.map((micros, heir) => before.get(ids[heir] ?? '') ?? newCluster(name(oldest(micros))))
  const ended = endedOf([...before.keys()], heirs, next, new Set(ids))
  const changes: Change[] = [...ended].map(([from, into]) => ({ type: 'merged', from, into: into.id }))
  members.forEach((micros, heir) => {
    const cluster = next[heir]!
    for (const part of micros) {
      if ((ended.get(part.cluster.id) ?? part.cluster) !== cluster)
        changes.push({ type: 'moved', part, into: cluster.id })
      part.cluster = cluster
    }
  })
  return changes
}

const heirOf = (micros: readonly MicroCluster[]): Heir => {
  const from = new Map<string, number>()
  for (const { cluster, mentions } of micros) from.set(cluster.id, (from.get(cluster.id) ?? 0) + mentions)
  return { from, founded: oldest(micros).founded }
}

const oldest = (micros: readonly MicroCluster[]): MicroCluster =>
  micros.reduce((first, micro) => (micro.founded < first.founded ? micro : first))

/** Clusters whose id no group goes on under, with the cluster that has most of them now. */
const endedOf = (
  ids: readonly string[],
  heirs: readonly Heir[],
  next: readonly Cluster[],
  kept: ReadonlySet<string | undefined>,
): Map<string, Cluster> => {
  const most = new Map<string, { mentions: number; cluster: Cluster }>()
  heirs.forEach(({ from }, heir) => {
    for (const [id, mentions] of from)
      if (mentions > (most.get(id)?.mentions ?? 0)) most.set(id, { mentions, cluster: next[heir]! })
  })
  return new Map(ids.filter((id) => !kept.has(id)).map((id) => [id, most.get(id)!.cluster]))
}
