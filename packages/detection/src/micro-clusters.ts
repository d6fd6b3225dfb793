import { unitOf } from './centroid.ts'
import { type Packed, asTyped } from './packed.ts'
import { SparseIndex, type SparseVector, FEATURE_SPACE } from './sparse-index.ts'

/** Cosine with a centroid from which a mention joins its cluster, and from which two clusters become one. */
export const JOIN = 0.1
export const MERGE = 0.25

const CLUSTER_WIDTH = 128
const SUM_WIDTH = CLUSTER_WIDTH

/** A micro-cluster: additive sums, and the newest direction of its centroid. */
export type MicroCluster = {
  slot: number
  /** Position of its founding mention in the order of arrival; names it. */
  founded: number
  name: string
  mentions: number
  /** Distinct people, at most: a person who wrote twice in a row counts once. */
  people: number
  lastPerson: number
  touched: number
  firstAt: number
  lastAt: number
  /** What it was called when it had `labelled` mentions. */
  label: string
  terms: string[]
  labelled: number
  sum: SparseVector
}

/** What joining did: the cluster, and those that were merged into it. */
export type Joined = { cluster: MicroCluster; merged: MicroCluster[] }

const position = new Int32Array(FEATURE_SPACE)

/**
 * Clusters of a stream in one pass: nearest centroid, else a new one; when a cluster has grown by a third it is
 * compared with the others and merged with its nearest. After Hahsler and Bolaños 2016 and Carnein et al. 2017
 * (textClust), with centroids of summed unit vectors, so that merging is exact. Bounded: the least lately used fade.
 */
export class MicroClusters {
  readonly #limit: number
  #index = new SparseIndex(CLUSTER_WIDTH)
  #bySlot: (MicroCluster | undefined)[] = []
  #free: number[] = []
  #count = 0
  #arrivals = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get size(): number {
    return this.#count
  }

  /** Puts a mention into its cluster; `name` names the cluster if it founds one. */
  join(vector: SparseVector, at: number, person: number, name: () => string): Joined {
    this.#arrivals++
    const nearest = this.#nearest(vector, -1)
    if (!nearest || nearest.product < JOIN) return { cluster: this.#found(vector, at, person, name()), merged: [] }
    const { cluster } = nearest
    const grown = Math.floor(Math.log(cluster.mentions) / Math.log(4 / 3))
    add(cluster.sum, vector)
    cluster.mentions++
    if (person !== cluster.lastPerson) cluster.people++
    cluster.lastPerson = person
    cluster.touched = this.#arrivals
    cluster.firstAt = Math.min(cluster.firstAt, at)
    cluster.lastAt = Math.max(cluster.lastAt, at)
    this.#place(cluster)
    if (Math.floor(Math.log(cluster.mentions) / Math.log(4 / 3)) === grown) return { cluster, merged: [] }
    return this.#mergeNearest(cluster)
  }

  get(slot: number): MicroCluster | undefined {
    return this.#bySlot[slot]
  }

  all(): MicroCluster[] {
    return this.#bySlot.filter((cluster) => cluster !== undefined)
  }

  pack(): Packed {
    const clusters = this.all()
    return {
      free: Int32Array.from(this.#free),
      slots: this.#bySlot.length,
      arrivals: this.#arrivals,
      clusters: clusters.map((cluster) => ({
        ...cluster,
        sum: {
          size: cluster.sum.size,
          features: cluster.sum.features.slice(0, cluster.sum.size),
          weights: cluster.sum.weights.slice(0, cluster.sum.size),
        },
      })),
    }
  }

  static unpack(packed: Packed, limit: number): MicroClusters {
    const fields = packed as Record<string, Packed>
    const made = new MicroClusters(limit)
    made.#free = Array.from(asTyped(fields.free, Int32Array))
    made.#bySlot = Array.from<undefined>({ length: fields.slots as number })
    made.#arrivals = fields.arrivals as number
    for (const value of fields.clusters as unknown as MicroCluster[]) {
      const sum = emptySum()
      sum.size = value.sum.size
      sum.features.set(value.sum.features)
      sum.weights.set(value.sum.weights)
      const cluster = { ...value, sum }
      made.#bySlot[cluster.slot] = cluster
      made.#count++
      made.#place(cluster)
    }
    return made
  }

  #found(vector: SparseVector, at: number, person: number, name: string): MicroCluster {
    if (this.#count >= this.#limit) this.#fade()
    const slot = this.#free.pop() ?? this.#bySlot.length
    const sum = emptySum()
    add(sum, vector)
    const cluster = {
      slot,
      founded: this.#arrivals,
      name,
      mentions: 1,
      people: 1,
      lastPerson: person,
      touched: this.#arrivals,
      firstAt: at,
      lastAt: at,
      label: '',
      terms: [],
      labelled: 0,
      sum,
    }
    this.#bySlot[slot] = cluster
    this.#count++
    this.#place(cluster)
    return cluster
  }

  #nearest(vector: SparseVector, except: number): { cluster: MicroCluster; product: number } | undefined {
    const products = this.#index.products(vector)
    let best: MicroCluster | undefined
    let product = 0
    for (const cluster of this.#bySlot) {
      if (!cluster || cluster.slot === except) continue
      const candidate = products[cluster.slot]!
      if (candidate > product || (best && candidate === product && candidate > 0 && cluster.founded < best.founded)) {
        best = cluster
        product = candidate
      }
    }
    return best && { cluster: best, product }
  }

  #mergeNearest(grown: MicroCluster): Joined {
    const merged: MicroCluster[] = []
    let cluster = grown
    for (;;) {
      const nearest = this.#nearest(unitOf(cluster.sum), cluster.slot)
      if (!nearest || nearest.product < MERGE) return { cluster, merged }
      const [into, from] = order(cluster, nearest.cluster)
      add(into.sum, from.sum)
      into.mentions += from.mentions
      into.people += from.people
      into.touched = Math.max(into.touched, from.touched)
      into.firstAt = Math.min(into.firstAt, from.firstAt)
      into.lastAt = Math.max(into.lastAt, from.lastAt)
      this.#drop(from)
      this.#place(into)
      merged.push(from)
      cluster = into
    }
  }

  #fade(): void {
    const ordered = this.all().sort(
      (a, b) => a.touched + a.mentions - (b.touched + b.mentions) || a.founded - b.founded,
    )
    for (const cluster of ordered.slice(0, Math.ceil(this.#limit / 16))) this.#drop(cluster)
  }

  #drop(cluster: MicroCluster): void {
    this.#index.remove(cluster.slot)
    this.#bySlot[cluster.slot] = undefined
    this.#free.push(cluster.slot)
    this.#count--
  }

  #place(cluster: MicroCluster): void {
    this.#index.remove(cluster.slot)
    this.#index.add(cluster.slot, unitOf(cluster.sum))
  }
}

/** The larger one stays; of equals the older. */
const order = (a: MicroCluster, b: MicroCluster): [MicroCluster, MicroCluster] =>
  a.mentions > b.mentions || (a.mentions === b.mentions && a.founded < b.founded) ? [a, b] : [b, a]

const emptySum = (): SparseVector => ({
  size: 0,
  features: new Int32Array(SUM_WIDTH),
  weights: new Float32Array(SUM_WIDTH),
})

/** Adds a vector to a sum that keeps its heaviest features. */
const add = (sum: SparseVector, vector: SparseVector): void => {
  for (let at = 0; at < sum.size; at++) position[sum.features[at]!] = at + 1
  let lightest = -1
  for (let at = 0; at < vector.size; at++) {
    const feature = vector.features[at]!
    const known = position[feature]!
    if (known > 0) {
      sum.weights[known - 1]! += vector.weights[at]!
    } else if (sum.size < SUM_WIDTH) {
      sum.features[sum.size] = feature
      sum.weights[sum.size++] = vector.weights[at]!
      position[feature] = sum.size
    } else {
      lightest = lightestOf(sum)
      if (sum.weights[lightest]! >= vector.weights[at]!) continue
      position[sum.features[lightest]!] = 0
      sum.features[lightest] = feature
      sum.weights[lightest] = vector.weights[at]!
      position[feature] = lightest + 1
    }
  }
  for (let at = 0; at < sum.size; at++) position[sum.features[at]!] = 0
}

const lightestOf = (sum: SparseVector): number => {
  let lightest = 0
  for (let at = 1; at < sum.size; at++) if (sum.weights[at]! < sum.weights[lightest]!) lightest = at
  return lightest
}
