import { type Packed, type Unpacked, asTyped } from './packed.ts'
import type { Post } from './post.ts'
import { type Placed, SlotTable, isOnlyCounted } from './slot-table.ts'
import { SparseIndex, type SparseVector } from './sparse-index.ts'
import { VECTOR_WIDTH } from './vectoriser.ts'
import { FreeSlots } from './free-slots.ts'
import { Widening, WIDE_WIDTH } from './widening.ts'

/** Longest window, and most posts kept in it and in the sampled history behind it. */
export const LONGEST_WINDOW_MS = 3_600_000
export const MAX_RECENT_POSTS = 1_024
export const MAX_HISTORY_POSTS = 1_024
/** Posts of the history from which texts are widened: the nearest of a few are not near. */
const LEAST_LISTED = 64

const wide: SparseVector = { size: 0, features: new Int32Array(WIDE_WIDTH), weights: new Float32Array(WIDE_WIDTH) }

/**
 * The posts that a new one is compared with: all of the longest window (a sample above 1,024) and a sample of up to
 * 1,024 of the history behind it, each in order of time. Thinning by rank keeps Poisson counts Poisson, and shares
 * stay shares.
 *
 * A post that may belong to a complaint is compared by its wide vector: its own text taken together with those of the
 * history that are most like it, so that people who say the same in other words are near. The texts themselves answer
 * which of the history are like a new one.
 */
export class Neighbourhood {
  #texts = new SparseIndex(VECTOR_WIDTH)
  #wide = new SparseIndex(WIDE_WIDTH)
  #widening = new Widening()
  /** Posts of the history that answer, and how many they were when all were widened. */
  #listed = 0
  #widenedWith = 0
  #slots = new FreeSlots()
  #countedSlots = new FreeSlots()
  /** What scans walk over, and beside it what is only counted. */
  readonly table = new SlotTable()
  readonly counted = new SlotTable()
  #byId = new Map<string, Placed>()
  #recent: Placed[] = []
  #history: Placed[] = []
  #recentShare = 1
  #historyShare = 1

  /** Newest last. */
  get recent(): readonly Placed[] {
    return this.#recent
  }

  get history(): readonly Placed[] {
    return this.#history
  }

  /** Share of the mentions that the window holds. */
  get recentShare(): number {
    return this.#recentShare
  }

  /** Whether the history is long enough that texts are widened by it. */
  get widens(): boolean {
    return this.#widenedWith > 0
  }

  /** Cosines of a wide vector with those of the posts that may belong, by slot; valid until the next call. */
  products(wide: SparseVector): Float64Array {
    return this.#wide.products(wide)
  }

  vectorOf(placed: Placed): SparseVector {
    const vector = { size: 0, features: new Int32Array(VECTOR_WIDTH), weights: new Float32Array(VECTOR_WIDTH) }
    if (placed.slot >= 0) this.#texts.read(placed.slot, vector)
    return vector
  }

  /** The dot product of a post's text with dense sums by feature. */
  productWith(slot: number, sums: Float32Array): number {
    return this.#texts.productWith(slot, sums)
  }

  /** The wide vector of a post, empty where it may not belong; valid until the next call, of any brand. */
  wideOf(placed: Placed): SparseVector {
    this.#wide.read(placed.slot, wide)
    return wide
  }

  /** The middle of some posts, by their wide vectors. */
  middleOf(placed: readonly Placed[]): SparseVector {
    return this.#widening.middle(
      this.#wide,
      placed.map(({ slot }) => slot),
    )
  }

  /** Adds a post at its own time: to the window, or if older than the window to the history. */
  add(post: Post, vector: SparseVector, now: number): Placed | undefined {
    const old = post.at <= now - LONGEST_WINDOW_MS
    if (post.rank >= (old ? this.#historyShare * this.#recentShare : this.#recentShare)) return undefined
    const placed = {
      slot: isOnlyCounted(post) ? -1 - this.#countedSlots.take() : this.#slots.take(),
      post,
      share: old ? this.#historyShare * this.#recentShare : this.#recentShare,
    }
    this.#widenAnew()
    insert(old ? this.#history : this.#recent, placed)
    this.#tableOf(placed).set(placed, !old)
    if (placed.slot >= 0) this.#texts.put(placed.slot, vector)
    if (this.#belongs(placed)) {
      const slots = this.#widenedWith === 0 ? 0 : this.#slots.end
      this.#wide.add(placed.slot, this.#widening.widen(vector, this.#texts, slots))
    }
    if (!old) this.#byId.set(post.id, placed)
    else this.#becomePast(placed)
    if (old) this.#thinHistory()
    else this.#thinRecent()
    return placed
  }

  /** Moves what left the window to the history, and what left the history out. */
  advance(now: number, historyMs: number): void {
    let leaving = 0
    while (leaving < this.#recent.length && this.#recent[leaving]!.post.at <= now - LONGEST_WINDOW_MS) leaving++
    if (leaving > 0) {
      for (const placed of this.#recent.splice(0, leaving)) this.#toHistory(placed)
      this.#thinHistory()
      if (this.#recent.length < MAX_RECENT_POSTS / 4) this.#recentShare = Math.min(1, this.#recentShare * 2)
    }
    let expired = 0
    while (expired < this.#history.length && this.#history[expired]!.post.at <= now - historyMs) expired++
    if (expired > 0) {
      for (const placed of this.#history.splice(0, expired)) this.#release(placed)
      if (this.#history.length < MAX_HISTORY_POSTS / 4) this.#historyShare = Math.min(1, this.#historyShare * 2)
    }
  }

  /** Takes out every post that matches; gives them back. */
  remove(matches: (post: Post) => boolean): Post[] {
    const removed: Post[] = []
    const keep = (placed: Placed) => {
      if (!matches(placed.post)) return true
      removed.push(placed.post)
      this.#release(placed)
      return false
    }
    this.#recent = this.#recent.filter(keep)
    this.#history = this.#history.filter(keep)
    return removed
  }

  find(id: string): Placed | undefined {
    return this.#byId.get(id)
  }

  pack(packPost: (post: Post) => Packed): Unpacked {
    const all = [...this.#recent, ...this.#history]
    const slots = all.map(({ slot }) => slot).filter((slot) => slot >= 0)
    return {
      slots: this.#slots.pack(),
      countedSlots: this.#countedSlots.pack(),
      recent: this.#recent.length,
      taken: Int32Array.from(all, ({ slot }) => slot),
      shares: Float64Array.from(all, ({ share }) => share),
      posts: all.map(({ post }) => packPost(post)),
      listed: this.#listed,
      widenedWith: this.#widenedWith,
      recentShare: this.#recentShare,
      historyShare: this.#historyShare,
      texts: () => this.#texts.pack(slots),
      wide: () => this.#wide.pack(slots),
    }
  }

  static unpack(packed: Packed, unpackPost: (packed: Packed) => Post): Neighbourhood {
    const fields = packed as Record<string, Packed>
    const made = new Neighbourhood()
    const slots = Array.from(asTyped(fields.taken, Int32Array))
    const shares = asTyped(fields.shares, Float64Array)
    const all = (fields.posts as Packed[]).map((post, at) => ({
      slot: slots[at]!,
      post: unpackPost(post),
      share: shares[at]!,
    }))
    const compared = slots.filter((slot) => slot >= 0)
    made.#texts = SparseIndex.unpack(fields.texts!, compared, VECTOR_WIDTH)
    made.#wide = SparseIndex.unpack(fields.wide!, compared, WIDE_WIDTH)
    made.#slots = FreeSlots.unpack(fields.slots!)
    made.#countedSlots = FreeSlots.unpack(fields.countedSlots!)
    made.#recent = all.slice(0, fields.recent as number)
    made.#history = all.slice(fields.recent as number)
    for (const placed of made.#recent) {
      made.#byId.set(placed.post.id, placed)
      made.#tableOf(placed).set(placed, true)
    }
    for (const placed of made.#history) made.#tableOf(placed).set(placed, false)
    made.table.size = made.#slots.end
    made.counted.size = made.#countedSlots.end
    made.#listed = fields.listed as number
    made.#widenedWith = fields.widenedWith as number
    made.#recentShare = fields.recentShare as number
    made.#historyShare = fields.historyShare as number
    return made
  }

  #toHistory(placed: Placed): void {
    if (placed.post.rank >= this.#historyShare * this.#recentShare) return this.#release(placed)
    this.#byId.delete(placed.post.id)
    this.#becomePast(placed)
    placed.share = Math.min(placed.share, this.#historyShare * this.#recentShare)
    this.#tableOf(placed).set(placed, false)
    insert(this.#history, placed)
    return undefined
  }

  /** History is only counted, and answers what a new text is like: who wrote what is not kept. */
  #becomePast(placed: Placed): void {
    const { slot, post } = placed
    post.id = ''
    post.excerpt = ''
    post.url = ''
    if (!this.#belongs(placed)) return
    this.#texts.list(slot)
    this.#listed++
  }

  /**
   * Widens all posts anew once the history has doubled: what a young brand wrote first would else be less alike than what
   * it writes now, and every issue would seem to grow.
   */
  #widenAnew(): void {
    if (this.#listed < Math.max(LEAST_LISTED, 2 * this.#widenedWith)) return
    this.#widenedWith = this.#listed
    for (const placed of [...this.#history, ...this.#recent]) {
      if (!this.#belongs(placed)) continue
      const { slot } = placed
      this.#wide.remove(slot)
      this.#wide.add(slot, this.#widening.widen(this.vectorOf(placed), this.#texts, this.#slots.end, slot))
    }
  }

  #thinRecent(): void {
    while (this.#recent.length > MAX_RECENT_POSTS) {
      this.#recentShare /= 2
      this.#recent = this.#thinned(this.#recent, this.#recentShare, true)
    }
  }

  #thinHistory(): void {
    while (this.#history.length > MAX_HISTORY_POSTS) {
      this.#historyShare /= 2
      this.#history = this.#thinned(this.#history, this.#historyShare * this.#recentShare, false)
    }
  }

  #thinned(list: Placed[], share: number, recent: boolean): Placed[] {
    return list.filter((placed) => {
      if (placed.post.rank >= share) {
        this.#release(placed)
        return false
      }
      placed.share = Math.min(placed.share, share)
      this.#tableOf(placed).set(placed, recent)
      return true
    })
  }

  #release(placed: Placed): void {
    if (placed.post.id === '' && this.#belongs(placed)) this.#listed--
    this.#byId.delete(placed.post.id)
    this.#tableOf(placed).clear(placed)
    if (placed.slot < 0) return this.#countedSlots.give(-1 - placed.slot)
    this.#texts.remove(placed.slot)
    this.#wide.remove(placed.slot)
    this.#slots.give(placed.slot)
    return undefined
  }

  #tableOf({ slot }: Placed): SlotTable {
    return slot < 0 ? this.counted : this.table
  }

  /** Whether it may belong to a neighbourhood that complains. */
  #belongs({ slot }: Placed): boolean {
    return slot >= 0 && this.table.belongs[slot] === 1
  }
}

/** Keeps the list in order of time; nearly always the end. */
const insert = (list: Placed[], placed: Placed): void => {
  let at = list.length
  while (at > 0 && list[at - 1]!.post.at > placed.post.at) at--
  if (at === list.length) list.push(placed)
  else list.splice(at, 0, placed)
}
