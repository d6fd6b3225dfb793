import { detectLanguage, features } from '@outcry/text'
import { ClusterMeanings } from './cluster-meanings.ts'
import { createKeyedHash } from './keyed-hash.ts'
import type { Change } from './micro-cluster.ts'
import { MicroClusters } from './micro-clusters.ts'
import { signedBytes } from './signed-bytes.ts'
import { Vectoriser } from './vectoriser.ts'

/** Most micro-clusters kept at once when only clustering, and most gone ones that are remembered. */
const LIMIT = 1_024
const REMEMBERED = 1 << 20
/** Time between two texts: so long that clusters are gathered as often as where few write. */
const APART_MS = 86_400_000

export type ClusterStream = {
  /** Puts a text into its cluster and gives a handle on its place there; `vector` is what a model makes of it, base64. */
  add(id: string, text: string, lang?: string, vector?: string): string
  /** The name of the cluster a place is in after all texts so far. */
  finalName(place: string): string
}

/** The detector's clusterer alone: every text in order, one pass, bounded memory. Order is its only clock. */
export const createClusterStream = (idKey: string): ClusterStream => {
  const hash = createKeyedHash(idKey)
  const vectoriser = new Vectoriser()
  const clusters = new MicroClusters(LIMIT, hash, new ClusterMeanings())
  /** Of micro-clusters that are gone, by their founding: the one they are part of, or the name they faded under. */
  const gone = new Map<number, number | string>()
  let arrived = 0
  let names: Map<number, string> | undefined

  const remember = (changes: readonly Change[]): void => {
    for (const change of changes) {
      if (change.type === 'absorbed') gone.set(change.from.founded, change.into.founded)
      else if (change.type === 'faded') gone.set(change.from.founded, change.from.cluster.id)
      if (gone.size > REMEMBERED) gone.delete(gone.keys().next().value!)
    }
  }

  const settle = (): Map<number, string> => {
    remember(clusters.gather())
    return new Map(clusters.all().map(({ founded, cluster }) => [founded, cluster.id]))
  }

  return {
    add(id, text, lang, vector) {
      names = undefined
      const words = vectoriser.vectorise(features(text, detectLanguage(text, lang)), true)
      const arrival = { id, key: arrived, at: arrived++ * APART_MS, person: -1 }
      const { micro, changes } = clusters.join(words, arrival, vector === undefined ? undefined : signedBytes(vector))
      remember(changes)
      return String(micro.founded)
    },
    finalName(place) {
      names ??= settle()
      let last: number | string | undefined = Number(place)
      while (typeof last === 'number') last = names.get(last) ?? gone.get(last)
      return last ?? hash('cluster', 'forgotten', place)
    },
  }
}
