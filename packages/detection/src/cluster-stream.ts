import { detectLanguage, features } from '@outcry/text'
import { createKeyedHash } from './keyed-hash.ts'
import { MicroClusters } from './micro-clusters.ts'
import { Vectoriser } from './vectoriser.ts'

/** Most micro-clusters kept at once when only clustering. */
const LIMIT = 4_096
const REMEMBERED = 65_536

export type ClusterStream = {
  /** Puts a text into its cluster and gives the cluster's name at this moment. */
  add(id: string, text: string, lang?: string): string
  /** The name a cluster has after all merges so far. */
  finalName(name: string): string
}

/** The detector's clusterer alone: every text in order, one pass, bounded memory. */
export const createClusterStream = (idKey: string): ClusterStream => {
  const hash = createKeyedHash(idKey)
  const vectoriser = new Vectoriser()
  const clusters = new MicroClusters(LIMIT)
  const mergedInto = new Map<string, string>()
  const finalName = (name: string): string => {
    let last = name
    for (let next = mergedInto.get(last); next !== undefined; next = mergedInto.get(last)) last = next
    return last
  }
  return {
    add(id, text, lang) {
      const vector = vectoriser.vectorise(features(text, detectLanguage(text, lang)), true)
      const { cluster, merged } = clusters.join(vector, 0, -1, () => hash('cluster', id))
      for (const from of merged) mergedInto.set(from.name, cluster.name)
      if (mergedInto.size > REMEMBERED) mergedInto.delete(mergedInto.keys().next().value!)
      return cluster.name
    },
    finalName,
  }
}
