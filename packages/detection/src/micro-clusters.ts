import { CLUSTER_WIDTH, CommonDirection, directionOf, emptySum, sumOf } from './cluster-sum.ts'
import { type Packed, asTyped } from './packed.ts'
import { SparseIndex, type SparseVector } from './sparse-index.ts'

/**
 * Likeness from which a mention joins a cluster: a single text must be nearer than a centroid of many, in which chance
 * likenesses have averaged out. It is JOIN_ONE for a cluster of one and falls by JOIN_EASE towards many.
 */
const JOIN_ONE = 0.26
const JOIN_EASE = 0.22
/** Likeness from which two clusters become one. */
const MERGE = 0.18
/** A cluster looks for its nearest whenever it has grown by this. */
const GROWTH = 1.15

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
  /** Cosine of its direction with what all texts have in common. */
  common: number
  sum: SparseVector
}

/** What joining did: the cluster, and those that were merged into it. */
export type Joined = { cluster: MicroCluster; merged: MicroCluster[] }

type Nearest = { cluster: MicroCluster; likeness: number }

/**
 * Clusters of a stream in one pass: nearest centroid, else a new one; when a cluster has grown by some it is
 * compared with the others and merged with its nearest. After Hahsler and Bolaños 2016 and Carnein et al. 2017
 * (textClust), with centroids of summed unit vectors, so that merging is additive. Likeness is the cosine less the part
 * that comes from what all texts have in common, so that one setting serves headlines and whole sentences alike.
 * Bounded: the least lately used fade.
 */
export class MicroClusters {
  readonly #limit: number
  #index = new SparseIndex(CLUSTER_WIDTH)
  #common = new CommonDirection()
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
    const nearest = this.#nearest(vector, this.#common.cosine(vector), undefined)
    this.#common.add(vector)
    if (!nearest || nearest.likeness < JOIN_ONE) return { cluster: this.#found(vector, at, person, name()), merged: [] }
    const { cluster } = nearest
    const before = sizeStep(cluster)
    cluster.sum = sumOf(cluster.sum, vector)
    cluster.mentions++
    if (person !== cluster.lastPerson) cluster.people++
    cluster.lastPerson = person
    cluster.touched = this.#arrivals
    cluster.firstAt = Math.min(cluster.firstAt, at)
    cluster.lastAt = Math.max(cluster.lastAt, at)
    const grown = sizeStep(cluster) !== before
    if (grown || turns(cluster)) this.#place(cluster)
    return grown ? this.#mergeNearest(cluster) : { cluster, merged: [] }
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
      common: this.#common.pack(),
      directions: this.#index.pack(clusters.map(({ slot }) => slot)),
      clusters: clusters.map((cluster) => ({ ...cluster, sum: { ...cluster.sum } })),
    }
  }

  static unpack(packed: Packed, limit: number): MicroClusters {
    const fields = packed as Record<string, Packed>
    const made = new MicroClusters(limit)
    made.#free = Array.from(asTyped(fields.free, Int32Array))
    made.#bySlot = Array.from<undefined>({ length: fields.slots as number })
    made.#arrivals = fields.arrivals as number
    made.#common = CommonDirection.unpack(fields.common!)
    const clusters = fields.clusters as unknown as MicroCluster[]
    const slots = clusters.map(({ slot }) => slot)
    made.#index = SparseIndex.unpack(fields.directions!, slots, CLUSTER_WIDTH)
    for (const cluster of clusters) {
      made.#bySlot[cluster.slot] = cluster
      made.#count++
    }
    return made
  }

  #found(vector: SparseVector, at: number, person: number, name: string): MicroCluster {
    if (this.#count >= this.#limit) this.#fade()
    const slot = this.#free.pop() ?? this.#bySlot.length
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
      common: 0,
      sum: sumOf(emptySum(), vector),
    }
    this.#bySlot[slot] = cluster
    this.#count++
    this.#place(cluster)
    return cluster
  }

  /** `common` is the vector's cosine with what all texts have in common; a cluster's own vector is compared as is. */
  #nearest(vector: SparseVector, common: number, own: MicroCluster | undefined): Nearest | undefined {
    const products = this.#index.products(vector)
    let best: MicroCluster | undefined
    let likeness = -Infinity
    for (const cluster of this.#bySlot) {
      if (!cluster || cluster === own || !(products[cluster.slot]! > 0)) continue
      const ease = own ? 0 : JOIN_EASE * (1 - 1 / Math.sqrt(cluster.mentions))
      const candidate = products[cluster.slot]! - common * cluster.common + ease
      if (candidate > likeness || (candidate === likeness && best && cluster.founded < best.founded)) {
        best = cluster
        likeness = candidate
      }
    }
    return best && { cluster: best, likeness }
  }

  #mergeNearest(grown: MicroCluster): Joined {
    const merged: MicroCluster[] = []
    let cluster = grown
    for (;;) {
      const nearest = this.#nearest(directionOf(cluster.sum), cluster.common, cluster)
      if (!nearest || nearest.likeness < MERGE) return { cluster, merged }
      const [into, from] = order(cluster, nearest.cluster)
      into.sum = sumOf(into.sum, from.sum)
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
    const direction = directionOf(cluster.sum)
    cluster.common = this.#common.cosine(direction)
    this.#index.add(cluster.slot, direction)
  }
}

/** The larger one stays; of equals the older. */
const order = (a: MicroCluster, b: MicroCluster): [MicroCluster, MicroCluster] =>
  a.mentions > b.mentions || (a.mentions === b.mentions && a.founded < b.founded) ? [a, b] : [b, a]

/** Rises by one with each growth by `GROWTH`. */
const sizeStep = ({ mentions }: MicroCluster): number => Math.floor(Math.log(mentions) / Math.log(GROWTH))

/** One more mention hardly turns a large cluster: it is placed anew for every sixteenth that joins. */
const turns = ({ mentions }: MicroCluster): boolean => mentions < 32 || mentions % (mentions >>> 4) === 0
