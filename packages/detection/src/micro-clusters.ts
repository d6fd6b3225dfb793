import type { ClusterMeanings } from './cluster-meanings.ts'
import { CLUSTER_WIDTH, ClusterSums } from './cluster-sums.ts'
import { CommonDirection } from './common-direction.ts'
import { gather } from './gather.ts'
import { likenessOfEach } from './micro-cluster-likeness.ts'
import { leastLatelyUsed, refugeOf } from './micro-cluster-refuge.ts'
import {
  type Change,
  type Cluster,
  type MicroCluster,
  countIn,
  newCluster,
  packMicroClusters,
  unpackMicroClusters,
} from './micro-cluster.ts'
import { type Packed, asTyped } from './packed.ts'
import { regroup } from './regroup.ts'
import { SparseIndex, type SparseVector } from './sparse-index.ts'

/** Likeness from which a mention joins a micro-cluster, else founds one in the cluster of its nearest from the next. */
const JOIN = 0.28
const SAME_CLUSTER = 0.25
/** Likeness from which a micro-cluster that must go may go into another cluster's, where its own has no other. */
const LAST_CHANCE = 0.2
/** Share of them that go at once. */
const LEAVE = 16
/** Mentions between two gatherings: as many as there are micro-clusters, but where many write, six times that or 2 h. */
const LEAST_MENTIONS = 64
const PER_MICRO_CLUSTER = 6
const AT_REST_MS = 7_200_000

export type Joined = { micro: MicroCluster; changes: Change[] }

export type Arrival = { id: string; key: number; at: number; person: number }

const NOTHING: Change[] = []
/**
 * Clusters of a stream in one pass. A mention joins its nearest micro-cluster or founds one, after Hahsler and Bolaños
 * 2016 and Carnein et al. 2017 (textClust); from time to time the micro-clusters are gathered into clusters anew, which
 * merges and parts clusters, but never what is within a micro-cluster: sums stay exact. Likeness is the cosine less the
 * part that comes from what all texts have in common, so that one setting serves headlines and whole sentences alike.
 *
 * Bounded: at the limit the least lately used go into others of their cluster; those without any fade.
 */
export class MicroClusters {
  readonly #limit: number
  readonly #name: (...parts: string[]) => string
  #index = new SparseIndex(CLUSTER_WIDTH)
  readonly #sums: ClusterSums
  #bySlot: (MicroCluster | undefined)[] = []
  #free: number[] = []
  #count = 0
  #arrivals = 0
  readonly #common: CommonDirection
  /** When micro-clusters were last gathered: after how many arrivals, and in the brand's time. */
  #gathered = 0
  #gatheredAt = -Infinity
  /** What `#nearest` last found out: how like it is, and the cosine with what all have in common. */
  #likeness = 0
  #shared = 0
  readonly #meanings: ClusterMeanings | undefined

  /** `name` names clusters, by the mention that founded them; `meanings` only where clustering is all that is done. */
  constructor(limit: number, name: (...parts: string[]) => string, meanings?: ClusterMeanings) {
    this.#meanings = meanings
    this.#limit = limit
    this.#sums = new ClusterSums(limit)
    this.#name = name
    this.#common = new CommonDirection(limit)
  }

  /** Micro-clusters kept. */
  get size(): number {
    return this.#count
  }

  join(vector: SparseVector, arrival: Arrival, direction?: Int8Array): Joined {
    this.#arrivals++
    const meaning = this.#meanings?.without(direction)
    const nearest = this.#nearest(vector, meaning)
    if (!nearest || this.#likeness < JOIN) return this.#start(vector, arrival, nearest, meaning)
    this.#sums.add(nearest.slot, vector)
    this.#meanings?.add(nearest.slot, meaning)
    nearest.mentions++
    this.#common.count(nearest.slot, nearest.mentions)
    if (arrival.person !== nearest.lastPerson) nearest.people++
    nearest.lastPerson = arrival.person
    nearest.touched = this.#arrivals
    nearest.firstAt = Math.min(nearest.firstAt, arrival.at)
    nearest.lastAt = Math.max(nearest.lastAt, arrival.at)
    this.#placeWhereTurned(nearest)
    return this.#gatherWhereDue(nearest, arrival.at, NOTHING)
  }

  get(slot: number): MicroCluster | undefined {
    return this.#bySlot[slot]
  }

  all(): MicroCluster[] {
    return this.#bySlot.filter((micro) => micro !== undefined)
  }

  /** Gathers the micro-clusters into clusters anew; ids stay with the larger part. */
  gather(): Change[] {
    this.#gathered = this.#arrivals
    const all = this.all()
    if (all.length < 2) return NOTHING
    const numbers = new Map<Cluster, number>()
    for (const { cluster } of all) if (!numbers.has(cluster)) numbers.set(cluster, numbers.size)
    const groups = gather({
      count: all.length,
      likeness: likenessOfEach(all, this.#index, this.#common, this.#meanings),
      mentions: Float64Array.from(all, ({ mentions }) => mentions),
      before: Int32Array.from(all, ({ cluster }) => numbers.get(cluster)!),
    })
    // What is parted is named by its founding mention, and by when, for that may happen again.
    return regroup(all, groups, ({ key }) => this.#name('cluster', 'part', String(key), String(this.#arrivals)))
  }

  pack(): Packed {
    const all = this.all()
    return {
      free: Int32Array.from(this.#free),
      slots: this.#bySlot.length,
      arrivals: this.#arrivals,
      gathered: this.#gathered,
      gatheredAt: this.#gatheredAt,
      square: this.#common.square,
      commons: Float64Array.from(all, ({ slot }) => this.#common.of(slot)),
      directions: this.#index.pack(all.map(({ slot }) => slot)),
      sums: this.#sums.pack(all.map(({ slot }) => slot)),
      micros: packMicroClusters(all),
    }
  }

  static unpack(packed: Packed, limit: number, name: (...parts: string[]) => string): MicroClusters {
    const fields = packed as Record<string, Packed>
    const made = new MicroClusters(limit, name)
    made.#free = Array.from(asTyped(fields.free, Int32Array))
    made.#bySlot = Array.from<undefined>({ length: fields.slots as number })
    made.#arrivals = fields.arrivals as number
    made.#gathered = fields.gathered as number
    made.#gatheredAt = fields.gatheredAt as number
    made.#common.restore(fields.square as number)
    const commons = asTyped(fields.commons, Float64Array)
    const all = unpackMicroClusters(fields.micros!)
    all.forEach((micro, at) => {
      made.#sums.restore(micro.slot, (fields.sums as Packed[])[at]!)
      made.#bySlot[micro.slot] = micro
      made.#common.put(micro.slot, micro.mentions, commons[at]!)
    })
    made.#count = all.length
    made.#index = SparseIndex.unpack(
      fields.directions!,
      all.map(({ slot }) => slot),
      CLUSTER_WIDTH,
    )
    return made
  }

  #start(
    vector: SparseVector,
    { id, key, at, person }: Arrival,
    nearest: MicroCluster | undefined,
    meaning: Int8Array | undefined,
  ): Joined {
    const likeness = this.#likeness
    const shared = this.#shared
    const changes = this.#count >= this.#limit ? this.#makeRoom() : NOTHING
    const slot = this.#free.pop() ?? this.#bySlot.length
    const micro: MicroCluster = {
      slot,
      founded: this.#arrivals,
      key,
      mentions: 1,
      people: 1,
      lastPerson: person,
      touched: this.#arrivals,
      firstAt: at,
      lastAt: at,
      placed: 0,
      cluster: nearest && likeness >= SAME_CLUSTER ? nearest.cluster : newCluster(this.#name('cluster', id)),
      near: likeness >= LAST_CHANCE ? nearest : undefined,
    }
    this.#sums.add(slot, vector)
    this.#meanings?.add(slot, meaning)
    this.#bySlot[slot] = micro
    this.#common.put(slot, 1, shared)
    this.#count++
    this.#place(micro)
    return this.#gatherWhereDue(micro, at, changes)
  }

  /** The nearest that is like it at all, of equals the older; adds the vector to what all have in common. */
  #nearest(vector: SparseVector, meaning: Int8Array | undefined): MicroCluster | undefined {
    const products = this.#index.products(vector)
    const end = this.#bySlot.length
    const common = this.#common
    const shared = common.meet(products, end)
    const likenessTo = meaning && this.#meanings?.likenessTo(meaning)
    let best = -1
    let likeness = 0
    for (let slot = 0; slot < end; slot++) {
      let candidate = products[slot]! - shared * common.of(slot)
      if (likenessTo) candidate = likenessTo(slot, candidate)
      if (candidate < likeness || candidate === 0) continue
      if (candidate === likeness && this.#bySlot[slot]!.founded > this.#bySlot[best]!.founded) continue
      best = slot
      likeness = candidate
    }
    this.#shared = shared
    this.#likeness = likeness
    return this.#bySlot[best]
  }

  #gatherWhereDue(micro: MicroCluster, at: number, changes: Change[]): Joined {
    const mentions = this.#arrivals - this.#gathered
    if (mentions < LEAST_MENTIONS || mentions < this.#count) return { micro, changes }
    if (mentions < PER_MICRO_CLUSTER * this.#count && at < this.#gatheredAt + AT_REST_MS) return { micro, changes }
    this.#gatheredAt = at
    return { micro, changes: [...changes, ...this.gather()] }
  }

  #makeRoom(): Change[] {
    const going = leastLatelyUsed(this.all(), Math.ceil(this.#limit / LEAVE))
    return going.flatMap((from) => this.#leave(from))
  }

  #leave(from: MicroCluster): Change[] {
    const into = refugeOf(from, this.#bySlot)
    this.#index.remove(from.slot)
    this.#bySlot[from.slot] = undefined
    this.#common.put(from.slot, 0, 0)
    this.#free.push(from.slot)
    this.#count--
    this.#meanings?.leave(from.slot, into?.slot)
    if (!into) {
      this.#sums.clear(from.slot)
      return [{ type: 'faded', from }]
    }
    this.#sums.merge(into.slot, from.slot)
    countIn(into, from)
    this.#common.count(into.slot, into.mentions)
    this.#placeWhereTurned(into)
    const ended: Change[] =
      from.cluster === into.cluster ? [] : [{ type: 'merged', from: from.cluster.id, into: into.cluster.id }]
    from.cluster = into.cluster
    return [...ended, { type: 'absorbed', from, into }]
  }

  /** One more mention hardly turns a large one. */
  #placeWhereTurned(micro: MicroCluster): void {
    if (micro.mentions - micro.placed > micro.placed >>> 1) this.#place(micro)
  }

  #place(micro: MicroCluster): void {
    this.#index.remove(micro.slot)
    this.#index.add(micro.slot, this.#sums.direction(micro.slot))
    this.#meanings?.place(micro.slot)
    micro.placed = micro.mentions
  }
}
