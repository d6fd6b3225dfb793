import { centroidOf } from './centroid.ts'
import { distinctCount } from './distinct-count.ts'
import type { Meanings } from './meanings.ts'
import { LONGEST_WINDOW_MS, type Neighbourhood } from './neighbourhood.ts'
import { poissonTail } from './poisson.ts'
import type { Post } from './post.ts'
import type { Placed, SlotTable } from './slot-table.ts'
import type { SparseVector } from './sparse-index.ts'

/** Cosine from which two posts are near. */
const NEAR = 0.2
/** Cosines from which one is near a centroid: issues differ in how widely people word them. */
const NEAR_CENTROID = [0.27, 0.36]
/** Cosine from which a post of some length says the same words again. */
export const SAME_WORDS = 0.93

const MIN_COPY_FEATURES = 24
const CENTROID_WIDTH = 96
const REMARKABLE = 0.02
/** An average is steadier than a score: it may lie a little lower. */
const NEARLY = 0.9
const LEAST_PEOPLE_TO_LOOK = 3
/** Posts that follow each other ask nearly the same question: fewer independent tries than tests. */
const REPEATED_TRIES = 2
/** Score from which a post may start a scan, and from which it may belong to a neighbourhood that complains. */
export const MAY_START = 0.3
/** Windows and the fewest people expected in them: a longer one gathers more coincidences of unlike posts. */
const WINDOWS = [
  { windowMs: 1_800_000, leastExpected: 0.075 },
  { windowMs: 3_600_000, leastExpected: 0.25 },
] as const

/** More people than expected near one text. */
export type Burst = {
  windowMs: number
  observed: number
  expected: number
  tailProbability: number
  members: Post[]
  centroid: SparseVector
}

export type ScanRules = { falseAlarmProbability: number; minPeople: number; complaintThreshold: number }

/** What a model made of the post, and of those around it. */
export type Meant = { meanings: Meanings; own: Int8Array }

/** Slots of the posts near one text; valid until the next look. */
export type NearSlots = { slots: Int32Array; size: number }

// Shared between looks: a scan is synchronous.
let nearSlots = new Int32Array(4_096)
let insideSlots = new Int32Array(4_096)

/** The posts near a text. `products` are the cosines by slot. */
export const nearTo = ({ table }: Neighbourhood, products: Float64Array): NearSlots => slotsFrom(table, products, NEAR)

/** True when the window already holds nearly the same words. */
export const saysTheSame = (
  { table }: Neighbourhood,
  vector: SparseVector,
  products: Float64Array,
  near: NearSlots,
): boolean => {
  if (vector.size < MIN_COPY_FEATURES) return false
  for (let at = 0; at < near.size; at++) {
    const slot = near.slots[at]!
    if (products[slot]! >= SAME_WORDS && table.recent[slot] === 1) return true
  }
  return false
}

/**
 * `products` and `near` are those from before `own` was added. Asks how many distinct people were near this text in the
 * last half hour and hour, against the share of the brand's posts that the history makes us expect:
 * s = (h + .5 w) / (H + w), expected = s / (1 - s) x (the other posts of the window + 1). Where that is remarkable it
 * re-centres once on them and asks again a little closer.
 */
export const scanNear = (
  neighbourhood: Neighbourhood,
  vector: SparseVector,
  products: Float64Array,
  near: NearSlots,
  own: Placed,
  now: number,
  rules: ScanRules,
  meant?: Meant,
): Burst | undefined => {
  const { table } = neighbourhood
  const hour = inWindow(table, near, products, NEAR, table.counts, -Infinity)
  if (hour.people + 1 < LEAST_PEOPLE_TO_LOOK) return undefined
  const periods = WINDOWS.map(({ windowMs, leastExpected }) => ({
    windowMs,
    leastExpected,
    ...written(table, now - windowMs, windowMs >= LONGEST_WINDOW_MS),
  }))
  const remarkable = periods.some((period) => {
    const { people, posts, past } = inWindow(table, near, products, NEAR, table.counts, period.from)
    const expected = expectedIn(period, past, posts + 1)
    return people + 1 > expected && poissonTail(people + 1, expected) < REMARKABLE
  })
  if (!remarkable) return undefined
  const around: SparseVector[] = [vector]
  const slots: number[] = []
  for (let at = 0; at < near.size; at++) {
    const slot = near.slots[at]!
    if (slot !== own.slot && table.recent[slot] === 1 && table.counts[slot] === 1)
      around.push(neighbourhood.vectorOf(table.placed[slot]!))
    if (meant && slot !== own.slot && table.recent[slot] === 1 && table.counts[slot] === 1) slots.push(slot)
  }
  const centroid = centroidOf(around, CENTROID_WIDTH)
  const close = neighbourhood.products(centroid)
  meant?.meanings.blend(close, meant.meanings.middle(meant.own, slots))
  const closeBy = slotsFrom(table, close, NEAR_CENTROID[0]!)
  let best: Burst | undefined
  for (const least of NEAR_CENTROID) {
    for (const period of periods) {
      const { people, posts, past } = inWindow(table, closeBy, close, least, table.belongs, period.from)
      if (people < rules.minPeople) continue
      const expected = expectedIn(period, past, posts)
      if (people <= expected) continue
      const tailProbability = poissonTail(people, expected)
      if (tailProbability >= rules.falseAlarmProbability * REPEATED_TRIES) continue
      if (best && best.tailProbability <= tailProbability) continue
      const all = membersOf(table, closeBy, close, least)
      if (!complains(all, rules.complaintThreshold)) continue
      const members = all.filter(({ at }) => at > period.from)
      best = { windowMs: period.windowMs, observed: people, expected, tailProbability, members, centroid }
    }
  }
  return best
}

/** `weight` is how many posts of the past one sampled post stands for. */
type Period = { from: number; leastExpected: number; past: number; weight: number; written: number }

/** What was written before `from` (the mass of the history) and since, of posts that count; `whole` is all the window. */
const written = (
  table: SlotTable,
  from: number,
  whole: boolean,
): { from: number; past: number; weight: number; written: number } => {
  let posts = 0
  let mass = 0
  const end = whole ? 0 : table.size
  for (let slot = 0; slot < end; slot++) {
    if (table.times[slot]! > from || table.recent[slot] === 0 || table.counts[slot] === 0) continue
    posts++
    mass += table.masses[slot]!
  }
  const weight = Math.max(1, table.historyMass / Math.max(1, table.historyPosts))
  return { from, past: table.historyMass + mass, weight, written: table.recentPosts - posts }
}

/** Slots of all posts from a cosine on. */
const slotsFrom = (table: SlotTable, products: Float64Array, least: number): NearSlots => {
  if (nearSlots.length < table.size) {
    nearSlots = new Int32Array(2 * table.size)
    insideSlots = new Int32Array(2 * table.size)
  }
  let size = 0
  const end = table.size
  for (let slot = 0; slot < end; slot++) if (products[slot]! >= least) nearSlots[size++] = slot
  return { slots: nearSlots, size }
}

/** People and posts near since `from`, and the mass of those near before it. */
const inWindow = (
  table: SlotTable,
  near: NearSlots,
  products: Float64Array,
  least: number,
  mask: Uint8Array,
  from: number,
): { people: number; posts: number; past: number } => {
  let posts = 0
  let past = 0
  for (let at = 0; at < near.size; at++) {
    const slot = near.slots[at]!
    if (mask[slot] === 0 || products[slot]! < least) continue
    if (table.times[slot]! <= from) past += table.masses[slot]!
    else if (table.recent[slot] === 1) insideSlots[posts++] = slot
  }
  return { people: distinctCount(insideSlots, posts, table.people), posts, past }
}

const membersOf = (table: SlotTable, near: NearSlots, products: Float64Array, least: number): Post[] => {
  const members: Post[] = []
  for (let at = 0; at < near.size; at++) {
    const slot = near.slots[at]!
    if (table.recent[slot] === 1 && table.belongs[slot] === 1 && products[slot]! >= least)
      members.push(table.placed[slot]!.post)
  }
  return members.sort((a, b) => a.at - b.at)
}

/**
 * People expected near: their share of what was written before, times what else is written now. None near in a sample of
 * one in forty says little: the half post of doubt weighs as much as a sampled one.
 */
const expectedIn = (period: Period, nearPast: number, members: number): number => {
  const share = (nearPast + 0.5 * period.weight) / (period.past + period.weight)
  return Math.max(period.leastExpected, (share / (1 - share)) * (period.written - members + 1))
}

/** A single score is noisy; a neighbourhood complains when its posts do on average. */
const complains = (members: readonly Post[], threshold: number): boolean =>
  members.reduce((sum, { complaint }) => sum + complaint, 0) >= NEARLY * threshold * members.length
